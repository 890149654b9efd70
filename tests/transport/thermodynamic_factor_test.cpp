#include "engine/transport/thermodynamic_factor.hpp"

#include <gtest/gtest.h>

#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

TransportOptions options(std::size_t sodium, double temperature) {
  TransportOptions result;
  result.sodium = sodium;
  result.temperature = temperature;
  result.replicas = 8;
  result.equilibration_sweeps = 20;
  return result;
}

// Equal sites without interaction: 1/(1 - theta).
TEST(ThermodynamicFactor, of_a_lattice_gas_is_that_of_its_vacancies) {
  SiteNetwork network = synthetic::empty(24.0);
  for (int k = 0; k < 216; ++k)
    network.sites.push_back(synthetic::site({4.0 * (k % 6), 4.0 * (k / 6 % 6), 4.0 * (k / 36)}, SiteClass::Gallery));
  synthetic::link(network, 4.4, 0.2);
  for (const std::size_t sodium : {20u, 108u, 180u}) {
    const auto factor = thermodynamic_factor(network, synthetic::parameters(HamiltonianTerms::none()),
                                             options(sodium, 300), Communicator());
    ASSERT_TRUE(factor);
    const double exact = 1 / (1 - static_cast<double>(sodium) / 216);
    EXPECT_NEAR(factor->value, exact, 4 * factor->error + 0.02 * exact);  // the number is met within its fluctuation
    EXPECT_LT(factor->error, 0.05 * exact);
  }
}

// All interactions, every configuration counted, at the chemical potential that gives the number wanted.
TEST(ThermodynamicFactor, agrees_with_every_configuration_of_a_small_network) {
  constexpr double hot = 1500;
  Stream stream(91, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(12, 9.0, stream);
  const SodiumParameters parameters = synthetic::parameters();
  const Hamiltonian h(network, parameters);
  const auto all = synthetic::enumerate(h);
  const auto moments = [&](double potential) {
    const auto p = synthetic::probabilities(all, potential, hot);
    double mean = 0, square = 0;
    for (std::size_t c = 0; c < all.size(); ++c) {
      mean += p[c] * all[c].number;
      square += p[c] * all[c].number * all[c].number;
    }
    return std::pair(mean, square - mean * mean);
  };
  double low = -5, high = 5;
  for (int step = 0; step < 60; ++step) (moments((low + high) / 2).first < 3 ? low : high) = (low + high) / 2;
  const auto [mean, variance] = moments(low);
  const auto factor = thermodynamic_factor(network, parameters, options(3, hot), Communicator());
  ASSERT_TRUE(factor);
  EXPECT_NEAR(factor->value, mean / variance, 4 * factor->error + 0.05 * mean / variance);
}

TEST(ThermodynamicFactor, is_not_known_where_the_carbon_is_full) {
  SiteNetwork network = synthetic::empty(30.0);
  network.sites = {synthetic::site({1, 1, 1}, SiteClass::Gallery, -2),
                   synthetic::site({9, 1, 1}, SiteClass::Gallery, -2)};
  synthetic::link(network, 9, 0.2);
  EXPECT_FALSE(
      thermodynamic_factor(network, synthetic::parameters(HamiltonianTerms::none()), options(2, 300), Communicator()));
}

}  // namespace
}  // namespace cardhouse
