#include "engine/carbonize/volatile_walks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

using samples::rule;

/// A lattice of `side`^3 cells, closed and not gelled, whose molecules do what the test gives a rate for.
struct Scene {
  explicit Scene(std::size_t side, const std::string& rules = {})
      : library(samples::library_of(samples::species + rules)),
        table(library, std::vector<bool>(library.species.size(), true), {&atmosphere, 1}) {
    const std::size_t cells = side * side * side;
    map = {{side, side, side},
           std::vector<char>(cells, 0),
           std::vector<char>(cells, 0),
           std::vector<double>(cells, 0),
           1000};
    transport.saturation = 1e-3;
    transport.burst = 1;
    tar = library.find_species("TAR");
  }
  VolatileWalks walks() {
    table.set({1000, &atmosphere});
    VolatileWalks chosen(transport, table, map);
    chosen.set({1000, &atmosphere});
    return chosen;
  }
  /// Share of 20000 walks from a cell that end in this way.
  double share(WalkEnd end, std::size_t cell, double time) {
    const auto chosen = walks();
    Stream stream(1, Purpose::Test);
    int seen = 0;
    for (int i = 0; i < 20000; ++i) seen += chosen.walk(tar, cell, time, stream).end == end ? 1 : 0;
    return seen / 20000.0;
  }

  RuleLibrary library;
  Atmosphere atmosphere;
  ReactionTable table;
  WalkMap map;
  VolatileTransport transport;
  std::size_t tar = 0;
};

/// Four standard errors of a share of 20000: one false alarm in 16000.
double four_sigma(double share) {
  return 4 * std::sqrt(share * (1 - share) / 20000);
}

TEST(WalkMap, neighbours_are_six_and_mutual) {
  const WalkMap map{{3, 4, 5}, std::vector<char>(60, 0), {}, {}, 0};
  for (std::size_t cell = 0; cell < 60; ++cell) {
    const auto around = map.neighbours(cell);
    for (const auto next : around) {
      EXPECT_NE(next, cell);
      const auto back = map.neighbours(next);
      EXPECT_NE(std::find(back.begin(), back.end(), cell), back.end());
      EXPECT_EQ(std::count(around.begin(), around.end(), next), 1);
    }
  }
}

TEST(VolatileWalks, molecules_leave_an_open_cell_in_first_order) {
  Scene scene(1);
  scene.map.open[0] = 1;
  scene.transport.escape = {2, 0, 0};
  for (const double time : {0.2, 0.8}) {
    const double left = 1 - std::exp(-2 * time);
    EXPECT_NEAR(scene.share(WalkEnd::Escapes, 0, time), left, four_sigma(left)) << time;
  }
}

TEST(VolatileWalks, no_molecule_leaves_a_closed_cell) {
  Scene scene(1);
  scene.transport.escape = {1e9, 0, 0};
  EXPECT_EQ(scene.share(WalkEnd::Escapes, 0, 1), 0);
}

// 30 hops on average, each to a side at random: <x^2> over cells is a third of that. 5000 walks know a variance to 2 %.
TEST(VolatileWalks, molecules_diffuse_by_their_hops_and_slower_through_gel) {
  for (const double mobility : {1.0, 0.1}) {
    Scene scene(81);
    scene.transport.hop = {30, 0, 0};
    scene.transport.gelled_mobility = mobility;
    if (mobility < 1) std::fill(scene.map.gelled.begin(), scene.map.gelled.end(), 1);
    const auto walks = scene.walks();
    const std::size_t centre = 40 + 81 * (40 + 81 * 40);
    Stream stream(1, Purpose::Test);
    double squares = 0;
    double hops = 0;
    for (int i = 0; i < 5000; ++i) {
      const auto end = walks.walk(scene.tar, centre, 1, stream);
      const double x = static_cast<double>(end.cell % 81) - 40;
      squares += x * x / 5000;
      hops += static_cast<double>(end.hops) / 5000;
    }
    EXPECT_NEAR(hops, 30 * mobility, 4 * std::sqrt(30 * mobility / 5000));
    EXPECT_NEAR(squares, 10 * mobility, 0.1 * 10 * mobility);
  }
}

TEST(VolatileWalks, reactions_on_the_way_compete_with_escape_by_their_rates) {
  Scene scene(1, rule("TAR", "6 CHAR + 5 H2O", "1 1/s") + rule("TAR", "DUST", "2 1/s"));
  scene.map.open[0] = 1;
  scene.transport.escape = {3, 0, 0};
  EXPECT_NEAR(scene.share(WalkEnd::Escapes, 0, 1e9), 0.5, four_sigma(0.5));
  const auto walks = scene.walks();
  Stream stream(2, Purpose::Test);
  int first = 0;
  int all = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto end = walks.walk(scene.tar, 0, 1e9, stream);
    all += end.end == WalkEnd::Reacts ? 1 : 0;
    first += end.end == WalkEnd::Reacts && end.rule == scene.table.rules().size() ? 1 : 0;
  }
  EXPECT_NEAR(first / static_cast<double>(all), 1 / 3.0, four_sigma(1 / 3.0) * std::sqrt(2.0));
}

TEST(VolatileWalks, what_has_left_reacts_in_the_hot_gas_for_the_residence) {
  Scene scene(1, rule("TAR", "6 CHAR + 5 H2O", "1 1/s"));
  scene.map.open[0] = 1;
  scene.transport.escape = {1e12, 0, 0};
  EXPECT_EQ(scene.share(WalkEnd::ReactsOutside, 0, 1), 0);
  scene.atmosphere.residence = 0.5;
  const double reacted = 1 - std::exp(-0.5);
  EXPECT_NEAR(scene.share(WalkEnd::ReactsOutside, 0, 1), reacted, four_sigma(reacted));
}

// Supersaturated twice, pores fill twice as fast as at saturation; 1e-3 of 1000 dalton is one molecule.
TEST(VolatileWalks, pores_fill_from_supersaturation_where_there_is_no_way_out) {
  Scene scene(3);
  std::fill(scene.map.gelled.begin(), scene.map.gelled.end(), 1);
  scene.transport.inflate = {0.4, 0, 0};
  scene.map.dissolved[13] = 2;
  const double filled = 1 - std::exp(-0.8);
  EXPECT_NEAR(scene.share(WalkEnd::Inflates, 13, 1), filled, four_sigma(filled));
  scene.map.gelled[14] = 0;  // a neighbour that has not gelled is a way out
  EXPECT_EQ(scene.share(WalkEnd::Inflates, 13, 1), 0);
  scene.map.gelled[14] = 1;
  scene.map.open[14] = 1;
  EXPECT_EQ(scene.share(WalkEnd::Inflates, 13, 1), 0);
}

TEST(VolatileWalks, pores_leak_in_first_order) {
  Scene scene(1);
  scene.transport.leak = {0.7, 0, 0};
  EXPECT_NEAR(scene.walks().leak_chance(2), 1 - std::exp(-1.4), 1e-12);
}

}  // namespace
}  // namespace cardhouse
