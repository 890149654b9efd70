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

TEST(VoltageSweep, has_no_hysteresis_where_there_is_no_barrier) {
  Stream stream(3, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(200, 24.0, stream);
  SweepOptions options = quick({0.0, -0.3, -0.6, -0.9});
  options.temperature = 1200;
  SodiumParameters p = synthetic::parameters();
  p.terms.metal = p.terms.opening = false;  // nothing nucleates, no gallery snaps open
  const SweepResult result = sweep(network, p, options, Communicator());
  ASSERT_EQ(result.points.size(), 7u);
  for (std::size_t i = 0; i < 3; ++i) {
    const SweepPoint& down = result.points[i];
    const SweepPoint& up = result.points[6 - i];
    ASSERT_EQ(down.voltage, up.voltage);
    EXPECT_NEAR(down.capacity.value, up.capacity.value, 4 * std::hypot(down.capacity.error, up.capacity.error));
    EXPECT_LT(down.capacity.error, 0.05 * down.capacity.value);
  }
}

/// mu at which the network holds `number` sodium, straight between the points of a sweep.
double potential_at(const SweepResult& result, double capacity_wanted) {
  for (std::size_t i = 0; i + 1 < result.points.size(); ++i) {
    const SweepPoint& a = result.points[i];
    const SweepPoint& b = result.points[i + 1];
    if (a.capacity.value > capacity_wanted || b.capacity.value < capacity_wanted) continue;
    const double share = (capacity_wanted - a.capacity.value) / (b.capacity.value - a.capacity.value);
    return -(a.voltage + share * (b.voltage - a.voltage));
  }
  return std::nan("");
}

// dS/dN = -dmu/dT at constant N, and dU/dN = mu + T dS/dN: two roads to both, fluctuations and a second temperature.
TEST(VoltageSweep, gives_the_entropy_and_enthalpy_that_two_temperatures_give) {
  Stream stream(4, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(150, 24.0, stream);
  const SodiumParameters p = synthetic::parameters();
  SweepOptions options = quick({0.53, 0.5, 0.47});
  options.temperature = 1000;
  options.reverse = false;
  options.production_sweeps = 3000;
  const SweepPoint middle = sweep(network, p, options, Communicator()).points[1];
  ASSERT_TRUE(middle.entropy && middle.enthalpy);
  EXPECT_DOUBLE_EQ(middle.enthalpy->value, -0.5 + 1000 * middle.entropy->value);
  std::array<double, 2> potentials{};
  for (const bool hot : {false, true}) {
    options.temperature = hot ? 1060 : 940;
    potentials[hot] = potential_at(sweep(network, p, options, Communicator()), middle.capacity.value);
  }
  const double slope = (potentials[1] - potentials[0]) / 120;
  const double error = 3 * middle.capacity.error / (middle.incremental_capacity.value * 120);  // of mu at two T, thrice
  EXPECT_NEAR(middle.entropy->value, -slope, 4 * middle.entropy->error + error);
  EXPECT_LT(middle.entropy->error + error, 0.25 * std::abs(slope) + 2e-5);
}

TEST(VoltageSweep, is_the_same_with_looks_and_with_a_branch_below_its_end) {
  Stream stream(5, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(120, 24.0, stream);
  SweepOptions options = quick({0.9, 0.4, 0.1});
  options.production_sweeps = 50;
  const SweepResult plain = sweep(network, synthetic::parameters(), options, Communicator());
  options.looks = 5;
  options.beyond = {0.0, -0.3};
  const SweepResult watched = sweep(network, synthetic::parameters(), options, Communicator());
  ASSERT_EQ(watched.points.size(), plain.points.size());
  for (std::size_t i = 0; i < plain.points.size(); ++i) {
    EXPECT_EQ(watched.points[i].capacity.value, plain.points[i].capacity.value);
    EXPECT_EQ(watched.points[i].energy.value, plain.points[i].energy.value);
    EXPECT_EQ(watched.points[i].reports.size(), 4u);
    EXPECT_TRUE(plain.points[i].reports.empty());
  }
  EXPECT_EQ(watched.filled, plain.filled);
  ASSERT_EQ(watched.configurations.size(), 3u);
  EXPECT_EQ(watched.configurations.back(), watched.filled);
  ASSERT_EQ(watched.beyond.size(), 2u);
  EXPECT_EQ(watched.beyond[1].voltage, -0.3);
  EXPECT_GT(watched.beyond[1].capacity.value, watched.points[2].capacity.value);
}

TEST(VoltageSweep, reports_what_it_counts) {
  const SiteNetwork network = independent_sites(400, -0.15);
  SweepOptions options = quick({0.2, 0.15, 0.12});
  options.looks = 40;
  const SweepResult result = sweep(network, synthetic::parameters(HamiltonianTerms::none()), options, Communicator());
  for (const SweepPoint& point : result.points) {
    double sodium = 0;
    for (const OccupationReport& report : point.reports) sodium += report.sums.sodium / 4;
    const double filling = 1 / (1 + std::exp((-0.15 + point.voltage) / thermal));
    // 160 looks, ten sweeps apart: binomial
    EXPECT_NEAR(sodium, 400 * filling, 4 * std::sqrt(400 * filling * (1 - filling) / 160));
  }
  EXPECT_TRUE(result.pores.empty());
}

TEST(VoltageSweep, gives_pores_the_sites_of_the_network) {
  SiteNetwork network = synthetic::bcc(2);
  network.cell = Cell::cubic(60);
  network.sites.insert(network.sites.begin() + 5, synthetic::site({40, 40, 40}, SiteClass::PoreCore));
  SweepOptions options = quick({0.3, -0.5});
  options.looks = 1;
  SweepResult result = sweep(network, synthetic::parameters(), options, Communicator());
  ASSERT_EQ(result.pores.size(), 2u);
  std::ranges::sort(result.pores, {}, &MetalPore::capacity);
  EXPECT_EQ(result.pores[0].sites, std::vector<std::uint32_t>{5});
  EXPECT_EQ(result.pores[1].sites.size(), 16u);
}

TEST(VoltageSweep, looks_at_most_once_a_sweep) {
  SweepOptions options = quick({0.5});
  options.looks = 401;
  EXPECT_THROW(sweep(independent_sites(4, 0), synthetic::parameters(), options, Communicator()), InputError);
}

TEST(VoltageSweep, names_sites_as_the_network_does) {
  SiteNetwork network = independent_sites(40, 0.4);
  for (const std::size_t deep : {3U, 17U, 31U}) network.sites[deep].energy = -2;
  std::reverse(network.sites.begin() + 20, network.sites.end());  // so that the order along a curve is another
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < 40; ++i)
    if (network.sites[i].energy < 0) expected.push_back(i);
  SweepResult result =
      sweep(network, synthetic::parameters(HamiltonianTerms::none()), quick({1.5, 0.5}), Communicator());
  std::ranges::sort(result.filled);
  EXPECT_EQ(result.filled, expected);
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
  SiteNetwork network = independent_sites(40, -2.5);
  network.patches = {{4000, 3.6}, {4000, 3.8}};
  for (std::size_t i = 0; i < network.sites.size(); ++i) network.sites[i].patch = i < 20 ? 0 : 1;
  HamiltonianTerms terms = HamiltonianTerms::none();
  terms.opening = true;
  const SodiumParameters p = synthetic::parameters(terms);
  const SweepResult result = sweep(network, p, quick({4.0, 0.0}), Communicator());
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
