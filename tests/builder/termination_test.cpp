#include "engine/builder/termination.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/builder/edges.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

using Geometry = TerminationGeometry;

// A ribbon with two straight zigzag edges of 26 atoms each: the honeycomb without six of its thirty rows.
Sp2Network ribbon() {
  const Sp2Network honeycomb = dual_network(triangulated_plane());
  Sp2Network kept{honeycomb.cube, {}, {}, {}};
  std::vector<std::uint32_t> number(honeycomb.size(), Sp2Network::no_atom);
  for (std::size_t atom = 0; atom < honeycomb.size(); ++atom) {
    if (honeycomb.positions[atom].y < 0.2 * honeycomb.cube.edge) continue;
    number[atom] = static_cast<std::uint32_t>(kept.size());
    kept.positions.push_back(honeycomb.positions[atom]);
    kept.neighbours.push_back(honeycomb.neighbours[atom]);
  }
  for (auto& three : kept.neighbours)
    for (std::uint32_t& other : three) other = number[other];
  return kept;
}

TerminatedCarbon terminated(const Sp2Network& network, const SurfaceGroups& groups) {
  Stream stream(3, Purpose::Test);
  return terminate(network, groups, {}, stream);
}

SurfaceGroups only(SurfaceGroups groups, const Sp2Network& network) {
  groups.carbons = network.size() - groups.ether - groups.nitrogens();
  return groups;
}

double bond_length(const CarbonStructure& structure, std::uint32_t a, std::uint32_t b) {
  const Atoms& atoms = structure.atoms;
  return norm(atoms.cell.minimum_image(atoms.positions[b] - atoms.positions[a]));
}

TEST(Terminate, puts_hydrogen_in_the_plane_along_the_bisector) {
  const Sp2Network network = ribbon();
  ASSERT_EQ(network.edge_atoms(), 52u);
  const SurfaceGroups groups = only({.hydrogen = 52}, network);
  const CarbonStructure structure = terminated(network, groups).structure;
  ASSERT_EQ(count(structure.atoms, Element::H), network.edge_atoms());
  for (auto atom = static_cast<std::uint32_t>(network.size()); atom < structure.atoms.size(); ++atom) {
    ASSERT_EQ(structure.bonds.degree(atom), 1u);
    const std::uint32_t carbon = structure.bonds.of(atom)[0];
    EXPECT_NEAR(bond_length(structure, carbon, atom), Geometry::carbon_hydrogen, 1e-9);
    EXPECT_NEAR(structure.atoms.positions[atom].z, network.cube.edge / 2, 1e-9);
    for (const std::uint32_t other : structure.bonds.of(carbon)) {
      if (other == atom) continue;
      EXPECT_NEAR(bond_length(structure, atom, other), 2.16, 0.02);  // 120 degrees
    }
  }
}

// What an oxygen is, told by its bonds.
enum class Oxygen { Carbonyl, Hydroxyl, Ether };

Oxygen kind_of(const CarbonStructure& structure, std::uint32_t oxygen) {
  const auto neighbours = structure.bonds.of(oxygen);
  if (neighbours.size() == 1) return Oxygen::Carbonyl;
  for (const std::uint32_t other : neighbours)
    if (structure.atoms.elements[other] == Element::H) return Oxygen::Hydroxyl;
  return Oxygen::Ether;
}

TEST(Terminate, places_every_group_once_and_with_its_bonds) {
  const Sp2Network network = ribbon();
  const SurfaceGroups groups =
      only({.hydrogen = 15, .hydroxyl = 6, .carbonyl = 7, .ether = 5, .pyridinic = 4, .graphitic = 3}, network);
  ASSERT_GE(network.edge_atoms(), groups.edge_sites());
  const auto [structure, contact] = terminated(network, groups);
  SurfaceGroups found;
  for (std::uint32_t atom = 0; atom < structure.atoms.size(); ++atom) {
    const auto neighbours = structure.bonds.of(atom);
    const Element element = structure.atoms.elements[atom];
    if (element == Element::C) ++found.carbons;
    if (element == Element::H && structure.atoms.elements[neighbours[0]] == Element::C) ++found.hydrogen;
    if (element == Element::N) ++(neighbours.size() == 2 ? found.pyridinic : found.graphitic);
    if (element != Element::O) continue;
    const Oxygen kind = kind_of(structure, atom);
    if (kind == Oxygen::Carbonyl) {
      ++found.carbonyl;
      EXPECT_NEAR(bond_length(structure, atom, neighbours[0]), Geometry::carbon_carbonyl, 1e-9);
    }
    if (kind == Oxygen::Hydroxyl) {
      ++found.hydroxyl;
      EXPECT_NEAR(bond_length(structure, atom, neighbours[0]), Geometry::carbon_hydroxyl, 1e-9);
      EXPECT_NEAR(bond_length(structure, atom, neighbours[1]), Geometry::oxygen_hydrogen, 1e-9);
    }
    if (kind == Oxygen::Ether) ++found.ether;
  }
  EXPECT_EQ(found.carbons, groups.carbons);
  EXPECT_EQ(found.hydrogen, 15u);
  EXPECT_EQ(found.hydroxyl, 6u);
  EXPECT_EQ(found.carbonyl, 7u);
  EXPECT_EQ(found.ether, 5u);
  EXPECT_EQ(found.pyridinic, 4u);
  EXPECT_EQ(found.graphitic, 3u);
  EXPECT_GT(contact, 1.4);
}

TEST(Terminate, opens_the_hydroxyl_angle_by_109_degrees) {
  const Sp2Network network = ribbon();
  const CarbonStructure structure = terminated(network, only({.hydroxyl = 4}, network)).structure;
  for (std::uint32_t atom = 0; atom < structure.atoms.size(); ++atom) {
    if (structure.atoms.elements[atom] != Element::O) continue;
    const auto neighbours = structure.bonds.of(atom);
    const double a = Geometry::carbon_hydroxyl, b = Geometry::oxygen_hydrogen;
    EXPECT_NEAR(bond_length(structure, neighbours[0], neighbours[1]),
                std::sqrt(a * a + b * b - 2 * a * b * std::cos(Geometry::hydroxyl_angle)), 1e-9);
  }
}

TEST(Terminate, keeps_heteroatoms_of_the_network_apart) {
  const Sp2Network network = ribbon();
  const CarbonStructure structure = terminated(network, only({.ether = 8, .graphitic = 100}, network)).structure;
  for (const auto& [a, b] : structure.bonds.bonds())
    EXPECT_TRUE(structure.atoms.elements[a] == Element::C || structure.atoms.elements[b] == Element::C);
}

// Three hydrogens in one plane of a vacancy would be 0.56 angstrom from each other.
TEST(Terminate, makes_room_in_a_vacancy) {
  const Sp2Network honeycomb = dual_network(triangulated_plane());
  std::vector<double> order(honeycomb.size(), 1.0);
  order[700] = 0;
  const Sp2Network vacancy = cut_edges(honeycomb, order, {.edge_fraction = 0.001});
  EXPECT_GT(terminated(vacancy, only({.hydrogen = 3}, vacancy)).closest_contact, 1.0);
}

TEST(Terminate, refuses_more_groups_than_edges) {
  const Sp2Network network = ribbon();
  EXPECT_THROW(terminated(network, only({.hydrogen = network.edge_atoms() + 1}, network)), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
