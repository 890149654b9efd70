#include "engine/sodium/pore_inversion.hpp"

#include <gtest/gtest.h>

#include <map>

#include "engine/base/statistics.hpp"
#include "engine/sodium/find_sites.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/voltage_sweep.hpp"
#include "tests/sodium/carbon_samples.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double hot = 3000;  // [K]
constexpr double potential = 0.1;

/// p-value that configurations follow the grand canonical distribution; rare ones share a bin. `inversions` between
/// two samples, beside ordinary moves.
double p_value(const SiteNetwork& network, int inversions, double inversion_potential) {
  const Hamiltonian h(network, synthetic::parameters());
  const auto pores = metal_pores(h);
  const auto all = synthetic::enumerate(h);
  const auto exact = synthetic::probabilities(all, potential, hot);
  Occupation state(h);
  Stream stream(31, Purpose::Test);
  GrandCanonical sampler(potential, hot);
  std::map<std::uint32_t, std::size_t> seen;
  constexpr int samples = 20000;
  for (int k = -1000; k < samples; ++k) {
    for (int sweep = 0; sweep < 4; ++sweep) {
      sampler.sweep(state, network.links, stream);
      for (int i = 0; i < inversions; ++i)
        invert(state, pores[stream.below(pores.size())], {inversion_potential, hot}, stream);
    }
    std::uint32_t bits = 0;
    for (const std::uint32_t site : state.occupied_sites()) bits |= 1U << site;
    if (k >= 0) ++seen[bits];
  }
  std::vector<std::size_t> counts{0};
  std::vector<double> expected{0};
  for (std::size_t c = 0; c < all.size(); ++c) {
    const bool rare = exact[c] * samples < 10;
    if (!rare) counts.push_back(0), expected.push_back(0);
    counts[rare ? 0 : counts.size() - 1] += seen[all[c].bits];
    expected[rare ? 0 : expected.size() - 1] += exact[c];
  }
  return chi_square_p_value(counts, expected);
}

/// A pore of eight sites with walls, in which every inversion is possible, and a defect that blocks one of them.
SiteNetwork small_network() {
  constexpr double a = 4.29;
  SiteNetwork network = synthetic::empty(40);
  for (const double x : {0.0, a})
    for (const double y : {0.0, a})
      for (const double half : {0.0, a / 2}) {
        network.sites.push_back(
            synthetic::site({x + half, y + half, half}, half > 0 ? SiteClass::PoreCore : SiteClass::PoreWall));
        network.sites.back().covered_area = half > 0 ? 0 : 18;
      }
  network.sites.push_back(synthetic::site({0, 0, -2.5}, SiteClass::Defect, 0.2));
  synthetic::link(network, 5.0, 0.1);
  return network;
}

// False alarm once in 10^4 seeds; what it must see is the twin below.
TEST(PoreInversion, keeps_the_grand_canonical_ensemble) {
  EXPECT_GT(p_value(small_network(), 3, potential), 1e-4);
}

TEST(PoreInversion, is_distinguished_from_one_at_another_potential) {
  EXPECT_LT(p_value(small_network(), 3, potential + 0.1), 1e-6);
}

TEST(PoreInversion, restores_what_it_does_not_accept) {
  const SiteNetwork network = synthetic::bcc(3);
  const Hamiltonian h(network, synthetic::parameters());
  Occupation state(h);
  Stream stream(33, Purpose::Test);
  for (std::size_t i = 0; i < h.size(); i += 2) state.insert(i);
  const std::vector<std::uint8_t> before(state.occupied().begin(), state.occupied().end());
  const auto pores = metal_pores(h);
  ASSERT_EQ(pores.size(), 1u);
  ASSERT_EQ(pores[0].size(), h.size());
  state.remove(0);  // the complement holds two more, at -100 eV each out of reach
  ASSERT_FALSE(invert(state, pores[0], {-100, 300}, stream));
  state.insert(0);
  EXPECT_TRUE(std::ranges::equal(state.occupied(), before));
}

/// Capacities of a network of nothing but pores between the voltages at which it fills and empties.
void expect_filling_at(double voltage, const SiteNetwork& network, const SodiumParameters& p) {
  SweepOptions options;
  options.voltages = {voltage + 0.015, voltage + 0.0035, voltage - 0.0035, voltage - 0.025};
  options.equilibration_sweeps = 20;
  options.production_sweeps = 20;
  options.replicas = 2;
  const auto number = static_cast<double>(network.sites.size());
  for (const SweepPoint& point : sweep(network, p, options, Communicator()).points)
    EXPECT_NEAR(point.capacity.value, point.voltage < voltage ? capacity(network, number) : 0, 0.1) << point.voltage;
}

// Two graphite walls 12.87 apart: dsigma times the area of both is 44.5 meV for each of the 4 x 36 sodium between them.
TEST(PoreInversion, fills_and_empties_a_slit_at_the_voltage_of_gibbs_and_thomson) {
  const SiteNetwork network =
      find_sites(samples::bonded(samples::stack(10, 6, 12.87, {{0, 0}})), samples::parameters());
  SodiumParameters p = synthetic::parameters();
  p.terms.shared_reservoir = false;
  double area = 0;
  for (const Site& site : network.sites) area += site.covered_area;
  const double voltage = -p.wetting_energy * area / static_cast<double>(network.sites.size());
  ASSERT_NEAR(voltage, 0.0445, 2e-4);
  expect_filling_at(voltage, network, p);
}

// The same with what the contact gives to walls that nothing else has charged.
TEST(PoreInversion, fills_and_empties_a_slit_of_uncharged_walls_earlier_by_the_work_of_charging_them) {
  const SiteNetwork network =
      find_sites(samples::bonded(samples::stack(10, 6, 12.87, {{0, 0}})), samples::parameters());
  const SodiumParameters p = synthetic::parameters();
  ASSERT_EQ(network.domains.size(), 1u);
  double area = 0;
  for (const Site& site : network.sites) area += site.covered_area;
  const double charge = p.shared_reservoir.contact_density * area;
  const CollectiveGroup host = CollectiveGroup::host_electrons(network.domains[0], p.host_electrons);
  const double charging = host.energy(charge) - p.shared_reservoir.reference_level * charge;
  const double voltage = -(p.wetting_energy * area + charging) / static_cast<double>(network.sites.size());
  expect_filling_at(voltage, network, p);
}

}  // namespace
}  // namespace cardhouse
