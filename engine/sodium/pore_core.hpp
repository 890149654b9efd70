#pragma once

#include <array>
#include <vector>

#include "engine/sodium/ring_hollows.hpp"
#include "engine/structure/atom_locator.hpp"

namespace cardhouse {

/// A bcc grid that fits the cell: the lattice constant along each cell vector is stretched to the nearest whole number
/// of lattice cells. In a skewed cell the grid is skewed with it.
struct BccGrid {
  std::array<int, 3> cells;       ///< along the three cell vectors, at least one each
  std::array<double, 3> lattice;  ///< the constants that result [angstrom]
  std::vector<Vector3> points;    ///< corners and centres, 2 x cells, one corner at `origin`
};
BccGrid fit_bcc_grid(const Cell& cell, double lattice, const Vector3& origin);

/// Sites of the second sodium layer and beyond: the grid points at `core_distance` or more from all atoms, at
/// `core_separation` or more from all hollows, and within hops of `link_reach` from the wall of a pore over other such
/// points, so that only pores are filled and no gallery, slit or vacuum. In the order of the grid.
std::vector<Vector3> find_core_points(const AtomLocator& atoms, const std::vector<Hollow>& hollows, const BccGrid& grid,
                                      const SiteGeometry& geometry);

}  // namespace cardhouse
