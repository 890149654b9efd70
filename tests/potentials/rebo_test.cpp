#include "potentials/rebo.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "engine/base/errors.hpp"
#include "potentials/shipped_parameters.hpp"
#include "tests/potentials/crowded_structures.hpp"
#include "tests/potentials/numerical_forces.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

double energy_of(const CarbonStructure& structure) {
  Rebo potential(structure);
  std::vector<Vector3> forces(structure.atoms.size());
  return potential.evaluate(structure.atoms, forces).energy;
}

double energy_per_atom(const CarbonStructure& structure) {
  return energy_of(structure) / static_cast<double>(structure.atoms.size());
}

CarbonStructure molecule(const std::vector<std::pair<Element, Vector3>>& atoms) {
  CarbonStructure result{{Cell::cubic(15), {}, {}}, {}};
  for (const auto& [element, position] : atoms) result.atoms.add(element, position + Vector3{7, 7, 7});
  result.bonds = BondGraph(atoms.size(), {});
  return result;
}

CarbonStructure methane() {
  const double d = 1.089 / std::sqrt(3.0);  // the C-H bond of this potential
  return molecule({{Element::C, {}},
                   {Element::H, {d, d, d}},
                   {Element::H, {d, -d, -d}},
                   {Element::H, {-d, d, -d}},
                   {Element::H, {-d, -d, d}}});
}

// Change detectors: energies and bond lengths that this potential gives, here and in LAMMPS. The fit aims at graphite
// and diamond bound by about 7.4 eV.
TEST(Rebo, keeps_the_energy_and_bond_length_of_graphite) {
  EXPECT_NEAR(energy_per_atom(samples::graphene(4, 2, 1.4204)), -7.3950, 1e-4);
  EXPECT_LT(energy_per_atom(samples::graphene(4, 2, 1.4204)), energy_per_atom(samples::graphene(4, 2, 1.419)));
  EXPECT_LT(energy_per_atom(samples::graphene(4, 2, 1.4204)), energy_per_atom(samples::graphene(4, 2, 1.422)));
}

TEST(Rebo, keeps_the_energy_and_lattice_constant_of_diamond) {
  EXPECT_NEAR(energy_per_atom(samples::diamond(2, 3.566)), -7.3700, 1e-4);
  EXPECT_LT(energy_per_atom(samples::diamond(2, 3.5657)), energy_per_atom(samples::diamond(2, 3.560)));
  EXPECT_LT(energy_per_atom(samples::diamond(2, 3.5657)), energy_per_atom(samples::diamond(2, 3.571)));
}

// Methane: a change detector. Hydrogen: the depth of its well, 38297 1/cm (Huber and Herzberg, Constants of Diatomic
// Molecules), to the accuracy of the fit.
TEST(Rebo, keeps_the_energy_of_methane_and_binds_hydrogen_as_measured) {
  EXPECT_NEAR(energy_of(methane()), -18.185, 0.002);
  EXPECT_NEAR(energy_of(molecule({{Element::H, {}}, {Element::H, {0.7415887, 0, 0}}})), -4.748, 0.03);
}

TEST(Rebo, holds_a_double_bond_flat_and_lets_a_single_bond_turn) {
  const auto ethene = [](double twist) {
    const double c = 0.93 * std::cos(twist), s = 0.93 * std::sin(twist);
    return energy_of(molecule({{Element::C, {0.67, 0, 0}},
                               {Element::C, {-0.67, 0, 0}},
                               {Element::H, {1.23, 0.93, 0}},
                               {Element::H, {1.23, -0.93, 0}},
                               {Element::H, {-1.23, c, s}},
                               {Element::H, {-1.23, -c, -s}}}));
  };
  const double barrier = ethene(std::numbers::pi / 2) - ethene(0);
  EXPECT_GT(barrier, 1.0);
  EXPECT_NEAR((ethene(std::numbers::pi / 6) - ethene(0)) / barrier, 0.25, 1e-9);  // sin^2
}

TEST(Rebo, has_forces_that_equal_numerical_derivatives_inside_every_switching_range) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    for (const double hydrogen : {0.0, 0.5, 0.9}) {
      CarbonStructure structure = samples::crowd(60, hydrogen, 8.0, 0.9, seed);
      Rebo potential(structure);
      samples::expect_numerical_forces(potential, structure);
    }
  }
}

TEST(Rebo, refuses_elements_without_parameters) {
  EXPECT_THROW(Rebo{samples::decorated_coronene()}, InputError);
}

TEST(Rebo, names_the_line_of_a_bad_parameter_file) {
  std::ifstream shipped(shipped_parameters("CH_rebo2_2002.toml"));
  std::string text{std::istreambuf_iterator<char>(shipped), {}};
  const std::string inner = "inner = \"1.7 angstrom\"";
  ASSERT_NE(text.find(inner), std::string::npos);
  text.replace(text.find(inner), inner.size(), "inner = \"2.7 angstrom\"");
  const auto path = std::filesystem::temp_directory_path() / "cardhouse_bad_rebo.toml";
  std::ofstream(path) << text;
  try {
    load_rebo_parameters(path.string());
    ADD_FAILURE() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("must exceed 'inner'"), std::string::npos) << error.what();
  }
  std::filesystem::remove(path);
}

TEST(QuinticSpline, passes_through_values_slopes_and_curvatures) {
  const QuinticSpline::Knots knots{{-1, -0.3, 0.5}, {1, 2, -1}, {0.5, -3, 4}, {2, 7, -6}};
  const QuinticSpline spline(knots);
  for (std::size_t k = 0; k < 3; ++k) {
    for (const double side : {-1e-7, 1e-7}) {
      const double x = knots.at[k] + side;
      EXPECT_NEAR(spline(x).value, knots.value[k] + side * knots.slope[k], 1e-12);
      EXPECT_NEAR(spline(x).slope, knots.slope[k] + side * knots.curvature[k], 1e-10);
    }
  }
}

TEST(CoordinationTable, passes_through_its_nodes_and_has_the_slopes_of_its_value) {
  CoordinationTable table(3);
  Stream stream(4, Purpose::Test);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 5; ++j) {
      for (std::size_t k = 1; k <= 3; ++k) {
        table.node(i, j, k) = {stream.normal(), {stream.normal(), stream.normal(), stream.normal()}};
      }
    }
  }
  const auto at_node = table(2, 3, 2);
  EXPECT_EQ(at_node.value, table.node(2, 3, 2).value);
  EXPECT_NEAR(table(2 + 1e-9, 3, 2).value, at_node.value, 1e-7);
  EXPECT_NEAR(table(2 - 1e-9, 3, 2).slope[0], at_node.slope[0], 1e-6);
  constexpr double h = 1e-5;
  for (int sample = 0; sample < 50; ++sample) {
    const double x = 4 * stream.uniform(), y = 4 * stream.uniform(), z = 1 + 2 * stream.uniform();
    const auto slope = table(x, y, z).slope;
    EXPECT_NEAR(slope[0], (table(x + h, y, z).value - table(x - h, y, z).value) / (2 * h), 1e-6);
    EXPECT_NEAR(slope[1], (table(x, y + h, z).value - table(x, y - h, z).value) / (2 * h), 1e-6);
    EXPECT_NEAR(slope[2], (table(x, y, z + h).value - table(x, y, z - h).value) / (2 * h), 1e-6);
  }
}

}  // namespace
}  // namespace cardhouse
