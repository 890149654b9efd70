#include "engine/structure/void_map.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

Atoms random_carbon(const Cell& cell, std::size_t n, Stream& stream) {
  Atoms atoms{cell, {}, {}};
  for (std::size_t i = 0; i < n; ++i) {
    atoms.add(i % 5 == 0 ? Element::O : Element::C,
              cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  }
  return atoms;
}

TEST(VoidMap, holds_the_exact_clearance_at_every_grid_point) {
  Stream stream(2, Purpose::Test);
  const Cell cells[] = {Cell::orthorhombic(9, 14, 5), Cell({12, 0, 0}, {5, 11, 0}, {-4, 3, 13})};
  for (const Cell& cell : cells) {
    for (std::size_t n : {std::size_t{1}, std::size_t{60}}) {
      const VoidMap map(random_carbon(cell, n, stream), {.spacing = 0.7, .shift = {0.5, 0.25, 0}});
      for (std::size_t p = 0; p < map.size(); ++p) {
        ASSERT_NEAR(map.clearances()[p], map.clearance_at(map.position(map.grid_point(p))), 2e-5);
      }
    }
  }
}

TEST(VoidMap, divides_the_cell_evenly_with_steps_no_longer_than_asked) {
  Atoms atoms{Cell::orthorhombic(10, 10.2, 3), {}, {}};
  atoms.add(Element::C, {0, 0, 0});
  const VoidMap map(atoms, {.spacing = 0.5, .shift = {}});
  EXPECT_EQ(map.shape(), (std::array<int, 3>{20, 21, 6}));
  EXPECT_NEAR(map.voxel_volume() * static_cast<double>(map.size()), atoms.cell.volume(), 1e-9);
  EXPECT_EQ(map.index(map.grid_point(777)), 777U);
}

TEST(VoidMap, measures_the_solid_fraction_of_separate_spheres) {
  Atoms atoms{Cell::cubic(6), {}, {}};
  atoms.add(Element::C, {1.03, 2.01, 3.07});
  const VoidMap map(atoms, {.spacing = 0.1, .shift = {}});
  std::size_t solid = 0;
  for (float clearance : map.clearances()) solid += clearance < 0;
  EXPECT_NEAR(static_cast<double>(solid) * map.voxel_volume(), 4.0 / 3 * M_PI * std::pow(1.7, 3), 0.1);
}

TEST(VoidMap, climbs_to_the_centre_of_the_octahedral_hole) {
  Atoms atoms{Cell::cubic(8), {}, {}};
  for (const Vector3& p : {Vector3{0, 0, 0}, Vector3{0, 4, 4}, Vector3{4, 0, 4}, Vector3{4, 4, 0}}) {
    atoms.add(Element::C, p);
  }
  const VoidMap map(atoms);
  const Vector3 centre = map.climb({4.4, 3.7, 3.8});
  EXPECT_NEAR(norm(centre - Vector3{4, 4, 4}), 0, 0.01);
  EXPECT_NEAR(map.clearance_at(centre), 4 - 1.7, 0.01);
}

}  // namespace
}  // namespace cardhouse
