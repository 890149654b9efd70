#include "potentials/lennard_jones.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "engine/base/errors.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

constexpr double depth = 2.843732471143e-3;
constexpr double diameter = 3.40;

/// The tapered pair energy of carbon, written once more from its formula.
double carbon_pair(double r) {
  if (r >= 8) return 0;
  const double t = r <= 7 ? 0 : (r * r - 49) / (64 - 49);
  return 4 * depth * (std::pow(diameter / r, 12) - std::pow(diameter / r, 6)) * (1 - t * t * (3 - 2 * t));
}

double energy(const CarbonStructure& structure, const LennardJonesOptions& options = {}) {
  LennardJones potential(structure, options);
  std::vector<Vector3> forces(structure.atoms.size());
  return potential.evaluate(structure.atoms, forces).energy;
}

CarbonStructure pair(double r, Element a = Element::C, Element b = Element::C) {
  CarbonStructure result{{Cell::cubic(30), {}, {}}, {}};
  result.atoms.add(a, {1, 2, 3});
  result.atoms.add(b, {1, 2, 3 + r});
  result.bonds = BondGraph(2, {});
  return result;
}

double force(const CarbonStructure& structure, const LennardJonesOptions& options = {}) {
  LennardJones potential(structure, options);
  std::vector<Vector3> forces(structure.atoms.size());
  potential.evaluate(structure.atoms, forces);
  return forces[1].z;
}

/// Energy between the layers of infinite AB graphite per atom, by summing over the lattice.
double interlayer_sum(double spacing) {
  const double a = samples::lattice_constant;
  const double bond = samples::bond_length;
  const Vector3 basis[4] = {{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}};
  double sum = 0;
  for (const Vector3& from : basis) {
    for (int layer = 1; layer * spacing < 8; ++layer) {
      for (int x = -5; x <= 5; ++x) {
        for (int y = -4; y <= 4; ++y) {
          for (const Vector3& to : basis) {
            const Vector3 up{x * a, 3 * bond * y + (layer % 2) * bond, layer * spacing};
            sum += carbon_pair(norm(to + up - from));  // the layer below gives the same; each pair is shared by two
          }
        }
      }
    }
  }
  return sum / 4;
}

TEST(LennardJones, gives_the_pair_energy_of_its_formula) {
  for (const double r : {2.9, 3.4, 3.8, 6.9, 7.2, 7.9, 8.1}) EXPECT_NEAR(energy(pair(r)), carbon_pair(r), 1e-15) << r;
}

TEST(LennardJones, mixes_carbon_and_hydrogen_as_airebo_tabulates_them) {
  // Stuart 2000, table of the CH file: epsilon_CH = 2.064935027177 meV, sigma_CH = 3.025 angstrom.
  const double r = std::pow(2.0, 1.0 / 6.0) * 3.025;
  EXPECT_NEAR(energy(pair(r, Element::C, Element::H)), -2.064935027177e-3, 1e-12);
}

TEST(LennardJones, ends_without_a_jump_of_energy_or_force) {
  EXPECT_LT(std::abs(energy(pair(8 - 1e-5))), 1e-13);
  EXPECT_LT(std::abs(force(pair(8 - 1e-5))), 1e-8);
  EXPECT_NEAR(force(pair(7 - 1e-7)), force(pair(7 + 1e-7)), 1e-10);
}

TEST(LennardJones, leaves_out_pairs_up_to_three_bonds_apart) {
  // A straight chain of six atoms 2.5 angstrom apart: only 1-5 (10 A), 2-6 and 1-6 are left, beyond the cut-off.
  CarbonStructure chain{{Cell::cubic(60), {}, {}}, {}};
  for (int i = 0; i < 6; ++i) chain.atoms.add(Element::C, {2.5 * i, 1, 1});
  chain.bonds = BondGraph(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}});
  EXPECT_EQ(energy(chain), 0.0);
  chain.bonds = BondGraph(6, {{0, 1}, {1, 2}, {3, 4}, {4, 5}});  // now 1-4 (7.5), 2-4, 3-4, ... interact
  const double expected = carbon_pair(2.5) + 2 * carbon_pair(5.0) + 3 * carbon_pair(7.5);
  EXPECT_NEAR(energy(chain), expected, 1e-12);
}

TEST(LennardJones, excludes_one_image_of_a_bonded_atom_and_not_the_others) {
  // Two bonded atoms in a cell 6 angstrom long: each meets its own images at 6 and the other's image at 4.6 and 7.4.
  CarbonStructure small{{Cell::orthorhombic(6, 40, 40), {}, {}}, {}};
  small.atoms.add(Element::C, {0.3, 1, 1});
  small.atoms.add(Element::C, {1.7, 1, 1});
  small.bonds = BondGraph(2, {{0, 1}});
  const double expected = 2 * carbon_pair(6) + carbon_pair(4.6) + carbon_pair(7.4);
  EXPECT_NEAR(energy(small), expected, 1e-12);
}

TEST(LennardJones, agrees_with_the_lattice_sum_of_graphite) {
  for (const double spacing : {3.2, 3.35, 3.4, 3.7}) {
    const CarbonStructure crystal = samples::graphite(4, 3, 6, spacing);
    const CarbonStructure layer = samples::graphene(4, 3);
    const double per_atom = energy(crystal) / crystal.atoms.size() - energy(layer) / layer.atoms.size();
    EXPECT_NEAR(per_atom, interlayer_sum(spacing), 1e-12) << spacing;
  }
}

TEST(LennardJones, binds_graphite_near_the_measured_spacing) {
  double best = 0;
  double at = 0;
  for (double spacing = 3.2; spacing < 3.6; spacing += 0.005) {
    if (const double sum = interlayer_sum(spacing); sum < best) best = sum, at = spacing;
  }
  EXPECT_NEAR(at, 3.36, 0.04);       // measured 3.354 angstrom
  EXPECT_NEAR(best, -0.045, 0.005);  // measured 35-52 meV (Zacharia 2004, doi:10.1103/PhysRevB.69.155406)
}

TEST(LennardJones, caps_the_force_of_an_overlap_and_stays_conservative) {
  const LennardJonesOptions capped{.force_cap = 2.0};
  for (double r = 0.2; r < 3.3; r += 0.1) {
    EXPECT_LE(force(pair(r), capped), 2.0 * (1 + 1e-12));
    const double slope = (energy(pair(r + 1e-5), capped) - energy(pair(r - 1e-5), capped)) / 2e-5;
    EXPECT_NEAR(force(pair(r), capped), -slope, 1e-8) << r;
  }
  EXPECT_EQ(energy(pair(3.0), capped), energy(pair(3.0)));
}

TEST(LennardJones, makes_lists_rarely) {
  CarbonStructure structure = samples::graphite(6, 4, 4, 3.4);
  LennardJones potential(structure);
  std::vector<Vector3> forces(structure.atoms.size());
  for (int step = 0; step < 30; ++step) {
    structure.atoms.positions[7].x += 0.03;  // 0.87 angstrom in all, the skin lasts 0.4
    potential.evaluate(structure.atoms, forces);
  }
  EXPECT_EQ(potential.list_rebuilds(), 3u);
}

TEST(LennardJones, names_an_element_without_parameters) {
  try {
    LennardJones potential(pair(3, Element::C, Element::Na));
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("Na"), std::string::npos);
  }
}

}  // namespace
}  // namespace cardhouse
