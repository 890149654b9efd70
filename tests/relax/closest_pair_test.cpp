#include "engine/relax/closest_pair.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

Atoms three_atoms() {
  Atoms atoms{Cell::cubic(10), {}, {}};
  atoms.add(Element::C, {0.1, 5, 5});
  atoms.add(Element::C, {3, 5, 5});
  atoms.add(Element::H, {9.8, 5, 5});  // 0.3 from the first, through the boundary
  return atoms;
}

TEST(ClosestPair, looks_through_the_periodic_boundary) {
  const auto pair = closest_pair(three_atoms(), 1.0);
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->first, 0u);
  EXPECT_EQ(pair->second, 2u);
  EXPECT_NEAR(pair->distance, 0.3, 1e-12);
}

TEST(ClosestPair, is_empty_when_all_atoms_are_apart) {
  EXPECT_FALSE(closest_pair(three_atoms(), 0.29));
}

TEST(RequireSeparated, names_the_pair_and_its_distance) {
  EXPECT_NO_THROW(require_separated(three_atoms(), 0.29));
  try {
    require_separated(three_atoms(), 0.5);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("atoms 0 (C) and 2 (H) are 0.3 angstrom apart"), std::string::npos)
        << error.what();
  }
}

TEST(RequireSeparated, names_an_atom_without_a_finite_position) {
  Atoms atoms = three_atoms();
  atoms.positions[1].y = std::numeric_limits<double>::quiet_NaN();
  try {
    require_separated(atoms, 0.1);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("atom 1 (C)"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace cardhouse
