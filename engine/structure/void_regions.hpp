#pragma once

#include <cstdint>
#include <vector>

#include "engine/structure/inscribed_spheres.hpp"
#include "engine/structure/void_map.hpp"

namespace cardhouse {

/// One connected piece of the space where the centre of a probe may be.
struct VoidRegion {
  std::size_t voxels = 0;
  double volume = 0;  ///< of probe centres [angstrom^3]
  double occupiable_volume =
      0;                     ///< of space covered by the probe (Ongari et al. 2017, doi:10.1021/acs.langmuir.7b01682)
  Vector3 centroid;          ///< of probe centres, in the cell; the sphere centre when the region percolates
  Vector3 sphere_centre;     ///< of the largest inscribed sphere
  double sphere_radius = 0;  ///< its radius, from van der Waals surface to surface [angstrom]
  /// The region meets its own periodic image. A cell periodic in all directions has no outside, so "open" means this:
  /// one could walk through the region for ever. A region that does not percolate is closed.
  bool percolates = false;
};

/// All regions for one probe, from large to small, and for every grid point the number of its region.
struct VoidRegions {
  static constexpr std::int32_t solid = -1;
  double probe_radius = 0;
  std::vector<VoidRegion> regions;
  std::vector<std::int32_t> labels;  ///< `solid` where the probe does not fit

  /// Occupiable volume of the percolating (or of the closed) regions [angstrom^3].
  double occupiable_volume(bool percolating) const;
};

/// Flood fill of the points with clearance > probe_radius. Grid neighbours along a cell vector are joined; neighbours
/// across a face or body diagonal are joined when the exact clearance half-way lets the probe pass, which finds throats
/// that a six-neighbour fill breaks. A throat is seen when the way left to the probe centre is wider than about half a
/// grid step to either side; a narrower one may be missed. EXPECTS probe_radius >= 0.
VoidRegions find_regions(const VoidMap& map, const InscribedSpheres& spheres, double probe_radius);
VoidRegions find_regions(const VoidMap& map, double probe_radius);

/// The same regions with what costs no more than finding them: numbers of points, volumes of probe centres, what
/// percolates, labels. No places and no occupiable volumes.
VoidRegions label_regions(const VoidMap& map, double probe_radius);

/// For every grid point the region whose probe, sitting in the point's largest inscribed sphere, covers it; `solid`
/// where no probe reaches.
std::vector<std::int32_t> occupied_by(const VoidRegions& regions, const InscribedSpheres& spheres);

}  // namespace cardhouse
