#include "engine/transport/arrhenius.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/stream.hpp"
#include "engine/transport/transport.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

double law(double temperature, double energy = 0.45, double prefactor = 3e-7) {
  return prefactor * std::exp(-energy / (constants::boltzmann * temperature));
}

TEST(Arrhenius, finds_an_exact_law) {
  std::vector<RateAtTemperature> points;
  for (const double t : {280.0, 300.0, 340.0}) points.push_back({t, {law(t), 0.1 * law(t)}});
  const auto fit = fit_arrhenius(points);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->energy.value, 0.45, 1e-10);
  EXPECT_NEAR(fit->log_prefactor.value, std::log(3e-7), 1e-8);
  EXPECT_NEAR(fit->misfit, 0, 1e-10);
  for (RateAtTemperature& point : points) point.value.error = 0;
  EXPECT_NEAR(fit_arrhenius(points)->energy.value, 0.45, 1e-10);
}

TEST(Arrhenius, gives_two_points_the_error_of_their_difference) {
  const double first = 1 / (constants::boltzmann * 300);
  const double second = 1 / (constants::boltzmann * 330);
  const std::vector<RateAtTemperature> points{{300, {law(300), 0.1 * law(300)}}, {330, {law(330), 0.2 * law(330)}}};
  EXPECT_NEAR(fit_arrhenius(points)->energy.error, std::hypot(0.1, 0.2) / (first - second), 1e-10);
}

// Errors are right when the fitted energy lies within one of them in 68 % of the cases: 2000 draws, 5 sigma.
TEST(Arrhenius, has_errors_that_cover_the_truth_as_often_as_they_say) {
  Stream stream(81, Purpose::Test);
  constexpr int draws = 2000;
  int within = 0;
  for (int draw = 0; draw < draws; ++draw) {
    std::vector<RateAtTemperature> points;
    for (const double t : {280.0, 300.0, 320.0, 350.0, 400.0}) {
      const double error = 0.02 + 0.05 * stream.uniform();
      const double normal =
          std::sqrt(-2 * std::log(stream.uniform())) * std::cos(2 * std::numbers::pi * stream.uniform());
      points.push_back({t, {law(t) * std::exp(error * normal), error * law(t)}});
    }
    const ArrheniusFit fit = *fit_arrhenius(points);
    within += std::abs(fit.energy.value - 0.45) < fit.energy.error / std::sqrt(std::max(1.0, fit.misfit));
  }
  EXPECT_NEAR(within / double{draws}, 0.683, 5 * std::sqrt(0.683 * 0.317 / draws));
}

TEST(Arrhenius, widens_the_errors_of_points_on_no_line) {
  std::vector<RateAtTemperature> points;
  for (const double t : {280.0, 300.0, 320.0, 340.0}) points.push_back({t, {law(t), 0.01 * law(t)}});
  const double narrow = fit_arrhenius(points)->energy.error;
  points[1].value.value *= 1.5;
  const auto fit = fit_arrhenius(points);
  EXPECT_GT(fit->misfit, 100);
  EXPECT_NEAR(fit->energy.error, narrow * std::sqrt(fit->misfit), 0.2 * fit->energy.error);
}

TEST(Arrhenius, needs_two_temperatures_and_values_above_zero) {
  EXPECT_FALSE(fit_arrhenius({}));
  EXPECT_FALSE(fit_arrhenius(std::vector<RateAtTemperature>{{300, {1, 0.1}}, {300, {2, 0.1}}}));
  EXPECT_ANY_THROW(fit_arrhenius(std::vector<RateAtTemperature>{{300, {0, 0.1}}, {310, {2, 0.1}}}));
}

// One barrier everywhere, no interaction: the activation energy of diffusion is that barrier.
TEST(Arrhenius, of_diffusion_on_a_lattice_of_one_barrier_is_that_barrier) {
  SiteNetwork network = synthetic::empty(16.0);
  for (int k = 0; k < 64; ++k)
    network.sites.push_back(synthetic::site({4.0 * (k % 4), 4.0 * (k / 4 % 4), 4.0 * (k / 16)}, SiteClass::Gallery));
  synthetic::link(network, 4.4, 0.3);
  std::vector<RateAtTemperature> points;
  for (const double temperature : {280.0, 300.0, 330.0, 370.0}) {
    TransportOptions options;
    options.temperature = temperature;
    options.sodium = 10;
    options.replicas = 8;
    options.events = 20000;
    options.equilibration_sweeps = 10;
    const TransportResult result =
        transport(network, synthetic::parameters(HamiltonianTerms::none()), options, Communicator());
    ASSERT_TRUE(result.diffusive);
    points.push_back({temperature, result.tracer});
  }
  const auto fit = fit_arrhenius(points);
  EXPECT_NEAR(fit->energy.value, 0.3, 4 * fit->energy.error);
  EXPECT_LT(fit->energy.error, 0.02);
}

}  // namespace
}  // namespace cardhouse
