#include "engine/structure/inscribed_spheres.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

// The definition, point by point: quadratic in the number of points.
std::vector<float> by_definition(const VoidMap& map) {
  std::vector<float> radius(map.size(), 0.0F);
  for (std::size_t p = 0; p < map.size(); ++p) {
    const float clearance = map.clearances()[p];
    if (clearance <= 0) continue;
    for (std::size_t v = 0; v < map.size(); ++v) {
      const Vector3 way = map.position(map.grid_point(v)) - map.position(map.grid_point(p));
      if (norm(map.cell().minimum_image(way)) < clearance) radius[v] = std::max(radius[v], clearance);
    }
  }
  return radius;
}

TEST(InscribedSpheres, agree_with_the_definition_point_by_point) {
  Stream stream(3, Purpose::Test);
  const Cell cells[] = {Cell::cubic(10), Cell({10, 0, 0}, {3, 9, 0}, {-2, 2, 11})};
  for (const Cell& cell : cells) {
    Atoms atoms{cell, {}, {}};
    for (int i = 0; i < 12; ++i) {
      atoms.add(Element::C, cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
    }
    const VoidMap map(atoms, {.spacing = 0.8, .shift = {}});
    const InscribedSpheres spheres = inscribe_spheres(map);
    const std::vector<float> expected = by_definition(map);
    double lost = 0, total = 0;
    for (std::size_t v = 0; v < map.size(); ++v) {
      ASSERT_LE(spheres.radius[v], expected[v] + 1e-4);
      lost += expected[v] - spheres.radius[v];
      total += expected[v];
    }
    EXPECT_LT(lost, 0.01 * total);
  }
}

TEST(InscribedSpheres, fill_a_slit_with_spheres_of_half_its_width) {
  // Two dense square nets, 0.8 angstrom between atoms, and the slit between them.
  Atoms atoms{Cell::orthorhombic(12, 12, 12), {}, {}};
  for (int i = 0; i < 15; ++i) {
    for (int j = 0; j < 15; ++j) atoms.add(Element::C, {0.8 * i, 0.8 * j, 0});
  }
  const VoidMap map(atoms, {.spacing = 0.25, .shift = {}});
  const InscribedSpheres spheres = inscribe_spheres(map);
  const double half_width = 6 - 1.7;
  for (std::size_t v = 0; v < map.size(); ++v) {
    const double height = map.position(map.grid_point(v)).z;
    if (height > 2.0 && height < 10.0) {
      ASSERT_NEAR(spheres.radius[v], half_width, 0.06);
    }
  }
}

TEST(InscribedSpheres, leave_atoms_uncovered) {
  Atoms atoms{Cell::cubic(8), {}, {}};
  atoms.add(Element::C, {4, 4, 4});
  const VoidMap map(atoms);
  const InscribedSpheres spheres = inscribe_spheres(map);
  const std::size_t inside = map.index({8, 8, 8});
  EXPECT_EQ(spheres.centre[inside], InscribedSpheres::none);
  EXPECT_EQ(spheres.radius[inside], 0.0F);
}

}  // namespace
}  // namespace cardhouse
