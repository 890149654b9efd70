#pragma once

#include <numbers>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/structure/carbon_targets.hpp"
#include "engine/structure/periodic_cube.hpp"

namespace cardhouse {

/// An empty sphere up to the surface of the carbon round it, which is what SAXS and gas adsorption see. The nuclei of
/// its wall stand one van der Waals radius further out. Lengths [angstrom].
struct Pore {
  Vector3 centre;
  double radius = 0;
  bool open = false;

  double volume() const { return 4 * std::numbers::pi / 3 * radius * radius * radius; }
  double wall_radius() const { return radius + carbon_radius; }
  /// Bondi 1964, doi:10.1021/j100785a001.
  static constexpr double carbon_radius = 1.70;
};

struct PoreRequest {
  double closed_volume = 0;     ///< all closed pores together [angstrom^3]
  double mean_radius = 6;       ///< [angstrom]
  double spacing = 3.6;         ///< between layers [angstrom]
  double radius_spread = 0.15;  ///< standard deviation of ln(radius), estimate
};

/// Where pores were placed, and what could not be.
struct PoreLayout {
  std::vector<Pore> pores;
  std::vector<Pore> channels;       ///< beads, at most 1 angstrom apart, of the channels that join open pores
  double gap = 0;                   ///< least distance between the wall nuclei of two pores [angstrom]
  std::size_t wanted_open = 0;      ///< number of open pores asked for
  std::size_t wanted_closed = 0;    ///< number of closed pores asked for
  double wanted_closed_volume = 0;  ///< [angstrom^3]
  double placed_closed_volume = 0;  ///< [angstrom^3]; less than wanted when the spheres jam
};

/// Draws lognormal radii whose spheres add up to the wanted volume, puts the pores on the heaviest seeds first (the
/// largest radius on the heaviest) and elsewhere at random, and pushes overlapping ones apart until the nuclei of any
/// two walls are 2.2 spacings apart, or, where the volume does not fit like that, one spacing: each pore keeps a
/// complete layer of its own. Pores that still overlap are left out, and the layout says so. A volume below half a mean
/// pore gives none.
///
/// Open seeds get pores in the ratio of the weights of open and closed seeds (one each when there is no closed one).
/// They are joined in order of height by straight channels of half the mean radius, the last with the first through the
/// periodic face in z, so that all of them reach the outside; closed pores keep away from the channels.
/// EXPECTS mean_radius > 0 and spacing > 0.
PoreLayout place_pores(const PoreRequest& request, std::span<const PoreSeed> seeds, const PeriodicCube& cube,
                       Stream& stream);

}  // namespace cardhouse
