#include "engine/sodium/voltage_sweep.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double thermal = constants::boltzmann * 298.15;

SiteNetwork independent_sites(int count, double energy) {
  SiteNetwork network = synthetic::empty(500);
  for (int i = 0; i < count; ++i) network.sites.push_back(synthetic::site({0.5 * i, 0, 0}, SiteClass::Gallery, energy));
  return network;
}

SweepOptions quick(std::vector<double> voltages) {
  SweepOptions options;
  options.voltages = std::move(voltages);
  options.equilibration_sweeps = 30;
  options.production_sweeps = 400;
  return options;
}

TEST(VoltageSweep, gives_langmuir_capacity_entropy_and_incremental_capacity) {
  const SiteNetwork network = independent_sites(400, -0.15);
  const SweepResult result =
      sweep(network, synthetic::parameters(HamiltonianTerms::none()), quick({0.2, 0.15, 0.12}), Communicator());
  ASSERT_EQ(result.points.size(), 5u);
  for (const SweepPoint& point : result.points) {
    const double filling = 1 / (1 + std::exp((-0.15 + point.voltage) / thermal));
    EXPECT_NEAR(point.capacity.value, capacity(network, 400 * filling), 4 * point.capacity.error);
    EXPECT_NEAR(point.by_class[0].value, point.capacity.value, 1e-9);
    EXPECT_NEAR(point.incremental_capacity.value, capacity(network, 400 * filling * (1 - filling) / thermal),
                5 * point.incremental_capacity.error);
    ASSERT_TRUE(point.entropy);
    EXPECT_NEAR(point.entropy->value, -constants::boltzmann * std::log(filling / (1 - filling)),
                1e-9 + 4 * point.entropy->error);
    EXPECT_TRUE(point.converged());
    EXPECT_GT(point.effective_samples, 100);
  }
  EXPECT_TRUE(result.points[2].sodiation);
  EXPECT_FALSE(result.points[3].sodiation);
  EXPECT_EQ(result.points[4].voltage, 0.2);
}

TEST(VoltageSweep, does_not_depend_on_the_number_of_threads) {
  Stream stream(2, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(150, 16.0, stream);
  SweepOptions options = quick({0.8, 0.4, 0.1});
  options.production_sweeps = 40;
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const SweepResult one = sweep(network, synthetic::parameters(), options, Communicator());
  omp_set_num_threads(3);
  const SweepResult three = sweep(network, synthetic::parameters(), options, Communicator());
  omp_set_num_threads(before);
  for (std::size_t i = 0; i < one.points.size(); ++i) {
    EXPECT_EQ(one.points[i].capacity.value, three.points[i].capacity.value);
    EXPECT_EQ(one.points[i].energy.error, three.points[i].energy.error);
  }
}

TEST(VoltageSweep, reports_the_spacing_of_opened_galleries) {
  SiteNetwork network = independent_sites(40, -0.5);
  network.patches = {{4000, 3.6}, {4000, 3.8}};
  for (std::size_t i = 0; i < network.sites.size(); ++i) network.sites[i].patch = i < 20 ? 0 : 1;
  HamiltonianTerms terms = HamiltonianTerms::none();
  terms.opening = true;
  const SodiumParameters p = synthetic::parameters(terms);
  const SweepResult result = sweep(network, p, quick({1.5, 0.0}), Communicator());
  EXPECT_NEAR(result.points[0].spacing.value, 3.7, 1e-3);
  const auto open = [&](double d) { return 20 * p.opening.slope * d / (4000 * p.opening.stiffness); };
  EXPECT_NEAR(result.points[1].spacing.value, 3.7 + 0.5 * (open(3.6) + open(3.8)), 1e-3);
}

TEST(VoltageSweep, goes_from_high_to_low_voltage_by_default) {
  const std::vector<double> voltages = default_voltages();
  EXPECT_EQ(voltages.size(), 36u);
  EXPECT_EQ(voltages.front(), 2.0);
  EXPECT_EQ(voltages.back(), 0.0);
  EXPECT_TRUE(std::ranges::is_sorted(voltages, std::greater<>()));
}

TEST(VoltageSweep, tells_how_far_it_is) {
  std::vector<double> fractions;
  sweep(independent_sites(10, -0.1), synthetic::parameters(HamiltonianTerms::none()), quick({0.2, 0.1}), Communicator(),
        [&](double fraction) { fractions.push_back(fraction); });
  EXPECT_EQ(fractions.size(), 12u);  // three voltages, four replicas
  EXPECT_DOUBLE_EQ(fractions.back(), 1.0);
  EXPECT_TRUE(std::ranges::is_sorted(fractions));
}

TEST(VoltageSweep, refuses_impossible_options) {
  const SodiumParameters p = synthetic::parameters();
  SweepOptions options = quick({0.1});
  EXPECT_THROW(sweep(synthetic::empty(10), p, options, Communicator()), InputError);
  options.replicas = 1;
  EXPECT_THROW(sweep(independent_sites(5, 0), p, options, Communicator()), InputError);
}

}  // namespace
}  // namespace cardhouse
