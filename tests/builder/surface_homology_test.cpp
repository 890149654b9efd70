#include "engine/builder/surface_homology.hpp"

#include <gtest/gtest.h>

#include <set>

#include "engine/builder/marching_tetrahedra.hpp"
#include "tests/builder/closed_surfaces.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

void expect_topology(const ScalarGrid& field, std::size_t pieces, long handles) {
  const SurfaceTopology found = topology(zero_surface(field));
  EXPECT_EQ(found.pieces, pieces);
  EXPECT_EQ(found.handles, handles);
}

TEST(SurfaceTopology, of_known_shapes) {
  expect_topology(sphere_field(24, 24, 8), 1, 0);
  expect_topology(torus_field(30, 30, 9, 4), 1, 1);
  expect_topology(layered_field(28, 28, 7), 4, 4);  // a periodic plane is a torus
  expect_topology(gyroid_field(30, 30), 1, 5);      // chi = -8
}

TEST(SurfaceTopology, of_two_layers_joined_by_necks) {
  expect_topology(necked_layers(40, 40, 7, {}), 2, 2);
  expect_topology(necked_layers(40, 40, 7, {{10, 10, 0}}), 1, 2);  // the first neck joins, each further one adds
  expect_topology(necked_layers(40, 40, 7, {{10, 10, 0}, {30, 10, 0}, {20, 28, 0}}), 1, 4);
}

TEST(RandomCocycle, adds_up_to_zero_round_every_face) {
  const SurfaceMesh mesh = zero_surface(gyroid_field(20, 20));
  const std::vector<std::uint64_t> words = random_cocycle(mesh);
  for (Index h = 0; h < words.size(); ++h) {
    EXPECT_EQ(words[h], words[mesh.twin(h)]);
    EXPECT_EQ(words[h] ^ words[SurfaceMesh::next(h)] ^ words[SurfaceMesh::previous(h)], 0u);
  }
}

// Round every vertex by way of its neighbours: a path that bounds a disc.
TEST(RandomCocycle, does_not_see_paths_that_bound_a_disc) {
  const SurfaceMesh mesh = zero_surface(torus_field(30, 30, 9, 4));
  const std::vector<std::uint64_t> words = random_cocycle(mesh);
  for (Index v = 0; v < mesh.vertex_slots(); ++v) {
    std::uint64_t round = 0;
    mesh.for_each_spoke(v, [&](Index h) { round ^= words[SurfaceMesh::next(h)]; });
    EXPECT_EQ(round, 0u);
  }
}

// The rows of the triangulated plane run round its cell one way, its columns the other.
TEST(RandomCocycle, tells_the_two_ways_round_a_torus_apart) {
  const SurfaceMesh mesh = triangulated_plane();
  const std::vector<std::uint64_t> words = random_cocycle(mesh);
  const auto step = [&](Index from, Index to) {
    std::uint64_t word = 0;
    mesh.for_each_spoke(from, [&](Index h) { word = mesh.end(h) == to ? words[h] : word; });
    return word;
  };
  std::set<std::uint64_t> across, along;
  for (Index row = 0; row < 30; ++row) {
    std::uint64_t round = 0;
    for (Index column = 0; column < 26; ++column) round ^= step(26 * row + column, 26 * row + (column + 1) % 26);
    across.insert(round);
  }
  for (Index column = 0; column < 26; ++column) {  // zigzag: even rows step to the right half, odd rows back
    std::uint64_t round = 0;
    for (Index row = 0; row < 30; ++row) round ^= step(26 * row + column, 26 * ((row + 1) % 30) + column);
    along.insert(round);
  }
  ASSERT_EQ(across.size(), 1u);  // parallel paths are of one class
  ASSERT_EQ(along.size(), 1u);
  EXPECT_NE(*across.begin(), 0u);
  EXPECT_NE(*along.begin(), 0u);
  EXPECT_NE(*across.begin(), *along.begin());
}

TEST(RandomCocycle, of_a_sphere_sees_nothing) {
  const SurfaceMesh mesh = zero_surface(sphere_field(24, 24, 8));
  const std::vector<std::uint64_t> words = random_cocycle(mesh);
  // A cocycle of a sphere is the difference of a function of the vertices: walk it out and check every edge.
  std::vector<std::uint64_t> value(mesh.vertex_slots(), 0);
  std::vector<char> known(mesh.vertex_slots(), 0);
  std::vector<Index> reached{0};
  known[0] = 1;
  for (std::size_t i = 0; i < reached.size(); ++i)
    mesh.for_each_spoke(reached[i], [&](Index h) {
      if (known[mesh.end(h)]) return;
      known[mesh.end(h)] = 1, value[mesh.end(h)] = value[reached[i]] ^ words[h];
      reached.push_back(mesh.end(h));
    });
  ASSERT_EQ(reached.size(), mesh.vertex_slots());
  for (Index h = 0; h < words.size(); ++h) EXPECT_EQ(value[mesh.start(h)] ^ value[mesh.end(h)], words[h]);
}

}  // namespace
}  // namespace cardhouse
