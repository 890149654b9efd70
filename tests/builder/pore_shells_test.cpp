#include "engine/builder/pore_shells.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cardhouse {
namespace {

PoreLayout two_pores() {
  PoreLayout layout;
  layout.pores = {{{1, 2, 29}, 5, false}, {{15, 16, 14}, 4, false}};
  return layout;
}

TEST(WallDistance, is_the_distance_to_the_nearest_sphere_up_to_the_reach) {
  const ScalarGrid like(30, 30);
  const PoreLayout layout = two_pores();
  const ScalarGrid distance = wall_distance(layout, like, 6);
  for (int i = 0; i < 30; ++i)
    for (int j = 0; j < 30; ++j)
      for (int k = 0; k < 30; ++k) {
        double exact = 6;
        for (const Pore& pore : layout.pores)
          exact = std::min(exact, like.cube().distance(like.position(i, j, k), pore.centre) - pore.wall_radius());
        ASSERT_NEAR(distance.values[like.index(i, j, k)], exact, 1e-12);
      }
}

TEST(WallDistance, of_a_flat_pore_is_straight_over_its_faces_and_round_at_its_rim) {
  const ScalarGrid like(40, 40);
  PoreLayout layout;
  layout.pores = {{{20, 20, 20}, 3.3, false, 6, {0, 0, 1}}};  // nuclei at 5
  const ScalarGrid distance = wall_distance(layout, like, 8);
  const auto at = [&](int x, int z) { return distance.values[like.index(20 + x, 20, 20 + z)]; };
  EXPECT_NEAR(at(0, 7), 2, 1e-12);
  EXPECT_NEAR(at(6, 7), 2, 1e-12);
  EXPECT_NEAR(at(13, 0), 2, 1e-12);
  EXPECT_NEAR(at(9, 4), 0, 1e-12);
}

TEST(WallDistance, covers_a_whole_small_even_cube) {
  const ScalarGrid like(12, 12);
  PoreLayout layout;
  layout.pores = {{{0, 0, 0}, 2, false}};
  const ScalarGrid distance = wall_distance(layout, like, 30);
  EXPECT_NEAR(distance.values[like.index(6, 6, 6)], 6 * std::numbers::sqrt3 - 3.7, 1e-12);
}

TEST(WrapPores, puts_the_first_layer_on_the_wall_and_the_next_one_spacing_out) {
  const double spacing = 3.5;
  ScalarGrid field(40, 40);
  PoreLayout layout;
  layout.pores = {{{20, 20, 20}, 5.3, false}};  // nuclei at 7
  wrap_pores(field, wall_distance(layout, field, shell_reach * spacing), spacing);
  const auto at = [&](double distance) { return field.sample({20 + distance, 20, 20}).value; };
  const double amplitude = lamellar_amplitude();
  EXPECT_NEAR(at(1), -amplitude, 1e-12);
  EXPECT_NEAR(at(7), 0, 0.02);
  EXPECT_NEAR(at(7 + 0.5 * spacing), amplitude * std::exp(-0.0625), 0.05);
  EXPECT_NEAR(at(7 + spacing), 0, 0.03);
  EXPECT_LT(at(7 + 1.5 * spacing), -0.2);
}

TEST(WrapPores, leaves_the_field_alone_far_from_pores) {
  ScalarGrid field(40, 40, 0.25);
  PoreLayout layout;
  layout.pores = {{{20, 20, 20}, 3, false}};
  wrap_pores(field, wall_distance(layout, field, shell_reach * 3.5), 3.5);
  EXPECT_EQ(field.values[field.index(0, 0, 0)], 0.25);
}

TEST(HoldWalls, holds_the_pore_and_its_first_layer_at_the_shell_profile) {
  const double spacing = 3.5;
  ScalarGrid field(40, 40);
  PoreLayout layout;
  layout.pores = {{{20, 20, 20}, 5.3, false}};
  const ScalarGrid distance = wall_distance(layout, field, 10);
  const std::vector<HeldPoint> held = hold_walls(distance, spacing);
  const double radius = 7 + 0.5 * spacing;
  EXPECT_NEAR(static_cast<double>(held.size()), 4 * std::numbers::pi / 3 * std::pow(radius, 3), 60);
  for (const auto& [point, value] : held) {
    EXPECT_LT(distance.values[point], 0.5 * spacing);
    EXPECT_EQ(value < 0, distance.values[point] < 0);
  }
}

}  // namespace
}  // namespace cardhouse
