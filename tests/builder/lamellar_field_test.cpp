#include "engine/builder/lamellar_field.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace cardhouse {
namespace {

LamellarFieldOptions options(int steps, double order = 0) {
  return {.grains = {.spacing = 3.6, .layer_extent = 25, .stack_height = 12, .orientation_order = order},
          .edge = 36,
          .anneal_steps = steps};
}

ScalarGrid grow(const LamellarFieldOptions& wanted, const PoreLayout& pores = {}) {
  Stream stream(8, Purpose::Test);
  return grow_lamellar_field(wanted, pores, {}, stream);
}

// Mean of |d psi/dz|^2 / |grad psi|^2 over the box.
double share_along_z(const ScalarGrid& field) {
  double along = 0, all = 0;
  for (int i = 0; i < field.points(); ++i)
    for (int j = 0; j < field.points(); ++j)
      for (int k = 0; k < field.points(); ++k) {
        const Vector3 gradient = field.sample(field.position(i, j, k) + Vector3{0.5, 0.5, 0.5}).gradient;
        along += gradient.z * gradient.z, all += squared_norm(gradient);
      }
  return along / all;
}

TEST(LamellarField, aligned_grains_stack_along_z) {
  EXPECT_GT(share_along_z(grow(options(50, 1))), 0.8);
  EXPECT_LT(share_along_z(grow(options(50, 0))), 0.6);
}

// Grid points that can be reached from a pore without crossing the zero level.
std::size_t reach(const ScalarGrid& field, const Vector3& centre) {
  const auto start = [&](double coordinate) { return static_cast<int>(coordinate / field.spacing()); };
  std::vector<std::array<int, 3>> reached{{start(centre.x), start(centre.y), start(centre.z)}};
  std::vector<char> seen(field.size(), 0);
  for (std::size_t next = 0; next < reached.size(); ++next)
    for (const auto& [di, dj, dk] : {std::array{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}) {
      const auto wrapped = [&](int i) { return (i + field.points()) % field.points(); };
      const std::array<int, 3> here{wrapped(reached[next][0] + di), wrapped(reached[next][1] + dj),
                                    wrapped(reached[next][2] + dk)};
      const std::size_t point = field.index(here[0], here[1], here[2]);
      if (seen[point] || field.values[point] >= 0) continue;
      seen[point] = 1;
      reached.push_back(here);
    }
  return reached.size();
}

TEST(LamellarField, keeps_a_pore_empty_and_its_first_layer_complete) {
  PoreLayout pores;
  pores.pores = {{{18, 18, 18}, 6, false}};
  const ScalarGrid field = grow(options(300), pores);
  for (const Vector3 direction : {Vector3{1, 0, 0}, Vector3{0, -1, 0}, Vector3{0, 0.6, 0.8}})
    for (double r = 0; r < 6; r += 0.5) EXPECT_LT(field.sample(Vector3{18, 18, 18} + r * direction).value, 0);
  EXPECT_NEAR(static_cast<double>(reach(field, {18, 18, 18})), 4 * std::numbers::pi / 3 * std::pow(7.7, 3), 100);
}

TEST(LamellarField, a_channel_joins_open_pores) {
  Stream stream(1, Purpose::Test);
  const std::vector<PoreSeed> seeds{{{0.2, 0.2, 0.2}, 1, true}, {{0.7, 0.6, 0.7}, 1, true}};
  const PoreLayout pores = place_pores({.closed_volume = 0, .mean_radius = 5, .spacing = 3.6}, seeds, {36}, stream);
  ASSERT_EQ(pores.pores.size(), 2u);
  const double one_pore = 4 * std::numbers::pi / 3 * std::pow(6.7, 3);
  EXPECT_GT(static_cast<double>(reach(grow(options(300), pores), pores.pores[0].centre)), 2 * one_pore);
}

TEST(CrosslinkMobility, averages_to_the_wanted_number_of_crosslinks) {
  LamellarFieldOptions wanted = options(0);
  wanted.crosslinks_per_cluster = 1.5;
  const ScalarGrid like(36, 36);
  Stream stream(1, Purpose::Test);
  const std::vector<double> mobility = crosslink_mobility(wanted, like, stream);
  double crosslinks = 0;
  for (const double value : mobility) {
    EXPECT_GT(value, 0);
    EXPECT_LE(value, 1);
    crosslinks += -0.5 * std::log(value) / static_cast<double>(mobility.size());
  }
  EXPECT_NEAR(crosslinks, 1.5, 0.01);  // whole crosslinks: 1/353 clusters
}

TEST(CrosslinkMobility, is_free_without_crosslinks) {
  Stream stream(1, Purpose::Test);
  EXPECT_TRUE(crosslink_mobility(options(0), ScalarGrid(36, 36), stream).empty());
}

TEST(LamellarField, crosslinks_slow_the_annealing) {
  const auto distance = [](const ScalarGrid& a, const ScalarGrid& b) {
    return std::transform_reduce(a.values.begin(), a.values.end(), b.values.begin(), 0.0, std::plus<>(),
                                 [](double x, double y) { return (x - y) * (x - y); });
  };
  LamellarFieldOptions linked = options(30);
  linked.crosslinks_per_cluster = 3;
  EXPECT_LT(distance(grow(linked), grow(options(0))), 0.2 * distance(grow(options(30)), grow(options(0))));
}

}  // namespace
}  // namespace cardhouse
