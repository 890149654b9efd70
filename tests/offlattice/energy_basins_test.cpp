#include "engine/offlattice/energy_basins.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/offlattice/sodium_potential.hpp"
#include "tests/offlattice/explicit_sodium.hpp"

namespace cardhouse {
namespace {

constexpr double turn = 2 * 3.14159265358979323846;
using Image = std::array<int, 3>;

/// -sum_i depth_i cos(2 pi periods f_i) in fractional coordinates: minima at f_i = k/periods, saddles halfway.
EnergyFunction cosines(const Cell& cell, const Vector3& depths, int periods) {
  return [=](const Vector3& r) {
    const Vector3 f = cell.to_fractional(r);
    double sum = 0;
    for (int axis = 0; axis < 3; ++axis) sum -= depths[axis] * std::cos(turn * periods * f[axis]);
    return sum;
  };
}

BasinMap mapped(const Cell& cell, const EnergyFunction& energy, double spacing, const BasinOptions& options = {}) {
  BasinMap map = find_basins(scan_energy(cell, spacing, energy), options);
  refine_basins(map, energy, 2 * spacing);
  return map;
}

TEST(EnergyBasins, find_minima_and_saddles_of_cosines_with_all_neighbours) {
  const Cell cell({12, 0, 0}, {2, 11, 0}, {-1, 2, 13});
  const Vector3 depths{0.3, 0.5, 0.7};
  const EnergyFunction energy = cosines(cell, depths, 3);
  const BasinMap map = mapped(cell, energy, 0.37);  // the grid misses the minima
  ASSERT_EQ(map.basins.size(), 27U);
  for (const Basin& basin : map.basins) {
    EXPECT_TRUE(basin.refined);
    EXPECT_NEAR(basin.energy, -1.5, 1e-9);
  }
  ASSERT_EQ(map.saddles.size(), 81U);  // three ways forward from each
  for (const Saddle& saddle : map.saddles) {
    const Vector3 step = 3 * cell.to_fractional(map.displacement(saddle));
    int axis = 0;
    for (int k = 0; k < 3; ++k)
      if (std::abs(step[k]) > 0.5) axis = k;
    EXPECT_NEAR(squared_norm(step), 1, 1e-6);
    EXPECT_NEAR(saddle.energy, -1.5 + 2 * depths[axis], 1e-9);
    const Vector3 half = saddle.position - map.basins[saddle.first].position;
    EXPECT_NEAR(norm(half - 0.5 * map.displacement(saddle)), 0, 1e-4);
  }
}

TEST(EnergyBasins, join_a_single_basin_to_its_own_images) {
  const Cell cell({5, 0, 0}, {1, 4, 0}, {0, 1, 4.5});
  const BasinMap map = mapped(cell, cosines(cell, {0.3, 0.5, 0.7}, 1), 0.3);
  ASSERT_EQ(map.basins.size(), 1U);
  ASSERT_EQ(map.saddles.size(), 3U);
  std::set<Image> images;
  for (const Saddle& saddle : map.saddles) {
    images.insert(saddle.image);
    const double depth = saddle.image == Image{1, 0, 0} ? 0.3 : saddle.image == Image{0, 1, 0} ? 0.5 : 0.7;
    EXPECT_NEAR(saddle.energy, -1.5 + 2 * depth, 1e-9);
  }
  EXPECT_EQ(images, (std::set<Image>{{0, 0, 1}, {0, 1, 0}, {1, 0, 0}}));
}

TEST(EnergyBasins, order_unequal_minima_and_find_the_saddle_between_them) {
  // -cos x - 0.8 cos 2x: minima -1.8 at 0 and 0.2 at half a turn, saddle where cos x = -1/3.2
  const Cell cell = Cell::orthorhombic(6, 3, 3);
  const EnergyFunction energy = [](const Vector3& r) {
    const double x = turn * r.x / 6;
    return -std::cos(x) - 0.8 * std::cos(2 * x) - std::cos(turn * r.y / 3) - std::cos(turn * r.z / 3);
  };
  const BasinMap map = mapped(cell, energy, 0.25, {.ceiling = 10});
  ASSERT_EQ(map.basins.size(), 2U);
  std::vector<double> energies{map.basins[0].energy, map.basins[1].energy};
  EXPECT_NEAR(std::min(energies[0], energies[1]), -3.8, 1e-9);
  EXPECT_NEAR(std::max(energies[0], energies[1]), -1.8, 1e-9);
  const double c = -1 / 3.2;
  EXPECT_NEAR(PassTree(map).highest(0, 1), -c - 0.8 * (2 * c * c - 1) - 2, 1e-6);
}

TEST(EnergyBasins, merge_ripples_that_are_shallower_than_asked) {
  const Cell cell = Cell::orthorhombic(12, 3, 3);
  const EnergyFunction energy = [](const Vector3& r) {
    return -std::cos(turn * r.x / 12) - 0.08 * std::cos(10 * turn * r.x / 12) - std::cos(turn * r.y / 3) -
           std::cos(turn * r.z / 3);
  };
  const EnergyGrid grid = scan_energy(cell, 0.1, energy);
  EXPECT_GT(find_basins(grid, {.ceiling = 10, .merge_depth = 0}).basins.size(), 2U);
  const BasinMap merged = find_basins(grid, {.ceiling = 10, .merge_depth = 0.3});
  ASSERT_EQ(merged.basins.size(), 1U);
  EXPECT_NEAR(merged.basins[0].energy, -3.08, 1e-9);
  for (const Saddle& saddle : merged.saddles) EXPECT_NE(saddle.image, Image{});
  const auto along = std::find_if(merged.saddles.begin(), merged.saddles.end(), [](const Saddle& s) {
    return s.image == Image{1, 0, 0};
  });
  ASSERT_NE(along, merged.saddles.end());
  EXPECT_NEAR(along->energy, -1.0, 0.1);
}

TEST(EnergyBasins, leave_out_what_lies_above_the_ceiling) {
  const Cell cell = Cell::cubic(6);
  const EnergyFunction energy = cosines(cell, {0.3, 0.5, 0.7}, 2);
  const BasinMap map = find_basins(scan_energy(cell, 0.25, energy), {.ceiling = -0.7});
  EXPECT_EQ(map.basins.size(), 8U);
  EXPECT_EQ(map.saddles.size(), 8U);  // along x alone, -0.9; there and on through the other side
  EXPECT_TRUE(std::isinf(PassTree(map).highest(0, 2)));
}

/// The gallery of an AA stack by the grid, against the potential along the straight path over the bridge.
TEST(EnergyBasins, give_the_energy_and_the_barrier_of_perfect_galleries_against_their_spacing) {
  double last_energy = 1e9, last_barrier = 1e9;
  for (const double spacing : {3.4, 3.6, 3.8, 4.0, 4.2}) {
    const SodiumPotential potential(explicit_sodium::aa_stack(spacing, 2),
                                    SodiumInteractions(SodiumInteractionFiles{}));
    const EnergyFunction energy = [&](const Vector3& r) { return potential.host_energy(r); };
    const BasinMap map = mapped(potential.cell(), energy, 0.25, {.ceiling = 8});
    ASSERT_EQ(map.basins.size(), 32U) << spacing;  // one a hexagon: 4 x 2 x 2 in each of two galleries
    const Vector3 half{0, 0, spacing / 2};
    const double hollow = energy(explicit_sodium::hollow() + half);
    const double barrier = energy(explicit_sodium::bridge() + half) - hollow;
    for (const Basin& basin : map.basins) EXPECT_NEAR(basin.energy, hollow, 1e-6) << spacing;
    ASSERT_EQ(map.saddles.size(), 96U) << spacing;  // six neighbours each
    for (const Saddle& saddle : map.saddles) {
      EXPECT_NEAR(saddle.energy - hollow, barrier, 1e-6) << spacing;
      EXPECT_NEAR(norm(map.displacement(saddle)), 2.46, 1e-3);
    }
    EXPECT_LT(hollow, last_energy);
    EXPECT_LT(barrier, last_barrier);
    last_energy = hollow, last_barrier = barrier;
  }
}

TEST(EnergyBasins, do_not_depend_on_where_the_grid_begins) {
  const Cell cell = Cell::orthorhombic(9, 8, 7);
  const Vector3 offset{1.234, 0.777, 2.5};
  const EnergyFunction one = [&](const Vector3& r) {
    return cosines(cell, {0.3, 0.5, 0.7}, 2)(r) + 0.2 * std::sin(turn * r.x / 9);
  };
  const EnergyFunction other = [&](const Vector3& r) { return one(r + offset); };
  const BasinMap a = mapped(cell, one, 0.25), b = mapped(cell, other, 0.25);
  ASSERT_EQ(a.basins.size(), b.basins.size());
  ASSERT_EQ(a.saddles.size(), b.saddles.size());
  const auto energies = [](const auto& places) {
    std::vector<double> result;
    for (const auto& place : places) result.push_back(place.energy);
    std::sort(result.begin(), result.end());
    return result;
  };
  for (std::size_t k = 0; k < a.basins.size(); ++k) EXPECT_NEAR(energies(a.basins)[k], energies(b.basins)[k], 1e-8);
  for (std::size_t k = 0; k < a.saddles.size(); ++k) EXPECT_NEAR(energies(a.saddles)[k], energies(b.saddles)[k], 1e-8);
}

}  // namespace
}  // namespace cardhouse
