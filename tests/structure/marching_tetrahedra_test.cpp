#include "engine/structure/marching_tetrahedra.hpp"

#include <gtest/gtest.h>

#include "engine/base/stream.hpp"
#include "tests/structure/level_set_shapes.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

// The layers lie half-way between grid planes, where linear interpolation of the cosine is exact.
TEST(ZeroSurface, of_plane_layers_is_flat_sheets_of_exact_area) {
  const ScalarGrid field = layered_field(28, 28, 7);
  const SurfaceMesh mesh = zero_surface(field);
  EXPECT_NEAR(mesh.area(), 4 * 28 * 28, 1e-9);
  EXPECT_EQ(mesh.euler_characteristic(), 0);
  for (Index v = 0; v < mesh.vertex_slots(); ++v) EXPECT_NEAR(std::fmod(mesh.position(v).z, 7), 3.5, 1e-9);
}

TEST(ZeroSurface, of_a_sphere_has_its_characteristic_area_and_orientation) {
  const SurfaceMesh mesh = zero_surface(sphere_field(20, 40, 7));
  EXPECT_EQ(mesh.euler_characteristic(), 2);
  EXPECT_NEAR(mesh.area(), 4 * std::numbers::pi * 49, 0.01 * 4 * std::numbers::pi * 49);
  for (Index f = 0; f < mesh.face_slots(); ++f) {
    const Index a = mesh.start(3 * f);
    const Vector3 normal = cross(mesh.separation(a, mesh.start(3 * f + 1)), mesh.separation(a, mesh.start(3 * f + 2)));
    EXPECT_GT(dot(normal, mesh.centroid(f) - Vector3{10, 10, 10}), 0);  // towards positive values
  }
}

TEST(ZeroSurface, of_a_gyroid_has_its_characteristic_and_area) {
  const SurfaceMesh mesh = zero_surface(gyroid_field(20, 40));
  EXPECT_EQ(mesh.euler_characteristic(), -8);
  EXPECT_NEAR(mesh.area() / 400, 3.0966, 0.02);
}

// A random field has every sign pattern of a tetrahedron. The constructor of SurfaceMesh refuses any hole or fan that
// does not close, so that building it is the test; valences start at 4.
TEST(ZeroSurface, is_watertight_for_any_signs) {
  Stream stream(1, Purpose::Test);
  const ScalarGrid field = sampled(12, 12, [&](const Vector3&) { return stream.normal(); });
  const SurfaceMesh mesh = zero_surface(field);
  EXPECT_GT(mesh.faces(), 5000u);
  for (Index v = 0; v < mesh.vertex_slots(); ++v) EXPECT_GE(mesh.valence(v), 4);
}

TEST(ZeroSurface, is_empty_for_a_field_of_one_sign) {
  EXPECT_EQ(zero_surface(ScalarGrid(5, 5, 1.0)).faces(), 0u);
}

}  // namespace
}  // namespace cardhouse
