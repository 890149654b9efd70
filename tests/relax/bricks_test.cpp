#include "engine/relax/bricks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/relax/divided_samples.hpp"

namespace cardhouse {
namespace {

TEST(Bricks, hold_every_atom_once_in_equal_numbers) {
  const CarbonStructure carbon = samples::disordered_carbon(301);
  const WrappedPlaces wrapped(carbon.atoms.cell, carbon.atoms.positions);
  for (const int n : {1, 2, 3, 5, 8, 301}) {
    std::vector<std::uint32_t> all;
    for (const Brick& brick : cut_into_bricks(carbon.atoms.cell, wrapped.places, n)) {
      EXPECT_LE(std::abs(static_cast<double>(brick.atoms.size()) - 301.0 / n), 1.0);
      EXPECT_TRUE(std::ranges::is_sorted(brick.atoms));
      for (const std::uint32_t atom : brick.atoms) {
        for (int axis = 0; axis < 3; ++axis) {
          EXPECT_LE(brick.low[axis], wrapped.places[atom][axis]);
          EXPECT_GE(brick.high[axis], wrapped.places[atom][axis]);
        }
      }
      all.insert(all.end(), brick.atoms.begin(), brick.atoms.end());
    }
    std::ranges::sort(all);
    EXPECT_EQ(all.size(), 301u);
    EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
  }
}

TEST(Bricks, are_cut_across_the_longest_side) {
  const CarbonStructure slab = samples::graphite(3, 2, 12, 3.4);  // 7 x 9 x 41 angstrom
  const WrappedPlaces wrapped(slab.atoms.cell, slab.atoms.positions);
  for (const Brick& brick : cut_into_bricks(slab.atoms.cell, wrapped.places, 4))
    EXPECT_EQ(brick.divided, (std::array<bool, 3>{false, false, true}));
}

TEST(Bricks, wrap_places_and_remember_what_was_taken) {
  const CarbonStructure skewed = samples::skewed_graphite(3, 2, 2);
  const WrappedPlaces wrapped(skewed.atoms.cell, skewed.atoms.positions);
  for (std::size_t i = 0; i < skewed.atoms.size(); ++i) {
    EXPECT_LT(norm(skewed.atoms.cell.to_cartesian(wrapped.places[i] + wrapped.taken[i]) - skewed.atoms.positions[i]),
              1e-12);
    for (int axis = 0; axis < 3; ++axis) EXPECT_TRUE(0 <= wrapped.places[i][axis] && wrapped.places[i][axis] <= 1);
  }
}

TEST(Bricks, become_fewer_rather_than_thin) {
  const Cell cell = Cell::orthorhombic(40, 20, 20);
  EXPECT_EQ(thick_bricks(cell, 10, 2), 2);
  EXPECT_EQ(thick_bricks(cell, 10, 16), 16);
  EXPECT_EQ(thick_bricks(cell, 15, 16), 2);
  EXPECT_EQ(thick_bricks(cell, 21, 16), 1);
  EXPECT_EQ(thick_bricks(cell, 10, 15), 8) << "more would cut a side of 20 angstrom into three";
}

TEST(BrickAtoms, stand_in_a_cell_wide_enough_for_their_halo) {
  const CarbonStructure carbon = samples::disordered_carbon(300);
  const WrappedPlaces wrapped(carbon.atoms.cell, carbon.atoms.positions);
  const std::vector<Brick> bricks = cut_into_bricks(carbon.atoms.cell, wrapped.places, 2);
  constexpr double halo = 4;
  const BrickAtoms atoms(bricks[0], carbon, wrapped, halo);
  EXPECT_EQ(atoms.centres(), 150u);
  const Vector3& widths = atoms.structure().atoms.cell.widths();
  for (int axis = 0; axis < 3; ++axis) {
    const double whole = carbon.atoms.cell.widths()[axis];
    const double brick = (bricks[0].high[axis] - bricks[0].low[axis]) * whole;
    EXPECT_NEAR(widths[axis], bricks[0].divided[axis] ? brick + 4 * halo : whole, 1e-9);
  }
}

TEST(BrickAtoms, keep_the_bonds_of_their_centres) {
  const CarbonStructure layers = samples::skewed_graphite(6, 4, 4);
  const WrappedPlaces wrapped(layers.atoms.cell, layers.atoms.positions);
  for (const Brick& brick : cut_into_bricks(layers.atoms.cell, wrapped.places, 8)) {
    const BrickAtoms atoms(brick, layers, wrapped, 2 * longest_bond(layers));
    for (std::size_t k = 0; k < atoms.centres(); ++k) {
      const auto& [local, bonds] = atoms.structure();
      ASSERT_EQ(bonds.degree(k), layers.bonds.degree(atoms.ids()[k]));
      for (const std::uint32_t other : bonds.of(k)) {
        EXPECT_LT(norm(local.positions[other] - local.positions[k]), 2.0);
        EXPECT_TRUE(layers.bonds.bonded(atoms.ids()[k], atoms.ids()[other]));
      }
    }
  }
}

}  // namespace
}  // namespace cardhouse
