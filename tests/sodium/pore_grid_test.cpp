#include "engine/sodium/pore_grid.hpp"

#include <gtest/gtest.h>

#include <map>

#include "engine/structure/neighbour_list.hpp"
#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using namespace samples;

TEST(PoreGrid, holds_thirty_two_bcc_lattices_that_fit_the_cell) {
  const Cell cell = Cell::orthorhombic(3 * 4.4, 4 * 4.2, 5 * 4.29);
  const PoreGrid grid(cell, 4.29, {1, 2, 3});
  EXPECT_NEAR(grid.lattice()[0], 4.4, 1e-12);
  EXPECT_NEAR(grid.lattice()[2], 4.29, 1e-12);
  std::map<int, std::vector<Vector3>> lattices;
  for (std::size_t i = 0; i < grid.size(); ++i) lattices[grid.lattice_of(i)].push_back(grid.position(i));
  ASSERT_EQ(lattices.size(), std::size_t{PoreGrid::lattice_count});
  const double nearest = std::sqrt(4.4 * 4.4 + 4.2 * 4.2 + 4.29 * 4.29) / 2;
  for (const auto& [number, points] : lattices) {
    EXPECT_EQ(points.size(), 2u * 3 * 4 * 5);
    const NeighbourList near(cell, points, nearest + 1e-6);
    for (std::size_t i = 0; i < points.size(); ++i) ASSERT_EQ(near.of(i).size(), 8u) << number;
  }
  EXPECT_NEAR(norm(lattices[0].front() - Vector3{1, 2, 3}), 0, 1e-12);
}

TEST(PoreGrid, finds_the_nearest_point_and_those_beside_it) {
  const PoreGrid grid(Cell::orthorhombic(13, 17, 21), 4.29, {1, 2, 3});
  for (std::size_t i = 0; i < grid.size(); i += 7) {
    EXPECT_EQ(grid.nearest(grid.position(i) + Vector3{0.3, -0.3, 0.3}), i);
    for (const std::uint32_t next : grid.beside(i)) EXPECT_NE(grid.lattice_of(next), grid.lattice_of(i));
  }
}

/// Pores of a flat sheet and its image above it.
std::vector<PorePoint> points_in_slit(double width, int nx = 14, int ny = 8) {
  const SiteGeometry geometry = parameters().geometry;
  const CarbonStructure slit = bonded(stack(nx, ny, width, {{0, 0}}));
  const auto hollows = find_hollows(slit, find_ring_faces(slit, geometry.edge_distance), geometry);
  const AtomLocator atoms(slit.atoms, std::vector<double>(slit.atoms.size(), 0.0));
  for (const PorePoint& point : fill_pores(atoms, hollows, {}, geometry))
    EXPECT_GE(atoms.nearest(point.position).distance, geometry.metal_distance);
  return fill_pores(atoms, hollows, {}, geometry);
}

TEST(PoreGrid, fills_a_slit_with_sodium_of_the_density_of_the_metal) {
  for (const double width : {8.58, 12.87, 17.16, 25.74}) {  // two to six bcc cells
    const auto points = points_in_slit(width);
    const double area = 14 * lattice * 8 * row;
    const double layers = static_cast<double>(points.size()) / (area / (4.29 * 4.29));  // (100) planes, 2.145 apart
    // Planes at 2.42 or more from either wall; the lattice is stretched by less than 2 percent along the sheet.
    const double least = std::floor((width - 2 * 2.79) / 2.145);
    EXPECT_GE(layers, 0.97 * least) << width;
    EXPECT_LE(layers, 1.03 * (least + 1)) << width;
  }
}

TEST(PoreGrid, covers_every_hexagon_of_the_wall_once) {
  for (const double width : {8.0, 11.3, 14.7}) {
    double area = 0;
    for (const PorePoint& point : points_in_slit(width, 7, 4)) {
      area += point.covered_area;
      EXPECT_NEAR(point.curvature, 0, 1e-9);
    }
    EXPECT_NEAR(area, 2 * 2 * 7 * 4 * parameters().geometry.hollow_area, 1e-9) << width;
  }
}

TEST(PoreGrid, leaves_galleries_slits_and_open_vacuum_empty) {
  for (const double height : {3.8, 6.9, 60.0}) EXPECT_TRUE(points_in_slit(height, 7, 4).empty()) << height;
}

}  // namespace
}  // namespace cardhouse
