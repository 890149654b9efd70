#include "engine/structure/rings.hpp"

#include <gtest/gtest.h>

#include <map>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

std::map<std::size_t, std::size_t> sizes(const std::vector<Ring>& rings) {
  std::map<std::size_t, std::size_t> count;
  for (const Ring& ring : rings) ++count[ring.size()];
  return count;
}

BondGraph cycle(std::uint32_t n, std::vector<Bond> chords = {}) {
  for (std::uint32_t i = 0; i < n; ++i) chords.push_back({i, (i + 1) % n});
  return {n, chords};
}

// Periodic honeycomb of nx by ny cells with two atoms each.
BondGraph honeycomb(std::uint32_t nx, std::uint32_t ny) {
  std::vector<Bond> bonds;
  const auto a = [&](std::uint32_t i, std::uint32_t j) { return 2 * ((i % nx) * ny + j % ny); };
  for (std::uint32_t i = 0; i < nx; ++i)
    for (std::uint32_t j = 0; j < ny; ++j)
      for (const auto b : {a(i, j), a(i + nx - 1, j), a(i, j + ny - 1)}) bonds.push_back({a(i, j), b + 1});
  return {2 * nx * ny, bonds};
}

TEST(Rings, a_cycle_is_one_ring_until_a_chord_cuts_it) {
  EXPECT_EQ(sizes(find_rings(cycle(7), 8)), (std::map<std::size_t, std::size_t>{{7, 1}}));
  EXPECT_EQ(sizes(find_rings(cycle(8, {{0, 4}}), 8)), (std::map<std::size_t, std::size_t>{{5, 2}}));
  EXPECT_TRUE(find_rings(cycle(9), 8).empty());
}

TEST(Rings, a_honeycomb_has_one_hexagon_for_every_two_atoms) {
  EXPECT_EQ(sizes(find_rings(honeycomb(6, 7), 9)), (std::map<std::size_t, std::size_t>{{6, 42}}));
}

TEST(Rings, a_cube_has_six_squares_and_four_hexagons) {
  std::vector<Bond> bonds;
  for (std::uint32_t v = 0; v < 8; ++v)
    for (std::uint32_t bit = 1; bit < 8; bit *= 2)
      if (!(v & bit)) bonds.push_back({v, v | bit});
  // The four hexagons have a bond-free middle corner on either side: opposite atoms are three bonds apart in the cube.
  EXPECT_EQ(sizes(find_rings(BondGraph(8, bonds), 8)), (std::map<std::size_t, std::size_t>{{4, 6}, {6, 4}}));
}

TEST(Rings, a_stone_wales_flip_makes_two_pentagons_and_two_heptagons) {
  const BondGraph sheet = honeycomb(8, 8);
  // Turn the bond between atoms u and v: one neighbour of each changes sides.
  const Bond turned = sheet.bonds()[100];
  const auto other_neighbours = [&](std::uint32_t atom, std::uint32_t except) {
    std::vector<std::uint32_t> others;
    for (const auto n : sheet.of(atom))
      if (n != except) others.push_back(n);
    return others;
  };
  const auto u = turned[0];
  const auto v = turned[1];
  const auto hexagons = find_rings(sheet, 6);
  const auto a = other_neighbours(u, v)[0];
  // The partner on v's side that does not share a hexagon with a.
  std::uint32_t b = other_neighbours(v, u)[0];
  for (const Ring& ring : hexagons)
    if (std::count(ring.begin(), ring.end(), a) && std::count(ring.begin(), ring.end(), b) &&
        std::count(ring.begin(), ring.end(), u))
      b = other_neighbours(v, u)[1];
  std::vector<Bond> bonds;
  for (Bond bond : sheet.bonds())
    if (bond != Bond{std::min(a, u), std::max(a, u)} && bond != Bond{std::min(b, v), std::max(b, v)})
      bonds.push_back(bond);
  bonds.push_back({a, v});
  bonds.push_back({b, u});
  EXPECT_EQ(sizes(find_rings(BondGraph(128, bonds), 9)),
            (std::map<std::size_t, std::size_t>{{5, 2}, {6, 60}, {7, 2}}));
}

TEST(Rings, come_in_canonical_order) {
  const auto rings = find_rings(BondGraph(6, {{5, 2}, {2, 4}, {4, 0}, {0, 3}, {3, 1}, {1, 5}}), 6);
  ASSERT_EQ(rings.size(), 1u);
  EXPECT_EQ(rings[0], (Ring{0, 3, 1, 5, 2, 4}));
}

TEST(Rings, the_plane_of_a_hexagon_across_the_boundary) {
  Atoms atoms{Cell::cubic(10), {}, {}};
  Ring ring;
  for (std::uint32_t i = 0; i < 6; ++i) {
    const double angle = i * std::acos(-1.0) / 3;
    atoms.add(Element::C, atoms.cell.wrap({1.42 * std::cos(angle), 5, 1.42 * std::sin(angle)}));
    ring.push_back(i);
  }
  const RingPlane plane = ring_plane(ring, atoms);
  EXPECT_NEAR(norm(atoms.cell.minimum_image(plane.centre - Vector3{0, 5, 0})), 0, 1e-12);
  EXPECT_NEAR(std::abs(plane.normal.y), 1, 1e-12);
}

TEST(Rings, refuses_sizes_outside_its_range) {
  EXPECT_THROW(find_rings(cycle(5), 2), ContractViolation);
  EXPECT_THROW(find_rings(cycle(5), 25), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
