#include "potentials/sp2_bonded.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

double energy(const CarbonStructure& structure) {
  Sp2Bonded potential(structure);
  std::vector<Vector3> forces(structure.atoms.size());
  return potential.evaluate(structure.atoms, forces).energy;
}

TEST(Sp2Bonded, is_zero_in_perfect_graphene) {
  const CarbonStructure sheet = samples::graphene(5, 4);
  ASSERT_NEAR(sheet.atoms.cell.vectors()[0].x / 5, 2.4595, 1e-4);  // the lattice constant
  Sp2Bonded potential(sheet);
  std::vector<Vector3> forces(sheet.atoms.size());
  const Evaluation flat = potential.evaluate(sheet.atoms, forces);
  EXPECT_NEAR(flat.energy, 0, 1e-20);
  EXPECT_NEAR(flat.virial.trace(), 0, 1e-10);
  for (const Vector3& force : forces) EXPECT_LT(norm(force), 1e-10);
}

TEST(Sp2Bonded, has_the_bond_energy_of_the_paper_under_uniform_stretch) {
  // No angle changes: E per atom = (3/2) (3/16)(alpha/d^2)(r^2 - d^2)^2.
  const double d = 1.42;
  const double r = 1.03 * d;
  const CarbonStructure sheet = samples::graphene(4, 3, r);
  const double expected = 1.5 * 3.0 / 16.0 * 26.060 / (d * d) * std::pow(r * r - d * d, 2);
  EXPECT_NEAR(energy(sheet) / sheet.atoms.size(), expected, 1e-12);
}

TEST(Sp2Bonded, drives_a_collapsed_bond_apart) {
  CarbonStructure pair{{Cell::cubic(20), {}, {}}, {}};
  pair.atoms.add(Element::C, {});
  pair.atoms.add(Element::C, {0.01, 0, 0});
  pair.bonds = BondGraph(2, {{0, 1}});
  Sp2Bonded potential(pair);
  std::vector<Vector3> forces(2);
  const double collapsed = potential.evaluate(pair.atoms, forces).energy;
  EXPECT_GT(forces[1].x, 20);  // the quartic alone would give 0.1 eV/angstrom here
  EXPECT_NEAR(forces[0].x, -forces[1].x, 1e-12);
  // Energy and force go on smoothly where the parabola takes over.
  const double d = 1.42;
  const auto at = [&](double r) {
    pair.atoms.positions[1].x = r;
    return Sp2Bonded(pair).evaluate(pair.atoms, forces).energy;
  };
  const auto quartic = [&](double r) { return 3.0 / 16.0 * 26.060 / (d * d) * std::pow(r * r - d * d, 2); };
  EXPECT_NEAR(at(0.8 * d + 1e-6), quartic(0.8 * d + 1e-6), 1e-12);
  EXPECT_NEAR(at(0.8 * d - 1e-3), quartic(0.8 * d - 1e-3), 1e-6);
  EXPECT_GT(collapsed, quartic(0.01));
}

TEST(Sp2Bonded, has_the_angle_and_plane_energy_of_the_paper) {
  // A star of four atoms, its centre lifted by h with bonds kept at d: cos(theta) and r_perp follow exactly.
  const double d = 1.42;
  const double h = 0.3;
  const double radius = std::sqrt(d * d - h * h);
  CarbonStructure star{{Cell::cubic(20), {}, {}}, {}};
  star.atoms.add(Element::C, {0, 0, h});
  for (int arm = 0; arm < 3; ++arm) {
    const double phi = 2 * std::numbers::pi * arm / 3;
    star.atoms.add(Element::C, {radius * std::cos(phi), radius * std::sin(phi), 0});
  }
  star.bonds = BondGraph(4, {{0, 1}, {0, 2}, {0, 3}});
  const double theta = std::acos((h * h - 0.5 * radius * radius) / (d * d));
  const double expected = 3.0 / 8.0 * 5.511 * d * d * 3 * std::pow(theta - 2 * std::numbers::pi / 3, 2) + 0.517 * h * h;
  EXPECT_NEAR(energy(star), expected, 1e-7);
}

