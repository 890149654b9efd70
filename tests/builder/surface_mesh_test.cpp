#include "engine/builder/surface_mesh.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/base/stream.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

SurfaceMesh octahedron() {
  const std::vector<Vector3> corners{{6, 5, 5}, {4, 5, 5}, {5, 6, 5}, {5, 4, 5}, {5, 5, 6}, {5, 5, 4}};
  return SurfaceMesh({10}, corners,
                     {{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}});
}

// Twins are mutual and reversed, fans close, and sum of (6 - valence) is six times chi.
void expect_sound(const SurfaceMesh& mesh) {
  long defect = 0;
  for (Index f = 0; f < mesh.face_slots(); ++f) {
    if (!mesh.has_face(f)) continue;
    for (Index h = 3 * f; h < 3 * f + 3; ++h) {
      ASSERT_EQ(mesh.twin(mesh.twin(h)), h);
      ASSERT_EQ(mesh.start(mesh.twin(h)), mesh.end(h));
      ASSERT_EQ(mesh.end(mesh.twin(h)), mesh.start(h));
      ASSERT_TRUE(mesh.has_vertex(mesh.start(h)));
    }
  }
  for (Index v = 0; v < mesh.vertex_slots(); ++v) {
    if (!mesh.has_vertex(v)) continue;
    int fan = 0;
    mesh.for_each_spoke(v, [&](Index h) {
      ASSERT_EQ(mesh.start(h), v);
      ++fan;
    });
    ASSERT_EQ(fan, mesh.valence(v));
    defect += 6 - fan;
  }
  EXPECT_EQ(defect, 6 * mesh.euler_characteristic());
}

TEST(SurfaceMesh, knows_the_characteristic_of_sphere_and_torus) {
  EXPECT_EQ(octahedron().euler_characteristic(), 2);
  EXPECT_EQ(triangulated_plane().euler_characteristic(), 0);
  expect_sound(octahedron());
  expect_sound(triangulated_plane());
}

TEST(SurfaceMesh, measures_area) {
  EXPECT_NEAR(octahedron().area(), 8 * std::sqrt(3.0) / 2, 1e-12);
  EXPECT_NEAR(triangulated_plane(2).area(), 52 * 52, 1e-9);
}

TEST(SurfaceMesh, refuses_an_open_surface) {
  EXPECT_THROW(SurfaceMesh({10}, {{1, 1, 1}, {2, 1, 1}, {1, 2, 1}}, {{0, 1, 2}}), ContractViolation);
}

TEST(SurfaceMesh, flip_moves_two_edges_and_back) {
  SurfaceMesh mesh = triangulated_plane();
  const Index h = 300, a = mesh.start(h), b = mesh.end(h), p = mesh.apex(h), q = mesh.apex(mesh.twin(h));
  ASSERT_TRUE(mesh.flip(h));
  expect_sound(mesh);
  EXPECT_TRUE(mesh.adjacent(p, q));
  EXPECT_FALSE(mesh.adjacent(a, b));
  EXPECT_EQ(mesh.valence(a), 5);
  EXPECT_EQ(mesh.valence(p), 7);
}

TEST(SurfaceMesh, refuses_flips_that_break_the_limits_or_double_an_edge) {
  SurfaceMesh mesh = octahedron();
  for (Index h = 0; h < 24; ++h) EXPECT_FALSE(mesh.flip(h));  // valence 4 everywhere
}

TEST(SurfaceMesh, split_then_collapse_gives_the_old_mesh) {
  SurfaceMesh mesh = triangulated_plane();
  const Index h = 777, a = mesh.start(h), b = mesh.end(h);
  const Vector3 before = mesh.position(a);
  const Index m = mesh.split(h, mesh.position(a) + 0.5 * mesh.separation(a, b));
  expect_sound(mesh);
  EXPECT_EQ(mesh.valence(m), 4);
  EXPECT_EQ(mesh.start(h), a);
  EXPECT_EQ(mesh.end(h), m);
  ASSERT_TRUE(mesh.can_collapse(h));
  mesh.collapse(h, before);
  expect_sound(mesh);
  mesh.compact();
  expect_sound(mesh);
  EXPECT_EQ(mesh.vertices(), 780u);
  EXPECT_EQ(mesh.vertex_slots(), 780u);
  for (Index v = 0; v < 780; ++v) EXPECT_EQ(mesh.valence(v), 6);
}

// The collapse of a tetrahedron's or octahedron's edge would leave a valence of 3 or a folded surface.
TEST(SurfaceMesh, refuses_collapses_that_leave_the_limits) {
  const SurfaceMesh mesh = octahedron();
  for (Index h = 0; h < 24; ++h) EXPECT_FALSE(mesh.can_collapse(h));
}

TEST(SurfaceMesh, stays_sound_under_random_changes) {
  SurfaceMesh mesh = triangulated_plane();
  Stream stream(1, Purpose::Test);
  int flips = 0, collapses = 0;
  for (int change = 0; change < 6000; ++change) {
    const auto h = static_cast<Index>(stream.below(3 * mesh.face_slots()));
    if (!mesh.has_face(h / 3)) continue;
    const Vector3 middle = mesh.position(mesh.start(h)) + 0.5 * mesh.separation(mesh.start(h), mesh.end(h));
    const double choice = stream.uniform();
    if (choice < 0.4) flips += mesh.flip(h);
    if (choice >= 0.4 && choice < 0.6 && mesh.valence(mesh.apex(h)) < 9 && mesh.valence(mesh.apex(mesh.twin(h))) < 9)
      mesh.split(h, middle);
    if (choice >= 0.6 && mesh.can_collapse(h)) mesh.collapse(h, middle), ++collapses;
    if (change % 500 == 0) mesh.compact();
  }
  EXPECT_GT(flips, 100);
  EXPECT_GT(collapses, 100);
  EXPECT_EQ(mesh.euler_characteristic(), 0);
  expect_sound(mesh);
  for (Index v = 0; v < mesh.vertex_slots(); ++v)
    if (mesh.has_vertex(v)) {
      EXPECT_TRUE(mesh.valence(v) >= 4 && mesh.valence(v) <= 9);
    }
}

}  // namespace
}  // namespace cardhouse
