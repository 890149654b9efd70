#include "engine/sodium/occupation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

using synthetic::parameters;

/// Random insertions, removals and moves; the running sum of differences must stay the energy from scratch.
void walk(Occupation& state, int moves, int checks, Stream& stream) {
  const Hamiltonian& h = state.hamiltonian();
  double running = state.energy();
  for (int move = 0; move < moves; ++move) {
    const std::size_t site = stream.below(state.size());
    const std::size_t other = stream.below(state.size());
    double change = 0;
    if (state.is_occupied(site) && !state.is_occupied(other)) {
      change = state.move_energy(site, other);
      if (std::isfinite(change)) state.move(site, other);
    } else if (state.is_occupied(site)) {
      change = state.removal_energy(site);
      state.remove(site);
    } else {
      change = state.insertion_energy(site);
      if (std::isfinite(change)) state.insert(site);
    }
    if (std::isfinite(change)) running += change;
    if (move % (moves / checks) != 0) continue;
    ASSERT_NEAR(running, h.energy(state.occupied()), 1e-9) << "after " << move << " moves";
    ASSERT_NEAR(state.energy(), h.energy(state.occupied()), 1e-11);
  }
}

TEST(Occupation, keeps_differences_equal_to_full_recomputation_over_a_million_moves) {
  Stream stream(5, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(300, 18.0, stream);
  const Hamiltonian h(network, parameters());
  Occupation state(h);
  walk(state, 1000000, 1000, stream);
  EXPECT_GT(state.count(), 20u);
}

TEST(Occupation, forgets_its_history_exactly) {
  Stream stream(6, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(200, 16.0, stream);
  const Hamiltonian h(network, parameters());
  Occupation walked(h);
  walk(walked, 100000, 1, stream);
  Occupation fresh(h);
  for (std::size_t i = 0; i < h.size(); ++i)
    if (walked.is_occupied(i)) fresh.insert(i);
  for (std::size_t i = 0; i < h.size(); ++i) {
    EXPECT_EQ(walked.coordination(i), fresh.coordination(i));
    if (fresh.is_occupied(i)) continue;
    EXPECT_EQ(walked.insertion_energy(i), fresh.insertion_energy(i));
  }
  for (std::size_t g = 0; g < h.groups().size(); ++g) EXPECT_EQ(walked.group_sum(g), fresh.group_sum(g));
}

TEST(Occupation, agrees_with_a_direct_double_sum_over_pairs) {
  Stream stream(7, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(120, 26.0, stream);  // larger than two cut-offs: one image a pair
  SodiumParameters p = parameters();
  p.terms.host_electrons = p.terms.opening = false;
  const Hamiltonian h(network, p);
  Occupation state(h);
  for (std::size_t i = 0; i < h.size(); ++i)
    if (std::isfinite(state.insertion_energy(i))) state.insert(i);
  double expected = 0;
  for (const std::uint32_t i : state.occupied_sites()) {
    const Site& a = network.sites[i];
    double z = 0;
    double full = 0;
    for (std::size_t j = 0; j < h.size(); ++j) {
      const double r = norm(network.cell.minimum_image(network.sites[j].position - a.position));
      if (j != i && in_pore(network.sites[j].kind)) full += bond_weight(r, p.metal);
    }
    full = std::clamp(full, 5.0, 11.0);
    for (const std::uint32_t j : state.occupied_sites()) {
      if (i == j) continue;
      const Site& b = network.sites[j];
      const double r = norm(network.cell.minimum_image(b.position - a.position));
      EXPECT_GE(r, p.exclusion_diameter);
      z += bond_weight(r, p.metal);  // none of these sites has a spacing
      if (!in_pore(a.kind) && !in_pore(b.kind))
        expected += 0.5 * a.charge * b.charge * screened_repulsion(r, p.repulsion);
    }
    const double wetting = p.wetting_energy * a.covered_area;
    expected += a.energy + wetting;
    if (a.kind == SiteClass::Terrace) expected -= p.curvature_coupling * a.curvature;
    if (a.kind == SiteClass::PoreCore) expected += 1.113 * (1 - std::sqrt(std::min(z, full) / full));
    if (a.kind == SiteClass::PoreWall) expected += (0.5 - wetting) * (1 - std::sqrt(std::min(z, full) / full));
  }
  EXPECT_NEAR(state.energy(), expected, 5e-6);  // pair terms are rounded to 6e-8
}

// A wall site of a coarse lattice may cover more wall than gives one electron.
TEST(Occupation, keeps_charges_above_one_exactly) {
  SiteNetwork network = synthetic::empty(40);
  network.domains = {{500.0}};
  for (int k = 0; k < 3; ++k) {
    network.sites.push_back(synthetic::site({5.0 + 8 * k, 5, 5}, SiteClass::PoreWall));
    network.sites.back().covered_area = 161.2345678 + 7.7 * k;
    network.sites.back().domain = 0;
  }
  const Hamiltonian h(network, parameters());
  EXPECT_GT(h.electrons(2), 1);
  Occupation state(h);
  for (int turn = 0; turn < 1000; ++turn)
    for (const std::size_t site : {0, 1, 2}) state.is_occupied(site) ? state.remove(site) : state.insert(site);
  EXPECT_EQ(state.electrons(0), 0);
}

// The sampler's early rejection is exact when a limited energy is either the energy or infinite above the limit.
TEST(Occupation, gives_up_only_above_the_limit) {
  Stream stream(9, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(300, 22.0, stream);
  const Hamiltonian h(network, parameters());
  Occupation state(h);
  walk(state, 20000, 1, stream);
  int given_up = 0;
  int told = 0;
  const auto check = [&](double exact, auto&& limited) {
    const double limit = 3 * stream.uniform() - 1.5;
    const double found = limited(limit);
    if (std::isinf(found)) {
      ASSERT_GT(exact, limit);
      given_up += std::isfinite(exact);
    } else {
      ASSERT_NEAR(found, exact, 1e-12);
      told += exact > limit;
    }
  };
  for (int trial = 0; trial < 100000; ++trial) {
    const std::size_t i = stream.below(state.size());
    const std::size_t j = stream.below(state.size());
    if (state.is_occupied(i))
      check(state.removal_energy(i), [&](double limit) { return state.removal_energy(i, limit); });
    else
      check(state.insertion_energy(i), [&](double limit) { return state.insertion_energy(i, limit); });
    if (state.is_occupied(i) && !state.is_occupied(j)) {
      const double exact = state.move_energy(i, j, state.coupling(i, j));
      check(exact, [&](double limit) { return state.move_energy(i, j, limit); });
      ASSERT_TRUE(std::isinf(exact) ? state.move_energy(i, j) == exact
                                    : std::abs(state.move_energy(i, j) - exact) < 1e-12);
    }
    if (trial % 50 == 0) walk(state, 10, 1, stream);
  }
  EXPECT_GT(given_up, 1000);
  EXPECT_GT(told, 0);  // exact where the bound does not tell: allowed, not needed
}

// Detailed balance of every trial, and round every closed path of four: energies are those of configurations.
TEST(Occupation, takes_back_on_the_way_home_what_it_gave) {
  Stream stream(10, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(200, 18.0, stream);
  const Hamiltonian h(network, parameters());
  Occupation state(h);
  int cycles = 0;
  while (cycles < 2000) {
    walk(state, 5, 1, stream);
    const auto occupied = state.occupied_sites();
    const auto vacant = state.vacant_sites();
    if (occupied.size() < 2) continue;
    const std::size_t a = occupied[stream.below(occupied.size())];
    const std::size_t b = vacant[stream.below(vacant.size())];
    const std::size_t c = vacant[stream.below(vacant.size())];
    if (b == c) continue;
    double sum = 0;
    const auto go = [&](std::size_t from, std::size_t to) {
      const double change = state.move_energy(from, to);
      if (std::isinf(change)) return false;
      state.move(from, to);
      sum += change;
      return true;
    };
    if (!go(a, b)) continue;
    if (go(b, c)) {
      const double out = state.removal_energy(c);
      state.remove(c);
      sum += out + state.insertion_energy(a);
      state.insert(a);
      ASSERT_NEAR(sum, 0, 1e-10);
      ++cycles;
    } else {
      state.move(b, a);
    }
  }
}

TEST(Occupation, counts_by_class_and_by_domain) {
  Stream stream(8, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(100, 20.0, stream);
  const Hamiltonian h(network, parameters());
  Occupation state(h);
  std::array<std::size_t, site_class_count> expected{};
  double electrons = 0;
  for (std::size_t i = 0; i < h.size(); i += 3) {
    if (!std::isfinite(state.insertion_energy(i))) continue;
    state.insert(i);
    ++expected[static_cast<std::size_t>(network.sites[i].kind)];
    if (network.sites[i].domain == 1) electrons += h.electrons(i);
  }
  for (int k = 0; k < site_class_count; ++k) EXPECT_EQ(state.count(static_cast<SiteClass>(k)), expected[k]);
  EXPECT_NEAR(state.electrons(1), electrons, 1e-9);
  EXPECT_EQ(state.count(), state.occupied_sites().size());
  for (const std::uint32_t i : state.vacant_sites()) EXPECT_FALSE(state.is_occupied(i));
}

TEST(Occupation, lets_sodium_slide_past_its_own_core) {
  SiteNetwork network = synthetic::empty(30);
  network.sites = {synthetic::site({1, 1, 1}, SiteClass::Gallery), synthetic::site({3.4, 1, 1}, SiteClass::Gallery),
                   synthetic::site({5.8, 1, 1}, SiteClass::Gallery)};
  const Hamiltonian h(network, parameters());
  Occupation state(h);
  state.insert(0);
  EXPECT_TRUE(std::isinf(state.insertion_energy(1)));
  EXPECT_EQ(state.move_energy(0, 1), 0);  // a hop between hollows 2.4 angstrom apart
  state.insert(2);
  EXPECT_TRUE(std::isinf(state.move_energy(0, 1)));  // now the third is in the way
}

TEST(Occupation, refuses_a_second_sodium_on_a_site) {
  const SiteNetwork network = synthetic::bcc(2);
  const Hamiltonian h(network, parameters());
  Occupation state(h);
  state.insert(0);
  EXPECT_THROW(state.insert(0), ContractViolation);
  EXPECT_THROW(state.remove(1), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
