#include "potentials/kolmogorov_crespi.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/errors.hpp"
#include "tests/potentials/numerical_forces.hpp"

namespace cardhouse {
namespace {

double energy(const CarbonStructure& structure) {
  KolmogorovCrespi potential(structure);
  std::vector<Vector3> forces(structure.atoms.size());
  return potential.evaluate(structure.atoms, forces).energy;
}

double energy_per_atom(const CarbonStructure& structure) {
  return energy(structure) / static_cast<double>(structure.atoms.size());
}

/// Two layers in a high cell; the upper one moved along y by `shift`.
CarbonStructure bilayer(double spacing, double shift) {
  CarbonStructure result = samples::graphite(3, 2, 2, spacing);
  const Vector3& a = result.atoms.cell.vectors()[0];
  const Vector3& b = result.atoms.cell.vectors()[1];
  for (std::size_t i = result.atoms.size() / 2; i < result.atoms.size(); ++i) {
    result.atoms.positions[i].y += shift - samples::bond_length;
  }
  result.atoms.cell = Cell::orthorhombic(a.x, b.y, 40);
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

/// Attraction of the layers of a bilayer for an atom, written out for normals along z: a plain sum over both layers
/// minus that over one [eV].
double cohesion(double spacing, double shift) {
  return energy_per_atom(bilayer(spacing, shift)) - energy_per_atom(samples::graphene(3, 2));
}
double cohesion_by_plain_sum(double spacing, double shift) {
  const CarbonStructure sheet = samples::graphene(20, 14);
  const auto f = [](double square) {
    const double x = square / (0.578 * 0.578);
    return std::exp(-x) * (15.71e-3 + 12.29e-3 * x + 4.933e-3 * x * x);
  };
  double sum = 0;
  const std::size_t middle = 4 * (7 * 20 + 10);
  for (const std::size_t centre : {middle, middle + 1}) {  // one atom of each sublattice
    for (const Vector3& other : sheet.atoms.positions) {
      const Vector3 d = other + Vector3{0, shift, spacing} - sheet.atoms.positions[centre];
      const double r = norm(d);
      if (r > 12) continue;
      const double t = std::max(0.0, (r - 10) / 2);
      const double taper = 1 - 10 * std::pow(t, 3) + 15 * std::pow(t, 4) - 6 * std::pow(t, 5);
      const double square = d.x * d.x + d.y * d.y;
      sum += taper * (std::exp(-3.629 * (r - 3.34)) * (3.030e-3 + 2 * f(square)) - 10.238e-3 * std::pow(3.34 / r, 6));
    }
  }
  return sum / 4;  // two atoms, half of each pair
}

TEST(KolmogorovCrespi, binds_flat_layers_as_its_formula) {
  for (const double spacing : {3.0, 3.35, 3.7, 5.0}) {
    for (const double shift : {0.0, 0.71, 1.42}) {
      EXPECT_NEAR(cohesion(spacing, shift), cohesion_by_plain_sum(spacing, shift), 1e-9) << spacing << " " << shift;
    }
  }
}

TEST(KolmogorovCrespi, gives_graphite_its_spacing_stacking_and_binding) {
  // Summed to 26 angstrom instead of tapered, the potential binds AB graphite by 49.0 meV an atom at 3.34 angstrom.
  const double alone = energy_per_atom(samples::graphene(3, 2));
  const auto stacked = [&](double spacing) { return energy_per_atom(samples::graphite(3, 2, 2, spacing)) - alone; };
  EXPECT_LT(stacked(3.34), stacked(3.31));
  EXPECT_LT(stacked(3.34), stacked(3.37));
  EXPECT_NEAR(stacked(3.34), -0.0469, 0.0002);
  EXPECT_GT(cohesion(3.34, 0), cohesion(3.34, 1.42) + 0.005);  // AA above AB
}

TEST(KolmogorovCrespi, has_conservative_forces_on_wavy_layers) {
  CarbonStructure layers = samples::graphite(3, 1, 2, 3.3);
  const double wave = 2 * 3.14159265358979 / layers.atoms.cell.vectors()[0].x;
  for (Vector3& position : layers.atoms.positions) position.z += 0.3 * std::sin(wave * position.x);
  Stream stream(6, Purpose::Test);
  samples::rattle(layers.atoms, 0.08, stream);
  KolmogorovCrespi potential(layers);
  samples::expect_numerical_forces(potential, layers);
}

TEST(KolmogorovCrespi, pushes_apart_what_overlaps) {
  double before = 1e9;
  for (const double r : {0.0, 0.5, 1.0, 1.5, 2.0, 2.5}) {
    CarbonStructure pair{{Cell::cubic(30), {}, {}}, BondGraph(2, {})};
    pair.atoms.add(Element::C, {1, 2, 3});
    pair.atoms.add(Element::C, {1, 2, 3 + r});
    const double now = energy(pair);
    EXPECT_TRUE(std::isfinite(now));
    EXPECT_LT(now, before) << r;
    before = now;
  }
}

TEST(KolmogorovCrespi, refuses_other_elements) {
  EXPECT_THROW(KolmogorovCrespi{samples::coronene()}, InputError);
}

}  // namespace
}  // namespace cardhouse
