#include "engine/builder/sp2_network.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/remesh.hpp"
#include "tests/builder/level_set_shapes.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

Sp2Network gyroid_network() {
  const ScalarGrid field = gyroid_field(40, 40);
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {});
  return dual_network(mesh);
}

TEST(DualNetwork, of_a_triangulated_plane_is_the_honeycomb) {
  const Sp2Network network = dual_network(triangulated_plane());
  ASSERT_EQ(network.size(), 2u * 780u);
  EXPECT_EQ(network.rings.size(), 780u);
  for (const Ring& ring : network.rings) EXPECT_EQ(ring.size(), 6u);
  for (std::size_t atom = 0; atom < network.size(); ++atom)
    for (const std::uint32_t other : network.neighbours[atom]) {
      const Vector3 bond = network.cube.separation(network.positions[atom], network.positions[other]);
      EXPECT_NEAR(norm(bond), 2.43 / std::sqrt(3.0), 0.002);
      EXPECT_NEAR(bond.z, 0, 1e-12);
    }
}

TEST(DualNetwork, has_three_different_mutual_neighbours_everywhere) {
  const Sp2Network network = gyroid_network();
  ASSERT_GT(network.size(), 1500u);
  for (std::uint32_t atom = 0; atom < network.size(); ++atom) {
    auto three = network.neighbours[atom];
    std::sort(three.begin(), three.end());
    EXPECT_TRUE(three[0] != three[1] && three[1] != three[2]);
    for (const std::uint32_t other : three) {
      const auto& back = network.neighbours[other];
      EXPECT_NE(std::find(back.begin(), back.end(), atom), back.end());
    }
    EXPECT_FALSE(network.is_edge(atom));
  }
  EXPECT_EQ(network.edge_atoms(), 0u);
  EXPECT_EQ(network.bonds().size(), 3 * network.size() / 2);
}

TEST(DualNetwork, rings_follow_bonds_and_obey_eulers_identity) {
  const Sp2Network network = gyroid_network();
  long defect = 0;
  for (const Ring& ring : network.rings) {
    defect += 6 - static_cast<long>(ring.size());
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto& three = network.neighbours[ring[i]];
      EXPECT_NE(std::find(three.begin(), three.end(), ring[(i + 1) % ring.size()]), three.end());
    }
  }
  EXPECT_EQ(defect, 6 * -8);  // the gyroid has chi = -8
}

// Crossing bonds would need two bonds whose middles almost coincide without sharing an atom.
TEST(DualNetwork, bonds_do_not_cross) {
  const Sp2Network network = gyroid_network();
  const std::vector<Bond> bonds = network.bonds();
  std::vector<Vector3> middles;
  for (const auto& [a, b] : bonds)
    middles.push_back(network.positions[a] + 0.5 * network.cube.separation(network.positions[a], network.positions[b]));
  for (std::size_t i = 0; i < bonds.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const bool shared = bonds[i][0] == bonds[j][0] || bonds[i][0] == bonds[j][1] || bonds[i][1] == bonds[j][0] ||
                          bonds[i][1] == bonds[j][1];
      if (!shared) {
        EXPECT_GT(network.cube.distance(network.cube.wrap(middles[i]), network.cube.wrap(middles[j])), 0.6);
      }
    }
}

TEST(DualNetwork, leaves_out_small_closed_pieces) {
  const ScalarGrid field = sampled(40, 40, [](const Vector3& p) {
    const double large = norm(p - Vector3{14, 14, 14}) - 9, small = norm(p - Vector3{33, 33, 33}) - 3;
    return std::min(large, small);
  });
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {});
  EXPECT_EQ(mesh.euler_characteristic(), 4);
  const Sp2Network both = dual_network(mesh), one = dual_network(mesh, 100);
  EXPECT_LT(one.size(), both.size());
  EXPECT_EQ(one.rings.size() + 2, both.rings.size() - (both.size() - one.size()) / 2);  // F = A/2 + chi for each
  for (const Vector3& position : one.positions) EXPECT_LT(norm(position - Vector3{14, 14, 14}), 11);
}

}  // namespace
}  // namespace cardhouse
