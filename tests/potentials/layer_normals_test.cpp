#include "potentials/layer_normals.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

TEST(LayerNormals, stand_upright_on_a_flat_sheet_and_follow_its_turn) {
  const double c = std::cos(0.4);
  const double s = std::sin(0.4);
  const CarbonStructure turned = samples::mapped(samples::graphene(3, 2), {1, 0, 0}, {0, c, -s}, {0, s, c});
  LayerNormals normals(turned.bonds);
  normals.update(turned.atoms);
  for (std::uint32_t i = 0; i < turned.atoms.size(); ++i) {
    EXPECT_NEAR(std::abs(dot(normals.normal(i), Vector3{0, -s, c})), 1, 1e-7) << i;
  }
}

TEST(LayerNormals, do_not_depend_on_the_atom_between_three_neighbours) {
  CarbonStructure sheet = samples::graphene(3, 2);
  LayerNormals normals(sheet.bonds);
  normals.update(sheet.atoms);
  const Vector3 before = normals.normal(4);
  sheet.atoms.positions[4] += Vector3{0.1, -0.05, 0.3};
  normals.update(sheet.atoms);
  EXPECT_LT(norm(normals.normal(4) - before), 1e-12);
}

TEST(LayerNormals, exist_for_two_and_three_bonds_only) {
  const CarbonStructure molecule = samples::coronene();
  LayerNormals normals(molecule.bonds);
  normals.update(molecule.atoms);
  for (std::uint32_t i = 0; i < molecule.atoms.size(); ++i) {
    EXPECT_EQ(norm(normals.normal(i)) > 0.5, molecule.bonds.degree(i) == 3) << i;  // hydrogen has one bond
  }
  CarbonStructure ring = molecule;  // without hydrogen its rim has two bonds
  ring.atoms.positions.resize(24), ring.atoms.elements.resize(24);
  ring.bonds = BondGraph::from_distances(ring.atoms);
  LayerNormals of_ring(ring.bonds);
  of_ring.update(ring.atoms);
  for (std::uint32_t i = 0; i < 24; ++i) EXPECT_NEAR(std::abs(of_ring.normal(i).z), 1, 1e-6);
}

TEST(LayerNormals, spread_derivatives_that_equal_numerical_ones) {
  CarbonStructure molecule = samples::coronene();
  Stream stream(4, Purpose::Test);
  samples::rattle(molecule.atoms, 0.1, stream);
  LayerNormals normals(molecule.bonds);
  std::vector<Vector3> weights(molecule.atoms.size());  // E = sum w . n
  for (Vector3& w : weights) w = {stream.normal(), stream.normal(), stream.normal()};
  const auto energy = [&] {
    normals.update(molecule.atoms);
    double sum = 0;
    for (std::uint32_t i = 0; i < weights.size(); ++i) sum += dot(weights[i], normals.normal(i));
    return sum;
  };
  energy();
  std::vector<Vector3> by_m(weights.size());
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    const Vector3 n = normals.normal(i);
    by_m[i] = normals.inverse_length(i) * (weights[i] - dot(weights[i], n) * n);
  }
  std::vector<Vector3> forces(weights.size());
  normals.spread(by_m, forces);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (int axis = 0; axis < 3; ++axis) {
      double& x = molecule.atoms.positions[i][axis];
      const double at = x;
      x = at + 1e-5;
      const double after = energy();
      x = at - 1e-5;
      const double before = energy();
      x = at;
      EXPECT_NEAR((before - after) / 2e-5, forces[i][axis], 1e-7) << i << " " << axis;
    }
  }
}

}  // namespace
}  // namespace cardhouse
