#pragma once

#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/structure/void_regions.hpp"

namespace cardhouse {

/// The surface that the centre of a probe can touch, rolled over the atoms (Shrake & Rupley 1973,
/// doi:10.1016/0022-2836(73)90011-9; for porous solids Walton & Snurr 2007, doi:10.1021/ja071174k): spheres of van der
/// Waals plus probe radius, less what lies inside another. It is what BET areas are compared with. [angstrom^2]
struct SurfaceArea {
  Estimate total;                  ///< all of it; the error is that of counting points
  Estimate open;                   ///< where the probe belongs to a percolating region
  std::vector<double> of_regions;  ///< by number of the region; the rest lies in pockets smaller than a grid step
};

/// Area for the probe of `regions`, with `points` (>= 10) test points on every atom. Any cell. Exact geometry decides
/// what is surface; the grid only tells to which region it belongs. The result does not depend on threads.
SurfaceArea surface_area(const Atoms& atoms, const VoidMap& map, const VoidRegions& regions, int points = 100);

}  // namespace cardhouse
