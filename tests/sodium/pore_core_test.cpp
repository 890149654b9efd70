#include "engine/sodium/pore_core.hpp"

#include <gtest/gtest.h>

#include "carbon_samples.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

using namespace samples;

TEST(PoreCore, the_grid_fits_the_cell_with_eight_neighbours_at_half_the_diagonal) {
  const Cell cell = Cell::orthorhombic(3 * 4.4, 4 * 4.2, 5 * 4.29);
  const BccGrid grid = fit_bcc_grid(cell, 4.29, {1, 2, 3});
  EXPECT_EQ(grid.cells, (std::array<int, 3>{3, 4, 5}));
  EXPECT_NEAR(grid.lattice[0], 4.4, 1e-12);
  EXPECT_NEAR(grid.lattice[2], 4.29, 1e-12);
  EXPECT_EQ(grid.points.size(), 2u * 3 * 4 * 5);
  const double nearest = std::sqrt(4.4 * 4.4 + 4.2 * 4.2 + 4.29 * 4.29) / 2;
  const NeighbourList near(cell, grid.points, nearest + 1e-6);
  for (std::size_t i = 0; i < grid.points.size(); ++i) EXPECT_EQ(near.of(i).size(), 8u);
}

TEST(PoreCore, core_points_keep_off_atoms_and_walls_and_pack_like_sodium_metal) {
  const SiteGeometry geometry = parameters().geometry;
  const CarbonStructure slit = bonded(stack(14, 8, 25.74, {{0, 0}}));  // six bcc cells high
  const auto hollows = find_hollows(slit, find_ring_faces(slit, geometry.edge_distance), geometry);
  const AtomLocator atoms(slit.atoms, std::vector<double>(slit.atoms.size(), 0.0));
  const BccGrid grid = fit_bcc_grid(slit.atoms.cell, geometry.core_lattice, slit.atoms.positions.front());
  const auto points = find_core_points(atoms, hollows, grid, geometry);
  for (const Vector3& point : points) {
    EXPECT_GE(atoms.nearest(point).distance, geometry.core_distance);
    for (const Hollow& hollow : hollows)
      EXPECT_GE(norm(slit.atoms.cell.minimum_image(hollow.position - point)), geometry.core_separation);
  }
  // Planes half a lattice constant apart, from 2 x 2.145 to 10 x 2.145: nine of the twelve.
  EXPECT_EQ(points.size(), grid.points.size() * 9 / 12);
}

TEST(PoreCore, galleries_slits_and_open_vacuum_have_none) {
  const SiteGeometry geometry = parameters().geometry;
  for (const double height : {3.8, 6.9, 60.0}) {
    const CarbonStructure structure = bonded(stack(7, 4, height, {{0, 0}}));
    const auto hollows = find_hollows(structure, find_ring_faces(structure, geometry.edge_distance), geometry);
    const AtomLocator atoms(structure.atoms, std::vector<double>(structure.atoms.size(), 0.0));
    const BccGrid grid = fit_bcc_grid(structure.atoms.cell, geometry.core_lattice, {});
    EXPECT_TRUE(find_core_points(atoms, hollows, grid, geometry).empty()) << height;
  }
}

}  // namespace
}  // namespace cardhouse
