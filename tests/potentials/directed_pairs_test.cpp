#include "potentials/directed_pairs.hpp"

#include <gtest/gtest.h>

#include "engine/structure/neighbour_list.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

Atoms skewed_atoms() {
  CarbonStructure structure = samples::graphite(4, 3, 2, 3.0);
  Stream stream(1, Purpose::Test);
  samples::rattle(structure.atoms, 0.2, stream);
  return samples::mapped(structure, {1, 0.15, 0.1}, {0, 1, -0.1}, {0.02, 0, 1}).atoms;
}

TEST(DirectedPairs, holds_what_an_independent_list_holds) {
  const Atoms atoms = skewed_atoms();
  DirectedPairs pairs({.cutoff = 2.8, .skin = 0.4});
  pairs.update(atoms);
  const NeighbourList expected(atoms.cell, atoms.positions, 3.2);
  ASSERT_EQ(pairs.rows(), atoms.size());
  for (std::size_t row = 0; row < pairs.rows(); ++row) {
    EXPECT_EQ(pairs.starts()[row + 1] - pairs.starts()[row], expected.of(pairs.owner(row)).size());
    EXPECT_LE(pairs.starts()[row + 1] - pairs.starts()[row], pairs.longest_row());
  }
}

TEST(DirectedPairs, knows_the_reverse_of_every_pair) {
  Atoms atoms = skewed_atoms();
  atoms.cell =
      Cell({4.5, 0, 0}, {0.5, 4.2, 0}, {0, 0.3, 5});  // several images of one neighbour, and of the atom itself
  atoms.positions.resize(7);
  atoms.elements.resize(7);
  DirectedPairs pairs({.cutoff = 4.6, .skin = 0.4});
  pairs.update(atoms);
  ASSERT_GT(pairs.size(), 100u);
  for (std::size_t row = 0; row < pairs.rows(); ++row) {
    for (std::uint32_t pair = pairs.starts()[row]; pair < pairs.starts()[row + 1]; ++pair) {
      const std::uint32_t back = pairs.reverse(pair);
      ASSERT_LT(back, pairs.size());
      EXPECT_NE(back, pair);
      EXPECT_EQ(pairs.reverse(back), pair);
      EXPECT_EQ(pairs.neighbour(back), pairs.owner(row));
      std::size_t other = 0;
      while (pairs.owner(other) != pairs.neighbour(pair)) ++other;
      const Vector3 there = pairs.neighbour_position(pair) - pairs.position(row);
      const Vector3 home = pairs.neighbour_position(back) - pairs.position(other);
      EXPECT_LT(norm(there + home), 1e-12);
    }
  }
}

TEST(DirectedPairs, is_kept_while_no_atom_can_have_crossed_the_skin) {
  Atoms atoms = skewed_atoms();
  DirectedPairs pairs({.cutoff = 2.0, .skin = 0.4});
  pairs.update(atoms);
  atoms.positions[3].x += 0.19;
  pairs.update(atoms);
  EXPECT_EQ(pairs.rebuilds(), 1u);
  atoms.positions[3].x += 0.02;
  pairs.update(atoms);
  EXPECT_EQ(pairs.rebuilds(), 2u);
}

}  // namespace
}  // namespace cardhouse
