#include "engine/carbonize/reaction_lattice.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/kinetics/run_kmc.hpp"

namespace cardhouse {
namespace {

const std::string inputs = CARDHOUSE_SOURCE_DIR "/inputs";

VolatileTransport transport() {
  return load_volatile_transport(inputs + "/rules/volatile_transport.toml");
}

Formula books(const ReactionLattice& lattice) {
  return lattice.condensed() + lattice.dissolved() + lattice.in_pores() + lattice.escaped();
}

TEST(ReactionLattice, every_element_balances_and_the_tree_is_fresh_after_every_event) {
  const auto precursor = load_precursor("sucrose", inputs);
  Stream stream(1, Purpose::Test);
  ReactionLattice lattice(precursor, transport(), {{3, 3, 3}, 17.5, 2}, stream);
  KmcClock clock;
  for (const double temperature : {520.0, 580.0, 640.0, 900.0, 1200.0, 1500.0}) {
    lattice.set_temperature(temperature);
    run_kmc(
        lattice, clock, {.end_time = clock.time + 100},
        [&](const KmcClock& now) {
          if (now.events % 97 != 0) return;
          ASSERT_EQ(books(lattice), lattice.initial());
          ASSERT_NEAR(lattice.total_rate(), lattice.recomputed_total_rate(), 1e-9 * lattice.total_rate());
        },
        stream);
  }
  EXPECT_EQ(books(lattice), lattice.initial());
  EXPECT_GT(lattice.escaped()[Element::O], 0);
}

TEST(ReactionLattice, all_five_kinds_of_event_happen) {
  const auto precursor = load_precursor("phenolic_resin", inputs);
  Stream stream(1, Purpose::Test);
  ReactionLattice lattice(precursor, transport(), {{4, 4, 4}, 17.5, 5}, stream);
  KmcClock clock;
  for (double temperature = 500; temperature < 1500; temperature += 5) {
    lattice.set_temperature(temperature);
    run_kmc(lattice, clock, {.end_time = clock.time + 30}, stream);
  }
  for (const auto& entry : reaction_kinds()) EXPECT_GT(lattice.events(entry.make), 0u) << entry.name;
}

TEST(ReactionLattice, neighbours_are_mutual_and_six) {
  const auto precursor = load_precursor("sucrose", inputs);
  Stream stream(1, Purpose::Test);
  const ReactionLattice lattice(precursor, transport(), {{3, 4, 5}, 17.5, 1}, stream);
  for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) {
    const auto around = lattice.neighbours(cell);
    EXPECT_EQ(std::set<std::size_t>(around.begin(), around.end()).size(), 6u);
    for (const auto next : around) {
      const auto back = lattice.neighbours(next);
      EXPECT_TRUE(std::find(back.begin(), back.end(), cell) != back.end());
    }
  }
}

TEST(ReactionLattice, opens_exactly_the_declared_share_of_cells_in_different_places) {
  const auto precursor = load_precursor("sucrose", inputs);
  auto settings = transport();
  settings.open_fraction = 0.25;
  std::set<std::vector<bool>> patterns;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Stream stream(seed, Purpose::Test);
    const ReactionLattice lattice(precursor, settings, {{4, 4, 4}, 17.5, 1}, stream);
    std::vector<bool> open;
    for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) open.push_back(lattice.is_open(cell));
    EXPECT_EQ(std::count(open.begin(), open.end(), true), 16);
    patterns.insert(open);
  }
  EXPECT_EQ(patterns.size(), 5u);
}

/// Molecules of a species over their initial number while the resin is heated.
double remaining(const ReactionLattice& lattice, std::size_t species) {
  double sum = 0;
  for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) {
    sum += static_cast<double>(lattice.count(cell, species));
  }
  return sum / static_cast<double>(lattice.units_per_cell()) / static_cast<double>(lattice.cell_count());
}

// d(n/n0)/dt = -k (n/n0)^3 has n/n0 = 1/sqrt(1 + 2 k t). The lattice averages the cube over cells of about 280
// molecules, which is off by about 3/280.
TEST(ReactionLattice, third_order_follows_its_closed_form) {
  const auto precursor = load_precursor("phenolic_resin", inputs);
  const auto species = precursor.library.find_species("PFB");
  Stream stream(5, Purpose::Test);
  ReactionLattice lattice(precursor, transport(), {{4, 4, 4}, 17.5, 100}, stream);
  const double temperature = 800;
  const double k = 4.978e8 * std::exp(-169980 / (8.314462618 * temperature));
  lattice.set_temperature(temperature);
  KmcClock clock;
  for (const double reduced : {0.5, 1.5, 4.0}) {
    run_kmc(lattice, clock, {.end_time = reduced / k}, stream);
    EXPECT_NEAR(remaining(lattice, species), 1 / std::sqrt(1 + 2 * reduced), 0.012) << reduced;
  }
}

// First order in batches of ten: the mean stays exp(-k t) to the last batch of the whole lattice.
TEST(ReactionLattice, batches_keep_the_first_order_law_to_the_end) {
  auto precursor = load_precursor("sucrose", inputs);
  const auto caramel = precursor.library.find_species("CARAMEL");
  precursor.unit = {{caramel, 1}};
  Stream stream(6, Purpose::Test);
  ReactionLattice lattice(precursor, transport(), {{4, 4, 4}, 17.5, 5}, stream);
  const double temperature = 580;
  const double k = 3.98e18 * std::exp(-229000 / (8.314462618 * temperature));
  lattice.set_temperature(temperature);
  KmcClock clock;
  const double molecules = static_cast<double>(lattice.units_per_cell()) * 64;
  for (const double reduced : {1.0, 3.0, 5.0}) {
    run_kmc(lattice, clock, {.end_time = reduced / k}, stream);
    const double expected = std::exp(-reduced);
    const double error = std::sqrt(10 * expected * (1 - expected) / molecules);  // ten leave together
    EXPECT_NEAR(remaining(lattice, caramel), expected, 4 * error) << reduced;
  }
  run_kmc(lattice, clock, {.end_time = 1000 / k}, stream);
  EXPECT_LT(remaining(lattice, caramel) * molecules, 10);
}

}  // namespace
}  // namespace cardhouse
