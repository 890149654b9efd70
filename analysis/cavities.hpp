#pragma once

#include "engine/structure/void_regions.hpp"

namespace cardhouse {

/// The regions of a probe cut where they narrow, into pores as one would count them: a region that two wide parts and a
/// throat make up becomes two. Watershed of the clearance from its maxima down (Gostick 2017,
/// doi:10.1103/PhysRevE.96.023307): where the surroundings of two maxima meet, they stay two when the meeting point is
/// narrower than `neck_ratio` times the smaller maximum, and become one otherwise. A ratio of 0 cuts nothing, so that
/// the regions come back as they are.
///
/// Numbered from large to small. `percolates` tells of the region that a pore was cut from: whether its probe comes
/// from outside. The centroid is that of the pore's own points (the sphere centre when they meet their own image).
VoidRegions split_at_necks(const VoidMap& map, const InscribedSpheres& spheres, const VoidRegions& regions,
                           double neck_ratio);

/// Number of the region whose probe, sitting in the largest inscribed sphere of grid point `point`, covers it: see
/// occupied_by.
inline std::int32_t covering_region(const VoidRegions& regions, const InscribedSpheres& spheres, std::size_t point) {
  return spheres.radius[point] > regions.probe_radius ? regions.labels[spheres.centre[point]] : VoidRegions::solid;
}

}  // namespace cardhouse
