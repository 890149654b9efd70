#include "engine/builder/vertex_stars.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/base/stream.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/remesh.hpp"
#include "engine/builder/surface_homology.hpp"
#include "tests/builder/level_set_shapes.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

using Index = VertexStars::Index;

SurfaceMesh gyroid() {
  const ScalarGrid field = gyroid_field(40, 40);
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {});
  return mesh;
}

TEST(VertexStars, come_back_as_the_same_surface) {
  const SurfaceMesh before = gyroid(), after = VertexStars(before).mesh();
  EXPECT_EQ(after.vertices(), before.vertices());
  EXPECT_EQ(after.faces(), before.faces());
  EXPECT_EQ(topology(after).handles, topology(before).handles);
  EXPECT_NEAR(after.area(), before.area(), 1e-5 * before.area());
  const auto valences = [](const SurfaceMesh& mesh) {
    std::multiset<int> all;
    for (Index v = 0; v < mesh.vertex_slots(); ++v) all.insert(mesh.valence(v));
    return all;
  };
  EXPECT_EQ(valences(after), valences(before));
}

TEST(VertexStars, have_their_neighbours_in_order) {
  const VertexStars stars(gyroid());
  for (Index v = 0; v < stars.size(); ++v)
    for (int k = 0; k < stars.valence(v); ++k) {
      const auto [from, to, left, right] = stars.edge(v, k);
      const auto of_tip = stars.neighbours(left);
      EXPECT_NE(std::ranges::find(of_tip, to), of_tip.end());
      EXPECT_NE(std::ranges::find(of_tip, from), of_tip.end());
      EXPECT_NE(left, right);
    }
}

TEST(VertexStars, stand_near_each_other_in_memory_when_near_in_space) {
  const VertexStars stars(gyroid());
  double way = 0;
  for (Index v = 0; v + 1 < stars.size(); ++v) way += norm(stars.separation(v, v + 1));
  EXPECT_LT(way / stars.size(), 3 * 2.43);  // some 20 angstrom at random
}

// Every turn must leave a closed surface, which the mesh checks when it is made.
TEST(VertexStars, stay_a_closed_surface_however_edges_turn) {
  VertexStars stars(gyroid());
  const long before = stars.mesh().euler_characteristic();
  Stream stream(1, Purpose::Test);
  int turned = 0;
  for (int attempt = 0; attempt < 5000; ++attempt) {
    const auto v = static_cast<Index>(stream.below(stars.size()));
    turned += stars.turn(stars.edge(v, static_cast<int>(stream.below(static_cast<std::uint64_t>(stars.valence(v))))));
  }
  EXPECT_GT(turned, 1000);
  const SurfaceMesh after = stars.mesh();
  EXPECT_EQ(after.euler_characteristic(), before);
  for (Index v = 0; v < stars.size(); ++v) {
    EXPECT_GE(stars.valence(v), SurfaceMesh::smallest_valence);
    EXPECT_LE(stars.valence(v), SurfaceMesh::largest_valence);
  }
}

TEST(VertexStars, refuse_to_turn_an_edge_that_is_gone) {
  VertexStars stars(triangulated_plane());
  const auto edge = stars.edge(100, 0), neighbour = stars.edge(100, 1);
  EXPECT_TRUE(stars.turn(edge));
  EXPECT_FALSE(stars.turn(edge));
  EXPECT_FALSE(stars.turn(neighbour));  // one of its tips is another now
}

}  // namespace
}  // namespace cardhouse
