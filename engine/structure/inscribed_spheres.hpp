#pragma once

#include <cstdint>
#include <vector>

#include "engine/structure/void_map.hpp"

namespace cardhouse {

/// For every grid point the largest empty sphere that covers it (Gelb & Gubbins 1999, doi:10.1021/la9808418):
/// radius(v) = max { f(p) : |v - p| < f(p) } over the clearances f of the grid points p. The volume that a probe of
/// radius r can occupy is the set radius(v) > r.
struct InscribedSpheres {
  static constexpr std::uint32_t none = 0xffffffff;
  std::vector<float> radius;          ///< of the covering sphere; 0 where no sphere reaches (inside atoms) [angstrom]
  std::vector<std::uint32_t> centre;  ///< grid index of its centre, `none` where no sphere reaches
};

/// Spheres are centred on grid points near the ridge of the clearance only (all others lie inside one of these, to
/// within about 0.1 grid step) and are drawn from large to small, so that each point is written by its largest. EXPECTS
/// fewer than 2^32 - 1 grid points.
InscribedSpheres inscribe_spheres(const VoidMap& map);

}  // namespace cardhouse
