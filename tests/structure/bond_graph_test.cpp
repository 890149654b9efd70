#include "engine/structure/bond_graph.hpp"

#include <gtest/gtest.h>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

TEST(BondGraph, keeps_each_bond_once_and_sorted) {
  const BondGraph graph(4, {{2, 0}, {0, 2}, {3, 2}});
  EXPECT_EQ(graph.bonds(), (std::vector<Bond>{{0, 2}, {2, 3}}));
  EXPECT_EQ(graph.degree(2), 2u);
  EXPECT_TRUE(graph.bonded(2, 3));
  EXPECT_FALSE(graph.bonded(0, 3));
  EXPECT_EQ(graph.degree(1), 0u);
}

TEST(BondGraph, numbers_fragments_by_their_first_atom) {
  const BondGraph graph(5, {{0, 3}, {1, 4}});
  EXPECT_EQ(graph.fragments(), (std::vector<std::uint32_t>{0, 1, 2, 0, 1}));
}

TEST(BondGraph, finds_bonds_by_distance_through_the_cell_boundary) {
  Atoms atoms{Cell::cubic(10), {}, {}};
  atoms.add(Element::C, {0.3, 5, 5});
  atoms.add(Element::C, {8.9, 5, 5});   // 1.40 angstrom away through the boundary
  atoms.add(Element::H, {1.38, 5, 5});  // 1.08 from the first
  atoms.add(Element::C, {5, 5, 5});
  const BondGraph graph = BondGraph::from_distances(atoms);
  EXPECT_EQ(graph.bonds(), (std::vector<Bond>{{0, 1}, {0, 2}}));
}

TEST(BondGraph, refuses_bonds_of_an_atom_to_itself_or_beyond_the_end) {
  EXPECT_THROW(BondGraph(2, {{1, 1}}), ContractViolation);
  EXPECT_THROW(BondGraph(2, {{0, 2}}), ContractViolation);
}

TEST(Atoms, mass_and_density_of_diamond) {
  Atoms atoms{Cell::cubic(3.567), {}, {}};
  for (int i = 0; i < 8; ++i) atoms.add(Element::C, {});
  EXPECT_NEAR(total_mass(atoms), 96.088, 1e-9);
  EXPECT_NEAR(mass_density(atoms) * 1.66053906660, 3.515, 0.002);  // handbook density of diamond [g/cm3]
  EXPECT_EQ(count(atoms, Element::C), 8u);
}

TEST(Atoms, symbols_name_their_elements_and_unknown_ones_are_an_input_error) {
  EXPECT_EQ(element_from_symbol("Na"), Element::Na);
  EXPECT_EQ(symbol(Element::Zn), "Zn");
  EXPECT_THROW(element_from_symbol("Xx"), InputError);
}

}  // namespace
}  // namespace cardhouse
