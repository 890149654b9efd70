#include "engine/transport/charge_transfer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "engine/base/constants.hpp"

namespace cardhouse {
namespace {

ChargeTransferParameters shipped(TransferLaw law) {
  ChargeTransferParameters result =
      read_charge_transfer(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/charge_transfer.toml");
  result.law = law;
  return result;
}

class Laws : public testing::TestWithParam<TransferLaw> {};

TEST_P(Laws, in_and_out_are_in_the_ratio_of_equilibrium) {
  for (const double work : {-0.4, -0.05, 0.0, 0.1, 0.7})
    for (const double temperature : {250.0, 298.15, 340.0}) {
      const TransferRates rates = transfer_rates(work, temperature, shipped(GetParam()));
      EXPECT_NEAR(std::log(rates.in / rates.out), -work / (constants::boltzmann * temperature), 1e-10);
    }
}

TEST_P(Laws, no_work_gives_the_standard_rate_and_heat_raises_it) {
  const ChargeTransferParameters p = shipped(GetParam());
  EXPECT_NEAR(transfer_rates(0, p.reference_temperature, p).in, p.rate, 1e-14);
  const double factor = transfer_rates(0, 330, p).in / p.rate;
  EXPECT_NEAR(std::log(factor), p.activation_energy / constants::boltzmann * (1 / p.reference_temperature - 1 / 330.0),
              1e-12);
}

TEST_P(Laws, an_overlapping_core_lets_nothing_in) {
  EXPECT_EQ(transfer_rates(std::numeric_limits<double>::infinity(), 300, shipped(GetParam())).in, 0);
}

INSTANTIATE_TEST_SUITE_P(Both, Laws, testing::Values(TransferLaw::ButlerVolmer, TransferLaw::Marcus));

// Marcus: both laws agree to first order at small work (alpha = 1/2), the parabola bends down at large.
TEST(ChargeTransfer, marcus_falls_below_butler_volmer_far_from_rest) {
  const ChargeTransferParameters marcus = shipped(TransferLaw::Marcus);
  const ChargeTransferParameters volmer = shipped(TransferLaw::ButlerVolmer);
  const double kt = constants::boltzmann * 298.15;
  EXPECT_NEAR(transfer_rates(-0.001, 298.15, marcus).in / transfer_rates(-0.001, 298.15, volmer).in, 1, 1e-4);
  EXPECT_NEAR(std::log(transfer_rates(-0.4, 298.15, volmer).in / transfer_rates(-0.4, 298.15, marcus).in),
              0.4 * 0.4 / (4 * marcus.reorganisation_energy * kt), 1e-9);
}

TEST(ChargeTransfer, refuses_numbers_without_source_and_alien_laws) {
  const std::string path = std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/charge_transfer.toml";
  std::string text = Deck::from_file(path).text();
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return Deck::from_text(changed, "test");
  };
  EXPECT_THROW(read_charge_transfer(with("Butler-Volmer", "Tafel")), InputError);
  EXPECT_THROW(read_charge_transfer(with("value = 0.5, source", "value = 1.5, source")), InputError);
  EXPECT_THROW(read_charge_transfer(with("\"temperature of the exchange current\"", "\"\"")), InputError);
}

}  // namespace
}  // namespace cardhouse
