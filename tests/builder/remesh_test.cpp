#include "engine/builder/remesh.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include "engine/base/statistics.hpp"
#include "engine/base/stream.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "tests/builder/level_set_shapes.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

SurfaceMesh remeshed(const ScalarGrid& field) {
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {});
  return mesh;
}

void expect_valences_within_limits(const SurfaceMesh& mesh) {
  for (Index v = 0; v < mesh.vertex_slots(); ++v) {
    EXPECT_GE(mesh.valence(v), SurfaceMesh::smallest_valence);
    EXPECT_LE(mesh.valence(v), SurfaceMesh::largest_valence);
  }
}

double mean_length(const SurfaceMesh& mesh) {
  RunningMoments lengths;
  for (Index h = 0; h < 3 * mesh.face_slots(); ++h) lengths.add(mesh.length(h));
  return lengths.mean();
}

TEST(Remesh, keeps_the_shape_and_reaches_the_spacing) {
  for (const ScalarGrid& field : {sphere_field(36, 36, 12), gyroid_field(40, 40), layered_field(36, 36, 9)}) {
    const SurfaceMesh before = zero_surface(field), after = remeshed(field);
    EXPECT_EQ(after.euler_characteristic(), before.euler_characteristic());
    EXPECT_NEAR(after.area(), before.area(), 0.03 * before.area());
    EXPECT_NEAR(mean_length(after), 2.43, 0.15);
    expect_valences_within_limits(after);
  }
}

TEST(Remesh, leaves_vertices_on_the_level_set) {
  const ScalarGrid field = sphere_field(36, 36, 12);
  const SurfaceMesh mesh = remeshed(field);
  for (Index v = 0; v < mesh.vertex_slots(); ++v) EXPECT_NEAR(norm(mesh.position(v) - Vector3{18, 18, 18}), 12, 0.05);
}

TEST(Remesh, of_a_plane_is_mostly_hexagons) {
  const SurfaceMesh mesh = remeshed(layered_field(36, 36, 9));
  Index six = 0;
  for (Index v = 0; v < mesh.vertex_slots(); ++v) six += mesh.valence(v) == 6;
  EXPECT_GT(six, 0.75 * mesh.vertices());
}

TEST(Remesh, does_not_depend_on_the_number_of_threads) {
  const ScalarGrid field = gyroid_field(40, 40);
  omp_set_num_threads(1);
  const SurfaceMesh one = remeshed(field);
  omp_set_num_threads(2);
  const SurfaceMesh two = remeshed(field);
  EXPECT_EQ(one.positions(), two.positions());
}

TEST(CollapseShortEdges, leaves_a_good_mesh_alone) {
  SurfaceMesh mesh = triangulated_plane();
  const ScalarGrid field = layered_field(mesh.cube().edge, 26, mesh.cube().edge / 2);
  EXPECT_EQ(collapse_short_edges(mesh, field, {}), 0u);
  EXPECT_EQ(split_long_edges(mesh, field, {}), 0u);
  EXPECT_EQ(even_out_valences(mesh, 10), 0u);
}

TEST(SplitLongEdges, halves_what_is_too_long) {
  SurfaceMesh mesh = triangulated_plane(4);
  const ScalarGrid field(mesh.cube().edge, 26, 0.0);
  const double longest = 4.0 / 3 * 2.43;
  EXPECT_GT(split_long_edges(mesh, field, {}), 0u);
  EXPECT_GT(mesh.vertices(), 780u);
  EXPECT_NEAR(mesh.area(), std::pow(mesh.cube().edge, 2), 1e-6);
  for (int round = 0; round < 5; ++round) split_long_edges(mesh, field, {}), even_out_valences(mesh, 10);
  int too_long = 0;
  for (Index h = 0; h < 3 * mesh.face_slots(); ++h) too_long += mesh.length(h) > longest;
  EXPECT_LT(too_long, 30);
}

TEST(EvenOutValences, repairs_a_flipped_edge) {
  SurfaceMesh mesh = triangulated_plane();
  ASSERT_TRUE(mesh.flip(300));
  EXPECT_EQ(even_out_valences(mesh, 10), 1u);
  for (Index v = 0; v < mesh.vertex_slots(); ++v) EXPECT_EQ(mesh.valence(v), 6);
}

TEST(SmoothWithinSurface, moves_a_displaced_vertex_back) {
  SurfaceMesh mesh = triangulated_plane();
  const double edge = mesh.cube().edge;
  const ScalarGrid field = sampled(edge, 26, [&](const Vector3& p) {
    return std::sin(2 * std::numbers::pi * p.z / edge);  // zero at the height of the plane
  });
  const std::vector<Vector3> ideal = mesh.positions();
  std::vector<Vector3> moved = ideal;
  moved[400] += Vector3{0.5, -0.3, 0.2};
  mesh.move(moved);
  for (int round = 0; round < 8; ++round) smooth_within_surface(mesh, field);
  EXPECT_LT(norm(mesh.position(400) - ideal[400]), 0.15);
}

}  // namespace
}  // namespace cardhouse
