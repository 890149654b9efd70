#include "engine/builder/handle_loops.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <numbers>

#include "engine/builder/lamellar_field.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/remesh.hpp"
#include "tests/builder/closed_surfaces.hpp"

namespace cardhouse {
namespace {

SurfaceMesh meshed(const ScalarGrid& field) {
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {});
  return mesh;
}

void expect_closed_path(const SurfaceMesh& mesh, const HandleLoop& loop) {
  double length = 0;
  for (std::size_t i = 0; i < loop.vertices.size(); ++i) {
    const auto from = loop.vertices[i], to = loop.vertices[(i + 1) % loop.vertices.size()];
    EXPECT_TRUE(mesh.adjacent(from, to));
    length += norm(mesh.separation(from, to));
  }
  EXPECT_NEAR(length, loop.length, 1e-9);
}

TEST(ShortHandleLoops, finds_none_on_spheres_and_slabs) {
  EXPECT_TRUE(short_handle_loops(meshed(sphere_field(36, 36, 12)), 30).empty());
  EXPECT_TRUE(short_handle_loops(meshed(layered_field(36, 36, 9)), 100).empty());  // round the cell does not count
}

// A polygon is a little shorter than the circle, a zigzag a little longer.
TEST(ShortHandleLoops, goes_round_the_tube_of_a_torus) {
  const SurfaceMesh mesh = meshed(torus_field(44, 44, 14, 4));
  const std::vector<HandleLoop> loops = short_handle_loops(mesh, 32);
  ASSERT_EQ(loops.size(), 1u);  // the other way, round the hole, is 2 pi 10 long
  EXPECT_NEAR(loops[0].length, 2 * std::numbers::pi * 4, 4);
  expect_closed_path(mesh, loops[0]);
}

TEST(ShortHandleLoops, finds_every_neck_between_two_layers) {
  const std::vector<Vector3> necks{{12, 12, 0}, {36, 12, 0}, {12, 36, 0}, {36, 36, 0}};
  const SurfaceMesh mesh = meshed(necked_layers(48, 48, 7, necks));
  const std::vector<HandleLoop> loops = short_handle_loops(mesh, 22);
  EXPECT_EQ(loops.size(), 4u);  // each alone does not separate
  for (const HandleLoop& loop : loops) {
    expect_closed_path(mesh, loop);
    EXPECT_NEAR(loop.length, 2 * std::numbers::pi * 2, 4);
  }
  EXPECT_TRUE(short_handle_loops(mesh, 8).empty());
}

TEST(ShortHandleLoops, come_shortest_first_without_common_vertices_and_for_any_number_of_threads) {
  Stream stream(8, Purpose::Test);
  const SurfaceMesh mesh = meshed(grow_lamellar_field(
      {.grains = {.spacing = 3.6, .layer_extent = 25, .stack_height = 12}, .edge = 36, .anneal_steps = 30}, {}, {},
      stream));
  omp_set_num_threads(1);
  const std::vector<HandleLoop> loops = short_handle_loops(mesh, 20);
  omp_set_num_threads(2);
  const std::vector<HandleLoop> again = short_handle_loops(mesh, 20);
  ASSERT_GT(loops.size(), 20u);
  ASSERT_EQ(loops.size(), again.size());
  std::vector<int> used(mesh.vertex_slots(), 0);
  for (std::size_t i = 0; i < loops.size(); ++i) {
    EXPECT_EQ(loops[i].vertices, again[i].vertices);
    expect_closed_path(mesh, loops[i]);
    EXPECT_GE(loops[i].length, loops[i == 0 ? 0 : i - 1].length);
    for (const auto v : loops[i].vertices) EXPECT_EQ(used[v]++, 0);
  }
}

}  // namespace
}  // namespace cardhouse
