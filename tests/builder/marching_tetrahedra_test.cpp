#include "engine/builder/marching_tetrahedra.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "engine/base/stream.hpp"
#include "tests/builder/level_set_shapes.hpp"

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

// Vertices and faces of the surface before any of its vertices become one, counted from signs alone: one vertex on each
// grid edge and one or two faces in each tetrahedron whose ends differ. A tetrahedron walks along the three axes in one
// of six orders.
struct PlainCount {
  long vertices = 0, faces = 0;
  long euler_characteristic() const { return vertices - faces / 2; }
};

PlainCount plain_count(const ScalarGrid& field) {
  PlainCount count;
  const auto is_negative = [&](int i, int j, int k, int corner) {
    return field.values[field.index(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2))] < 0;
  };
  for (int i = 0; i < field.points(); ++i)
    for (int j = 0; j < field.points(); ++j)
      for (int k = 0; k < field.points(); ++k) {
        for (int corner = 1; corner < 8; ++corner)
          count.vertices += is_negative(i, j, k, 0) != is_negative(i, j, k, corner);
        std::array<int, 3> axes{1, 2, 4};
        do {
          int negative = 0, corner = 0;
          for (int step = 0; step < 4; ++step) {
            negative += is_negative(i, j, k, corner);
            if (step < 3) corner += axes[step];
          }
          count.faces += std::min(negative, 4 - negative);
        } while (std::next_permutation(axes.begin(), axes.end()));
      }
  return count;
}

TEST(ZeroSurface, has_the_topology_of_all_its_tetrahedra_with_a_third_of_their_triangles) {
  const ScalarGrid field = gyroid_field(20, 20);
  const PlainCount plain = plain_count(field);
  const SurfaceMesh mesh = zero_surface(field);
  EXPECT_EQ(mesh.euler_characteristic(), plain.euler_characteristic());
  EXPECT_LT(mesh.faces(), 0.4 * static_cast<double>(plain.faces));
  EXPECT_GT(mesh.faces(), 0.2 * static_cast<double>(plain.faces));
}

// A random field has every sign pattern of a tetrahedron. The constructor of SurfaceMesh refuses any hole or fan that
// does not close, so that building it is the test; valences start at 4.
TEST(ZeroSurface, is_watertight_for_any_signs) {
  Stream stream(1, Purpose::Test);
  const ScalarGrid field = sampled(12, 12, [&](const Vector3&) { return stream.normal(); });
  const SurfaceMesh mesh = zero_surface(field);
  EXPECT_GT(mesh.faces(), 5000u);
  EXPECT_EQ(mesh.euler_characteristic(), plain_count(field).euler_characteristic());
  for (Index v = 0; v < mesh.vertex_slots(); ++v) EXPECT_GE(mesh.valence(v), 4);
}

TEST(ZeroSurface, is_empty_for_a_field_of_one_sign) {
  EXPECT_EQ(zero_surface(ScalarGrid(5, 5, 1.0)).faces(), 0u);
}

}  // namespace
}  // namespace cardhouse