// Three sides of a square: rest bonds, right angles, and ends three bonds apart that are a bond length away.
CarbonStructure bracket(double gap) {
  const double d = 1.42;
  CarbonStructure chain{{Cell::cubic(20), {}, {}}, {}};
  const double inward = (d - gap) / 2;
  const double rise = std::sqrt(d * d - inward * inward);
  chain.atoms.positions = {{inward, rise, 0}, {0, 0, 0}, {d, 0, 0}, {d - inward, rise, 0}};
  chain.atoms.elements.assign(4, Element::C);
  chain.bonds = BondGraph(4, {{0, 1}, {1, 2}, {2, 3}});
  return chain;
}

TEST(Sp2Bonded, keeps_atoms_three_bonds_apart_from_collapsing_onto_each_other) {
  const double angles = 2 * 3.0 / 8.0 * 5.511 * 1.42 * 1.42 * std::pow(std::numbers::pi / 6, 2);
  EXPECT_NEAR(energy(bracket(1.42)), angles + 0.5 * 10 * std::pow(2.2 - 1.42, 2), 1e-7);
  const CarbonStructure touching = bracket(0.05);
  Sp2Bonded potential(touching);
  std::vector<Vector3> forces(4);
  potential.evaluate(touching.atoms, forces);
  EXPECT_LT(forces[0].x, -10);  // driven apart, harder than any angle holds them
  EXPECT_GT(forces[3].x, 10);
}

TEST(Sp2Bonded, lets_the_ends_of_a_four_ring_be_bonded) {
  CarbonStructure ring = bracket(1.42);
  ring.bonds = BondGraph(4, {{0, 1}, {1, 2}, {2, 3}, {3, 0}});
  const double angles = 4 * 3.0 / 8.0 * 5.511 * 1.42 * 1.42 * std::pow(std::numbers::pi / 6, 2);
  EXPECT_NEAR(energy(ring), angles, 1e-7);
}

TEST(Sp2Bonded, takes_the_constants_of_amber_for_edge_hydrogen) {
  // Cornell 1995: K(CA-HA) = 367 kcal/(mol angstrom^2) at 1.080 angstrom; the curvature at the minimum is 2 K.
  const auto at = [](double stretch) {
    CarbonStructure molecule = samples::coronene();
    const std::uint32_t carbon = molecule.bonds.of(24)[0];
    const Vector3 bond = molecule.atoms.positions[24] - molecule.atoms.positions[carbon];
    molecule.atoms.positions[24] += stretch * normalized(bond);
    return energy(molecule);
  };
  const double step = 1e-3;
  // The stretch leaves the angles; the plane of the carbon stays flat.
  EXPECT_NEAR((at(step) - 2 * at(0) + at(-step)) / (step * step), 2 * from_unit(367, "kcal/mol"), 1e-3);
}

TEST(Sp2Bonded, knows_carbonyl_hydroxyl_pyridinic_and_unlisted_bonds) {
  const BondedAtom carbon{Element::C, 3};
  EXPECT_DOUBLE_EQ(bond_term(carbon, {Element::O, 1}).length, 1.229);
  EXPECT_DOUBLE_EQ(bond_term({Element::O, 2}, carbon).length, 1.364);
  EXPECT_DOUBLE_EQ(bond_term(carbon, {Element::N, 2}).length, 1.339);
  EXPECT_NEAR(bond_term(carbon, {Element::S, 2}).length, 0.729 + 1.077, 1e-12);
  EXPECT_THROW(bond_term(carbon, {Element::Zn, 1}), InputError);
}

TEST(Sp2Bonded, names_an_atom_with_too_many_bonds) {
  CarbonStructure star{{Cell::cubic(20), {}, {}}, {}};
  std::vector<Bond> bonds;
  for (std::uint32_t i = 0; i < 6; ++i) {
    star.atoms.add(Element::C, {1.0 * i, 0.5 * i * i, 0});
    if (i > 0) bonds.push_back({0, i});
  }
  star.bonds = BondGraph(6, bonds);
  try {
    Sp2Bonded potential(star);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("atom 0 (C) has 5 bonds"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace cardhouse
