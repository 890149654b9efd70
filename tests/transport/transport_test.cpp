#include "engine/transport/transport.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/transport/hop_model.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double spacing = 4.0;  // [angstrom]
constexpr double barrier = 0.2;  // [eV]

SiteNetwork simple_cubic(int cells) {
  SiteNetwork network = synthetic::empty(spacing * cells);
  for (int x = 0; x < cells; ++x)
    for (int y = 0; y < cells; ++y)
      for (int z = 0; z < cells; ++z)
        network.sites.push_back(synthetic::site({spacing * x, spacing * y, spacing * z}, SiteClass::Gallery));
  synthetic::link(network, spacing * 1.1, barrier);
  return network;
}

double hop_rate() {
  return 4e12 * std::exp(-barrier / (constants::boltzmann * 298.15));
}

TransportOptions options(std::size_t sodium) {
  TransportOptions result;
  result.sodium = sodium;
  result.replicas = 8;
  result.events = 60000;
  result.equilibration_sweeps = 20;
  return result;
}

// k leads to each of six neighbours: D = a^2 (6 k)/6.
TEST(Transport, gives_a_lone_random_walker_its_exact_diffusivity) {
  TransportOptions o = options(1);
  o.replicas = 32;
  const TransportResult result =
      transport(simple_cubic(6), synthetic::parameters(HamiltonianTerms::none()), o, Communicator());
  const double exact = spacing * spacing * hop_rate();
  EXPECT_NEAR(result.tracer.value, exact, 4 * result.tracer.error);
  EXPECT_LT(result.tracer.error, 0.1 * exact);
  EXPECT_NEAR(result.tracer.value, result.jump.value, 1e-9 * exact);
  EXPECT_EQ(result.void_events, 0u);
}

// A lattice gas without interaction has D_chem = a^2 k whatever its filling, so D_J = a^2 k (1 - filling)
// (Kutner 1981, Phys. Lett. A 81, 239), and D* below it by the correlation with the vacancy left behind.
TEST(Transport, gives_a_lattice_gas_its_exact_jump_diffusivity) {
  const TransportResult result =
      transport(simple_cubic(6), synthetic::parameters(HamiltonianTerms::none()), options(108), Communicator());
  const double exact = spacing * spacing * hop_rate() * (1 - 107.0 / 215.0);
  EXPECT_NEAR(result.jump.value, exact, 4 * result.jump.error);
  EXPECT_LT(result.tracer.value, exact);
  EXPECT_GT(result.tracer.value, 0.6 * exact);
  EXPECT_TRUE(result.diffusive);
  EXPECT_NEAR(result.exponent.value, 1, 0.1);
}

// False alarm once in 10^4 seeds for either way.
TEST(Transport, gives_the_exact_diffusivity_however_events_are_picked) {
  for (const Selection selection : {Selection::Tree, Selection::Groups}) {
    TransportOptions o = options(20);
    o.selection = selection;
    o.replicas = 24;
    const TransportResult result =
        transport(simple_cubic(4), synthetic::parameters(HamiltonianTerms::none()), o, Communicator());
    const double exact = spacing * spacing * hop_rate() * (1 - 19.0 / 63);
    EXPECT_NEAR(result.jump.value, exact, 4 * result.jump.error);
    EXPECT_LT(result.jump.error, 0.2 * exact);
  }
}

TEST(Transport, keeps_frames_in_which_every_sodium_is_somewhere_else) {
  const TransportResult result =
      transport(simple_cubic(6), synthetic::parameters(HamiltonianTerms::none()), options(20), Communicator());
  ASSERT_GE(result.frames.size(), 10u);
  for (std::size_t f = 0; f < result.frames.size(); ++f) {
    std::vector<std::uint32_t> sites = result.frames[f].sites;
    ASSERT_EQ(sites.size(), 20u);
    std::sort(sites.begin(), sites.end());
    EXPECT_EQ(std::unique(sites.begin(), sites.end()), sites.end());
    if (f > 0) {
      EXPECT_GT(result.frames[f].time, result.frames[f - 1].time);
    }
  }
  EXPECT_NE(result.frames.front().sites, result.frames.back().sites);
}

TEST(Transport, does_not_call_rattling_in_cages_diffusion) {
  SiteNetwork network = synthetic::empty(100);
  for (int cage = 0; cage < 8; ++cage)
    for (int side = 0; side < 2; ++side)
      network.sites.push_back(synthetic::site({12.0 * cage, 4.0 * side, 0}, SiteClass::Gallery));
  synthetic::link(network, 5, barrier);
  TransportOptions o = options(4);
  o.events = 5000;
  const TransportResult result = transport(network, synthetic::parameters(HamiltonianTerms::none()), o, Communicator());
  EXPECT_FALSE(result.diffusive);
}

TEST(Transport, gives_zero_when_nothing_can_move) {
  SiteNetwork network = simple_cubic(3);
  network.links.clear();
  const TransportResult result =
      transport(network, synthetic::parameters(HamiltonianTerms::none()), options(3), Communicator());
  EXPECT_EQ(result.tracer.value, 0);
  EXPECT_EQ(result.hops, 0u);
  EXPECT_FALSE(result.diffusive);
}

TEST(Transport, does_not_depend_on_the_number_of_threads_and_counts_every_hop) {
  Stream stream(41, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(200, 18.0, stream);
  TransportOptions o = options(20);
  o.temperature = 900;
  o.events = 2000;
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const TransportResult one = transport(network, synthetic::parameters(), o, Communicator());
  omp_set_num_threads(3);
  const TransportResult three = transport(network, synthetic::parameters(), o, Communicator());
  omp_set_num_threads(before);
  EXPECT_EQ(one.tracer.value, three.tracer.value);
  EXPECT_EQ(one.jump.error, three.jump.error);
  EXPECT_EQ(total(one.hops_by_class), one.hops);
  EXPECT_EQ(one.lags.size(), one.tracer_squared.size());
}

TEST(Transport, starts_from_the_canonical_ensemble) {
  Stream stream(42, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(12, 9.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  TransportOptions o = options(3);
  o.temperature = 2000;
  o.equilibration_sweeps = 60;
  const auto all = synthetic::enumerate(h, 3);
  const auto p = synthetic::probabilities(all, 0, o.temperature);
  double exact = 0;
  for (std::size_t c = 0; c < all.size(); ++c) exact += p[c] * all[c].energy;
  std::vector<double> energies;
  for (std::uint64_t k = 0; k < 2000; ++k) {
    Stream own(43, Purpose::Test, k);
    energies.push_back(canonical_start(h, network, o, own).energy());
  }
  EXPECT_NEAR(mean_of(energies).value, exact, 4 * mean_of(energies).error);
}

TEST(Transport, refuses_more_sodium_than_fit) {
  SiteNetwork network = synthetic::bcc(2);
  TransportOptions o = options(17);
  EXPECT_THROW(transport(network, synthetic::parameters(), o, Communicator()), InputError);
  network = synthetic::empty(30);  // two hollows that exclude each other
  network.sites = {synthetic::site({1, 1, 1}, SiteClass::Gallery), synthetic::site({3, 1, 1}, SiteClass::Gallery)};
  o.sodium = 2;
  EXPECT_THROW(transport(network, synthetic::parameters(), o, Communicator()), InputError);
}

TEST(Transport, converts_capacity_to_sodium_and_back) {
  const SiteNetwork network = synthetic::bcc(5);
  EXPECT_EQ(sodium_at(network, capacity(network, 37.2)), 37u);
}

}  // namespace
}  // namespace cardhouse
