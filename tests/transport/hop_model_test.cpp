#include "engine/transport/hop_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double hot = 1500;  // [K]

HopConditions conditions(double margin, double temperature = hot) {
  return {temperature, 4e12, margin};
}

/// `number` sodium where they first fit.
Occupation filled(const Hamiltonian& h, std::size_t number) {
  Occupation state(h);
  for (std::size_t i = 0; i < h.size() && state.count() < number; ++i)
    if (std::isfinite(state.insertion_energy(i))) state.insert(i);
  return state;
}

std::uint32_t bits_of(const Occupation& state) {
  std::uint32_t bits = 0;
  for (const std::uint32_t site : state.occupied_sites()) bits |= 1U << site;
  return bits;
}

/// p-value that configurations seen in a run follow the canonical distribution; rare ones share a bin.
/// `by_time`: looked at in equal times, as they should be, or after equal numbers of events.
double canonical_p_value(double margin, bool by_time, Selection selection = Selection::Tree) {
  Stream stream(21, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(12, 9.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  const auto all = synthetic::enumerate(h, 3);
  const auto exact = synthetic::probabilities(all, 0, hot);
  HopModel model(network, filled(h, 3), conditions(margin), selection);
  KmcClock clock;
  run_kmc(model, clock, {.max_events = 2000}, stream);
  const double interval = 60 * clock.time / 2000;
  std::map<std::uint32_t, std::size_t> seen;
  constexpr int samples = 8000;
  for (int k = 0; k < samples; ++k) {
    if (by_time)
      run_kmc(model, clock, {.end_time = clock.time + interval}, stream);
    else
      run_kmc(model, clock, {.max_events = clock.events + 60}, stream);
    ++seen[bits_of(model.occupation())];
  }
  std::vector<std::size_t> counts{0};
  std::vector<double> expected{0};
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (exact[c] * samples < 10) {
      counts[0] += seen[all[c].bits];
      expected[0] += exact[c];
    } else {
      counts.push_back(seen[all[c].bits]);
      expected.push_back(exact[c]);
    }
  }
  return chi_square_p_value(counts, expected);
}

// False alarm once in 10^4 seeds; what it must see is the clock that counts events, below.
TEST(HopModel, visits_configurations_for_as_long_as_boltzmann_says) {
  EXPECT_GT(canonical_p_value(0, true), 1e-4);
}

TEST(HopModel, is_as_exact_with_thinned_rates) {
  EXPECT_GT(canonical_p_value(0.05, true), 1e-4);
}

TEST(HopModel, is_as_exact_with_groups_of_rates) {
  EXPECT_GT(canonical_p_value(0.05, true, Selection::Groups), 1e-4);
}

// The way of picking is changed in the middle, twice: no rate and no sodium may get lost.
TEST(HopModel, goes_on_from_the_same_rates_when_events_are_picked_another_way) {
  Stream stream(26, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(250, 20.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  HopModel model(network, filled(h, 30), conditions(0.05), Selection::Automatic);
  EXPECT_EQ(model.selection(), Selection::Tree);
  KmcClock clock;
  for (const Selection selection : {Selection::Groups, Selection::Tree}) {
    run_kmc(model, clock, {.max_events = clock.events + 500}, stream);
    const double before = model.total_rate();
    model.select_by(selection);
    EXPECT_EQ(model.selection(), selection);
    EXPECT_NEAR(model.total_rate() / before, 1, 1e-14);
    EXPECT_NO_THROW(run_kmc(model, clock, {.max_events = clock.events + 500}, stream));
  }
  EXPECT_EQ(choose_selection(1000000, 3), Selection::Tree);
  EXPECT_EQ(choose_selection(1000, 1), Selection::Tree);
  EXPECT_EQ(choose_selection(100000, 1), Selection::Groups);
}

TEST(HopModel, is_distinguished_from_a_clock_that_counts_events) {
  EXPECT_LT(canonical_p_value(0, false), 1e-6);
}

TEST(HopModel, keeps_rates_equal_to_a_full_rebuild) {
  Stream stream(22, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(250, 20.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  HopModel model(network, filled(h, 30), conditions(0));
  KmcClock clock;
  for (int check = 0; check < 20; ++check) {
    run_kmc(model, clock, {.max_events = clock.events + 40}, stream);
    const HopModel rebuilt(network, model.occupation(), conditions(0));
    ASSERT_NEAR(model.total_rate() / rebuilt.total_rate(), 1, 1e-10);
  }
  EXPECT_EQ(model.void_events(), 0u);
}

// The contract inside fire() compares every picked bound with the true rate.
TEST(HopModel, bounds_hold_over_a_long_run) {
  Stream stream(23, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(250, 20.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  HopModel model(network, filled(h, 30), conditions(0.05));
  KmcClock clock;
  EXPECT_NO_THROW(run_kmc(model, clock, {.max_events = 30000}, stream));
  EXPECT_GT(model.void_events(), 100u);
  EXPECT_EQ(model.void_events() + model.hops(), 30000u);
}

// Two sodium hop and hop back: A, B, A back, B back. Both senses of the circle must be equally likely.
TEST(HopModel, obeys_detailed_balance_around_a_thousand_random_four_cycles) {
  Stream stream(24, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(120, 15.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  HopModel walker(network, filled(h, 15), conditions(0.05));
  KmcClock clock;
  for (int cycles = 0; cycles < 1000;) {
    run_kmc(walker, clock, {.max_events = clock.events + 3}, stream);
    Occupation state = walker.occupation();
    HopBounds bounds(network, state, conditions(0.05));
    const HopLattice& lattice = bounds.lattice();
    std::array<std::uint32_t, 2> from{};
    std::array<std::size_t, 2> link{};
    for (int k = 0; k < 2; ++k) {
      from[k] = lattice.place(state.occupied_sites()[stream.below(state.count())]);
      link[k] = stream.below(std::max<std::size_t>(1, lattice.barriers(from[k]).size()));
    }
    if (from[0] == from[1] || lattice.barriers(from[0]).empty() || lattice.barriers(from[1]).empty()) continue;
    double log_ratio = 0;
    const auto step = [&](std::uint32_t site, std::size_t way) {
      const double forth = bounds.is_occupied(site) ? bounds.rate(site, way) : 0;
      if (forth == 0) return false;
      const std::uint32_t to = lattice.pairs(site)[way].index();
      bounds.move(site, to);
      log_ratio += std::log(forth / bounds.rate(to, lattice.returns(site)[way]));
      return true;
    };
    const auto there = [&](int k) { return lattice.pairs(from[k])[link[k]].index(); };
    const auto back = [&](int k) { return lattice.returns(from[k])[link[k]]; };
    if (there(0) == there(1)) continue;
    if (step(from[0], link[0]) && step(from[1], link[1]) && step(there(0), back(0)) && step(there(1), back(1))) {
      ASSERT_NEAR(log_ratio, 0, 1e-10);
      ++cycles;
    }
  }
}

TEST(HopModel, uses_the_kinetically_resolved_barrier) {
  EXPECT_DOUBLE_EQ(activation_energy(0.3, 0.2), 0.4);
  EXPECT_DOUBLE_EQ(activation_energy(0.3, 1.0), 1.0);
  EXPECT_DOUBLE_EQ(activation_energy(0.3, -1.0), 0.0);
  SiteNetwork network = synthetic::empty(30);
  network.sites = {synthetic::site({1, 1, 1}, SiteClass::Gallery, -0.5),
                   synthetic::site({5, 1, 1}, SiteClass::Terrace, -0.3)};
  network.links = {{0, 1, {4, 0, 0}, 0.25}};
  const Hamiltonian h(network, synthetic::parameters(HamiltonianTerms::none()));
  HopModel model(network, filled(h, 1), conditions(0, 300));
  EXPECT_NEAR(model.total_rate() / (4e12 * std::exp(-0.35 / (constants::boltzmann * 300))), 1, 1e-6);
  Stream stream(25, Purpose::Test);
  model.fire(stream);
  EXPECT_NEAR(model.total_rate() / (4e12 * std::exp(-0.15 / (constants::boltzmann * 300))), 1, 1e-6);
  EXPECT_EQ(model.displacements()[0], (Vector3{4, 0, 0}));
  EXPECT_EQ(model.census().hops()[0][1], 1u);
  EXPECT_EQ(model.crossings(0, 1), 1u);
}

}  // namespace
}  // namespace cardhouse
