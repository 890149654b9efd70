#include "potentials/charge_equilibration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "tests/potentials/numerical_forces.hpp"
#include "tests/potentials/sample_structures.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

const char* const two_elements = R"(
[[element]]
symbol = "C"
electronegativity = "5 V"
hardness = "10 eV/e2"
width = "0.9 angstrom"
source = "estimate"
[[element]]
symbol = "Na"
electronegativity = "3 V"
hardness = "5 eV/e2"
width = "1.8 angstrom"
source = "estimate"
)";

struct Solution {
  double energy;
  std::vector<Vector3> forces;
  std::vector<double> charges;
  double chemical_potential;
};

Solution solve(const CarbonStructure& structure, const ChargeEquilibrationOptions& options = {}) {
  ChargeEquilibration potential(structure, options);
  Solution result;
  result.forces.resize(structure.atoms.size());
  result.energy = potential.evaluate(structure.atoms, result.forces).energy;
  result.charges.assign(potential.charges().begin(), potential.charges().end());
  result.chemical_potential = potential.chemical_potential();
  return result;
}

CarbonStructure molecule(const std::vector<std::pair<Element, Vector3>>& places, double edge) {
  CarbonStructure result{{Cell::cubic(edge), {}, {}}, {}};
  for (const auto& [element, position] : places) result.atoms.add(element, position);
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

/// Rattled layers of carbon with sodium between them, and oxygen and hydrogen at random.
CarbonStructure sodiated_layers(int nx, int ny) {
  CarbonStructure result = samples::graphite(nx, ny, 2, 4.2);
  for (std::size_t i = 0; i < result.atoms.size(); i += 11) result.atoms.elements[i] = Element::O;
  for (std::size_t i = 5; i < result.atoms.size(); i += 17) result.atoms.elements[i] = Element::H;
  const std::size_t carbon = result.atoms.size();
  for (std::size_t i = 3; i < carbon; i += 12) {
    result.atoms.add(Element::Na, result.atoms.positions[i] + Vector3{0, samples::bond_length, 2.1});
  }
  result.bonds = BondGraph::from_distances(result.atoms);
  Stream stream(21, Purpose::Test);
  samples::rattle(result.atoms, 0.05, stream);
  return samples::mapped(result, {1, 0.1, 0}, {0, 1, 0.05}, {0.02, 0, 1});
}

TEST(ChargeEquilibration, gives_two_atoms_the_charge_of_the_closed_form) {
  const ScratchFolder folder;
  const ChargeEquilibrationOptions options{.parameter_file = folder.with_text("two.toml", two_elements)};
  const double r = 2.5;
  const double b = 1 / std::sqrt(2 * (0.9 * 0.9 + 1.8 * 1.8));
  const double shared = constants::coulomb * std::erf(b * r) / r;
  for (const double edge : {20.0, 40.0}) {
    const Solution result = solve(molecule({{Element::C, {1, 2, 3}}, {Element::Na, {1, 2 + r, 3}}}, edge), options);
    // Images of the dipole add -2 pi K p^2/(3 V) in a cube (de Leeuw 1980, doi:10.1098/rspa.1980.0135); higher terms
    // fall with the fifth power of the edge.
    const double images = 4 * std::numbers::pi / 3 * constants::coulomb * r * r / std::pow(edge, 3);
    const double q = (5.0 - 3.0) / (10 + 5 - 2 * shared - images);
    const double tolerance = 250 / std::pow(edge, 5);
    EXPECT_NEAR(result.charges[1], q, tolerance);
    EXPECT_NEAR(result.charges[0], -q, tolerance);
    EXPECT_NEAR(result.energy, -0.5 * 2 * q, tolerance);
  }
}

TEST(ChargeEquilibration, gives_equivalent_atoms_equal_charges) {
  const CarbonStructure ring = samples::coronene(16);
  const Solution result = solve(ring);
  for (std::size_t i = 0; i < ring.atoms.size(); ++i) {
    if (ring.atoms.elements[i] == Element::H) {
      EXPECT_NEAR(result.charges[i], result.charges[24], 2e-3) << i;  // the cube is not six-fold, its images differ
      EXPECT_GT(result.charges[i], 0.01);
    }
  }
  const CarbonStructure carbon = samples::graphene(6, 4);
  for (const double charge : solve(carbon).charges) EXPECT_NEAR(charge, 0, 1e-9);
  for (const double charge : solve(carbon, {.total_charge = 2.4}).charges) EXPECT_NEAR(charge, 0.025, 1e-9);
}

TEST(ChargeEquilibration, keeps_the_total_charge_and_one_chemical_potential) {
  const CarbonStructure structure = sodiated_layers(4, 3);
  for (const double total : {0.0, -1.5}) {
    for (const std::size_t exact_up_to : {std::size_t{400}, std::size_t{0}}) {
      const ChargeEquilibrationOptions options{.total_charge = total, .exact_up_to = exact_up_to};
      const Solution result = solve(structure, options);
      EXPECT_NEAR(std::accumulate(result.charges.begin(), result.charges.end(), 0.0), total, 1e-9);
    }
  }
  // dE/dQ of the whole is dE/dq of each.
  const double slope =
      (solve(structure, {.total_charge = 0.01}).energy - solve(structure, {.total_charge = -0.01}).energy) / 0.02;
  EXPECT_NEAR(solve(structure).chemical_potential, slope, 1e-6);
}

TEST(ChargeEquilibration, finds_the_lowest_energy) {
  const CarbonStructure structure = sodiated_layers(3, 2);
  const Solution best = solve(structure);
  std::vector<Vector3> forces(structure.atoms.size());
  std::vector<std::uint8_t> kinds;
  std::vector<double> chi;
  std::vector<double> eta;
  const auto elements = load_charge_parameters(std::string(CARDHOUSE_SOURCE_DIR) +
                                               "/inputs/potentials/CHONa_charge_equilibration_1991.toml");
  std::vector<double> widths;
  for (const ChargeElement& element : elements) widths.push_back(element.width);
  for (const Element element : structure.atoms.elements) {
    std::uint8_t kind = 0;
    while (elements[kind].element != element) ++kind;
    kinds.push_back(kind), chi.push_back(elements[kind].electronegativity), eta.push_back(elements[kind].hardness);
  }
  GaussianCharges coulomb(structure.atoms, kinds, widths, {.exact = true, .force = 1e-4});
  coulomb.place(structure.atoms);
  const auto energy = [&](const std::vector<double>& q) {
    double sum = coulomb.evaluate(q, forces).energy;
    for (std::size_t i = 0; i < q.size(); ++i) sum += q[i] * (chi[i] + 0.5 * eta[i] * q[i]);
    return sum;
  };
  EXPECT_NEAR(energy(best.charges), best.energy, 1e-9);
  for (std::size_t i = 0; i + 7 < best.charges.size(); i += 5) {
    std::vector<double> moved = best.charges;
    moved[i] += 0.01, moved[i + 7] -= 0.01;
    EXPECT_GT(energy(moved), best.energy + 1e-5) << i;
  }
}

TEST(ChargeEquilibration, agrees_between_direct_solution_and_mesh) {
  const CarbonStructure structure = sodiated_layers(5, 3);
  const Solution direct = solve(structure);
  const Solution mesh = solve(structure, {.exact_up_to = 0, .force_accuracy = 1e-7, .charge_accuracy = 1e-10});
  const Solution coarse = solve(structure, {.exact_up_to = 0});
  EXPECT_NEAR(mesh.energy, direct.energy, 1e-6);
  EXPECT_NEAR(mesh.chemical_potential, direct.chemical_potential, 1e-6);
  EXPECT_NEAR(coarse.energy, direct.energy, 1e-3);
  for (std::size_t i = 0; i < direct.charges.size(); ++i) {
    EXPECT_NEAR(mesh.charges[i], direct.charges[i], 1e-7);
    EXPECT_LT(norm(mesh.forces[i] - direct.forces[i]), 1e-6);
    EXPECT_NEAR(coarse.charges[i], direct.charges[i], 1e-4);
    EXPECT_LT(norm(coarse.forces[i] - direct.forces[i]), 1e-3);
  }
}

TEST(ChargeEquilibration, has_forces_that_equal_the_derivative_of_the_lowest_energy) {
  const CarbonStructure structure = sodiated_layers(2, 1);  // as the contract tests, with a charge
  ChargeEquilibration charged(structure, {.total_charge = 1});
  samples::expect_numerical_forces(charged, structure);
}

TEST(ChargeEquilibration, charges_carbon_hydrogen_oxygen_and_sodium_in_the_right_direction) {
  const Solution water =
      solve(molecule({{Element::O, {5, 5, 5}}, {Element::H, {5.757, 5.586, 5}}, {Element::H, {4.243, 5.586, 5}}}, 20));
  EXPECT_NEAR(water.charges[1], water.charges[2], 1e-9);
  EXPECT_GT(water.charges[1], 0.2);  // 0.35 in Rappe and Goddard 1991, whose hydrogen is softer
  EXPECT_LT(water.charges[1], 0.6);
  CarbonStructure sheet = samples::graphene(6, 4);
  sheet.atoms.add(Element::Na, {3 * samples::lattice_constant, 7 * samples::bond_length, 2.4});
  const Solution adsorbed = solve(sheet);
  EXPECT_GT(adsorbed.charges.back(), 0.2);  // above one: bounds of the charge are not part of the model
}

TEST(ChargeEquilibration, stays_bounded_for_sodium_on_sodium) {
  const Solution result =
      solve(molecule({{Element::Na, {5, 5, 5}}, {Element::Na, {5, 5, 5.01}}, {Element::O, {5, 5, 8}}}, 15));
  for (const double charge : result.charges) EXPECT_LT(std::abs(charge), 2);
}

TEST(ChargeEquilibration, refuses_unknown_elements_and_impossible_parameters) {
  EXPECT_THROW(solve(samples::decorated_coronene()), InputError);  // nitrogen
  const ScratchFolder folder;
  std::string text = two_elements;
  text.replace(text.find("1.8 angstrom"), 12, "1.5 angstrom");
  try {
    load_charge_parameters(folder.with_text("narrow.toml", text));
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("too small for this hardness"), std::string::npos) << error.what();
  }
}

TEST(SmearedCoulomb, is_smooth_where_its_series_ends) {
  const double b = 0.4;
  const double joint = 0.01 / (b * b);
  const ValueAndSlope below = smeared_coulomb(b, joint * (1 - 1e-12));
  const ValueAndSlope above = smeared_coulomb(b, joint * (1 + 1e-12));
  EXPECT_NEAR(below.value, above.value, 1e-13 * above.value);
  EXPECT_NEAR(below.slope, above.slope, 1e-11 * std::abs(above.slope));
  EXPECT_DOUBLE_EQ(smeared_coulomb(b, 0).value, 2 * constants::coulomb * b * std::numbers::inv_sqrtpi);
}

}  // namespace
}  // namespace cardhouse
