#pragma once

#include <vector>

#include "engine/sodium/site_parameters.hpp"
#include "engine/structure/atom_locator.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// What a ring sees along its normal.
struct OppositeWall {
  double distance = 0;     ///< along the normal to the local plane of the wall [angstrom]; 0: none in reach
  double tilt_cosine = 0;  ///< of the angle between the ring and the wall; 0: the wall turns its edge

  /// Diameter of the sphere that touches the ring at its centre and the plane of the wall, 2 d c/(1 + c): the width
  /// that sodium has between the two. Where the wall turns its edge the distance [angstrom].
  double room() const { return tilt_cosine > 0 ? 2 * distance * tilt_cosine / (1 + tilt_cosine) : distance; }
};

/// Looks along straight lines for carbon walls.
class WallFinder {
 public:
  WallFinder(const CarbonStructure& structure, const SiteGeometry& geometry);
  /// The first atoms within `ray_radius` of the line from `origin` along the unit vector `direction`, at more than
  /// 1 angstrom and less than `pore_widest`. The distance is not theirs but that of the planes of the sheet at them,
  /// averaged, so that it does not depend on what happens to face the ring.
  OppositeWall look(const Vector3& origin, const Vector3& direction) const;
  /// Distance to the nearest atom of any element [angstrom].
  double distance_to_atoms(const Vector3& point) const { return locator_.nearest(point).distance; }

 private:
  struct Hit {
    std::uint32_t atom;
    Vector3 displacement;  ///< from the ring
    double height;         ///< along the line
  };
  std::vector<Hit> first_hits(const Vector3& origin, const Vector3& direction) const;

  SiteGeometry geometry_;
  std::vector<Vector3> normals_;
  AtomLocator locator_;
};

}  // namespace cardhouse
