#include "engine/app/calibration.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/app/parameter_text.hpp"
#include "engine/base/errors.hpp"
#include "engine/sodium/find_sites.hpp"
#include "engine/transport/entrances.hpp"
#include "tests/scratch_folder.hpp"
#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

const std::string inputs = std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/";

// The shipped parameters but for a start inside the window, which what is shipped need not be.
SodiumInputs shipped() {
  SodiumInputs result{load_site_parameters(inputs + "sodium/site_parameters.toml"),
                      read_sodium_parameters(inputs + "sodium/hamiltonian.toml"),
                      read_charge_transfer(inputs + "sodium/charge_transfer.toml")};
  result.sites.energies.gallery_shift = -2.0;
  return result;
}

CalibrationData shipped_data() {
  return read_calibration_data(inputs + "calibration/hard_carbon.toml");
}

// Galleries 3.6 to 4.0 wide: four sheets in a cell without pores.
SiteNetwork small_carbon() {
  using namespace samples;
  return find_sites(bonded(stack(8, 5, 15.1, {{1, 0}, {4.6, 0}, {8.3, 0}, {12.1, 0}})), shipped().sites);
}

CalibrationEffort small_effort() {
  CalibrationEffort effort;
  effort.sweeps = 100;
  effort.steps = 8;
  effort.pores = 2;
  return effort;
}

// The measurements that a carbon with these parameters would give.
CalibrationData made_from(const SiteNetwork& network, const std::vector<double>& truth) {
  CalibrationData data = shipped_data();
  data.slope.voltages = {0.9, 0.7, 0.5, 0.35, 0.2};
  data.slope.capacities.assign(5, {0, 1});
  const std::vector<double> made = slope_capacities(network, shipped(), truth, data.slope, small_effort(), 77);
  for (std::size_t i = 0; i < made.size(); ++i) data.slope.capacities[i] = {made[i], 2};
  return data;
}

TEST(Calibration, recovers_parameters_within_its_errors_from_data_made_with_other_random_numbers) {
  const SiteNetwork network = small_carbon();
  const std::vector<double> truth{-1.7, 2e-3, 0.7};
  const CalibrationData data = made_from(network, truth);
  const Calibration result = calibrate(network, shipped(), data, small_effort());
  for (std::size_t p = 0; p < truth.size(); ++p)
    EXPECT_LT(std::abs(result.slope.parameters[p].value - truth[p]), 3 * result.slope.parameters[p].error) << p;
  EXPECT_LT(result.slope.parameters[0].error, 0.15);  // of a window of 0.9
  EXPECT_LT(result.slope.chi_square, 15);             // of 5 points; 0.01 by chance
}

TEST(Calibration, stays_in_the_windows_is_reproducible_and_gives_back_the_exchange_current) {
  const SiteNetwork network = small_carbon();
  CalibrationData data = shipped_data();  // the capacities of a carbon that this one is not
  const Calibration first = calibrate(network, shipped(), data, small_effort());
  const Calibration second = calibrate(network, shipped(), data, small_effort());
  EXPECT_EQ(format_calibration(first, data), format_calibration(second, data));
  const ParameterWindow windows[] = {data.slope.gallery_shift, data.slope.offset_density, data.slope.charge};
  for (std::size_t p = 0; p < 3; ++p) {
    EXPECT_GE(first.slope.parameters[p].value, windows[p].low);
    EXPECT_LE(first.slope.parameters[p].value, windows[p].high);
  }
  const double current =
      first.rate.value * first.exchange_factor.value * first.entrances * data.exchange.roughness.estimate.value;
  EXPECT_NEAR(current / data.exchange.current_density.estimate.value, 1, 1e-9);
  EXPECT_NEAR(data.exchange.current_density.estimate.value, 0.1067, 1e-4);  // 1.71 A/m2 in e/(s angstrom2)
}

TEST(CalibrationData, of_wrong_files_is_refused_with_the_reason) {
  const std::string good = Deck::from_file(inputs + "calibration/hard_carbon.toml").text();
  const auto refuses = [&](const std::string& from, const std::string& to, const std::string& reason) {
    std::string text = good;
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    try {
      read_calibration_data(Deck::from_text(text, "data.toml"));
      FAIL() << to;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr(reason));
    }
  };
  refuses("\"0.50 V\", \"0.20 V\"", "\"0.20 V\", \"0.50 V\"", "must fall");
  refuses("\"39 mAh/g\", \"70 mAh/g\"", "\"70 mAh/g\", \"39 mAh/g\"", "rise as the voltage falls");
  refuses("\"39 mAh/g\", ", "", "one for each voltage");
  refuses("\"39 mAh/g\"", "\"39 V\"", "specific capacity");
  refuses("low = \"-2.2 eV\", high = \"-1.3 eV\"", "low = \"-1.3 eV\", high = \"-2.2 eV\"", "must exceed low");
  refuses("composition = 0.37", "composition = 1.37", "between 0 and 1");
  refuses("error = \"0.002 V\"", "error = \"0 V\"", "must be positive");
  refuses("composition = 0.37", "composition = 0.37\nentropy = 1", "entropy");
  refuses("source = \"estimate: reading, and the mass of the electrode\"", "source = \"\"", "empty source");
}

TEST(ParameterText, replaces_one_entry_of_one_table_and_nothing_else) {
  const std::string text = "# head\nrate = { value = 1, source = \"a\" }\n[b]\nrate = { value = 2, source = \"b\" }\n";
  EXPECT_EQ(with_entry(text, {"b", "rate", "\"3 1/s\"", "c"}),
            "# head\nrate = { value = 1, source = \"a\" }\n[b]\nrate = { value = \"3 1/s\", source = \"c\" }\n");
  EXPECT_EQ(with_entry(text, {"", "rate", "3", "c"}),
            "# head\nrate = { value = 3, source = \"c\" }\n[b]\nrate = { value = 2, source = \"b\" }\n");
  EXPECT_THROW(with_entry(text, {"b", "rates", "3", "c"}), InputError);
}

}  // namespace
}  // namespace cardhouse
