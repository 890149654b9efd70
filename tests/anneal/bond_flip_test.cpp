#include "engine/anneal/bond_flip.hpp"

#include <gmock/gmock.h>

#include <map>

#include "engine/structure/rings.hpp"
#include "tests/anneal/samples.hpp"

namespace cardhouse {
namespace {

std::map<std::size_t, int> ring_counts(const CarbonStructure& structure) {
  std::map<std::size_t, int> counts;
  for (const Ring& ring : find_rings(structure.bonds, 9)) ++counts[ring.size()];
  return counts;
}

BondFlip first_flip(const CarbonNetwork& network, std::uint64_t seed) {
  Stream stream(seed, Purpose::Test);
  const auto flip = propose_flip(network, stream);
  EXPECT_TRUE(flip.has_value());
  return *flip;
}

TEST(BondFlip, of_graphene_makes_the_stone_wales_defect) {
  const CarbonStructure sheet = graphene_sheet(6, 4);
  const int hexagons = ring_counts(sheet)[6];
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CarbonNetwork network(sheet);
    apply(network, first_flip(network, seed));
    const std::map<std::size_t, int> expected{{5, 2}, {6, hexagons - 4}, {7, 2}};
    EXPECT_EQ(ring_counts(network.structure()), expected);
  }
}

TEST(BondFlip, keeps_coordination_and_the_sum_over_rings) {
  const CarbonStructure sheet = graphene_sheet(8, 5);
  CarbonNetwork network(sheet);
  BondSearch search;
  Stream stream(2, Purpose::Test);
  int made = 0;
  while (made < 10) {
    const auto flip = propose_flip(network, stream);
    if (!flip || !rings_allowed(network, *flip, {5, 7}, search)) continue;
    apply(network, *flip);
    ++made;
  }
  const CarbonStructure after = network.structure();
  EXPECT_EQ(after.bonds.bonds().size(), sheet.bonds.bonds().size());
  int sum = 0;
  for (const auto& [size, number] : ring_counts(after)) sum += (6 - static_cast<int>(size)) * number;
  EXPECT_EQ(sum, 0);  // Euler, torus
  for (std::uint32_t atom = 0; atom < after.atoms.size(); ++atom) EXPECT_EQ(after.bonds.degree(atom), 3U);
}

TEST(BondFlip, is_undone_by_its_reverse) {
  const CarbonStructure sheet = graphene_sheet(6, 4);
  CarbonNetwork network(sheet);
  const BondFlip flip = first_flip(network, 3);
  EXPECT_TRUE(is_crosswise(network, flip));
  apply(network, flip);
  EXPECT_TRUE(is_crosswise(network, reverse(flip)));
  EXPECT_NE(network.structure().bonds.bonds(), sheet.bonds.bonds());
  apply(network, reverse(flip));
  EXPECT_EQ(network.structure().bonds.bonds(), sheet.bonds.bonds());
}

TEST(BondFlip, allows_no_ring_outside_the_limits) {
  const CarbonStructure sheet = graphene_sheet(6, 4);
  CarbonNetwork network(sheet);
  BondSearch search;
  const BondFlip flip = first_flip(network, 3);  // makes 5, 5, 7, 7
  EXPECT_TRUE(rings_allowed(network, flip, {5, 7}, search));
  EXPECT_FALSE(rings_allowed(network, flip, {6, 7}, search));
  EXPECT_FALSE(rings_allowed(network, flip, {5, 6}, search));
}

TEST(BondFlip, leaves_terminators_and_edges_alone) {
  CarbonStructure sheet = without(graphene_sheet(6, 4), {40});
  const auto flips_of = [](const CarbonStructure& structure) {
    const CarbonNetwork network(structure);
    Stream stream(4, Purpose::Test);
    int flips = 0;
    while (flips < 1000)
      if (const auto flip = propose_flip(network, stream); flip && ++flips)
        for (const std::uint32_t atom : {flip->a, flip->b}) {
          EXPECT_EQ(network.degree(atom), 3U);
          for (const std::uint32_t other : network.of(atom)) EXPECT_TRUE(is_inner(network, other));
        }
  };
  flips_of(sheet);
  std::vector<Bond> bonds = sheet.bonds.bonds();
  const std::size_t carbons = sheet.atoms.size();
  for (std::uint32_t atom = 0; atom < carbons; ++atom) {
    if (sheet.bonds.degree(atom) != 2) continue;
    bonds.push_back({atom, static_cast<std::uint32_t>(sheet.atoms.size())});
    sheet.atoms.add(Element::H, sheet.atoms.positions[atom] + Vector3{0, 0, 1});
  }
  ASSERT_EQ(sheet.atoms.size(), carbons + 3);
  sheet.bonds = BondGraph(sheet.atoms.size(), bonds);
  flips_of(sheet);
}

}  // namespace
}  // namespace cardhouse
