#pragma once

#include <numbers>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/builder/periodic_cube.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

/// An empty space up to the surface of the carbon round it, which is what SAXS and gas adsorption see: a sphere, or all
/// points within `radius` of a disc, a slit with two flat faces and a round rim. The nuclei of its wall stand one van
/// der Waals radius further out. Lengths [angstrom].
struct Pore {
  Vector3 centre;
  double radius = 0;  ///< of the largest sphere in it: half the width of a slit
  bool open = false;
  double flat = 0;          ///< radius of the flat faces, 0 for a sphere
  Vector3 normal{0, 0, 1};  ///< of the faces, a unit vector

  double volume() const {
    return std::numbers::pi * radius * (4.0 / 3 * radius * radius + std::numbers::pi * radius * flat + 2 * flat * flat);
  }
  double wall_radius() const { return radius + carbon_radius; }
  /// Bondi 1964, doi:10.1021/j100785a001.
  static constexpr double carbon_radius = 1.70;
};

struct PoreRequest {
  double closed_volume = 0;      ///< all closed pores together [angstrom^3]
  double mean_radius = 6;        ///< [angstrom]
  double spacing = 3.6;          ///< between layers [angstrom]
  double radius_spread = 0.15;   ///< standard deviation of ln(radius), estimate
  double orientation_order = 0;  ///< <P2> of the normals of flat pores about z
  double flatness = 0;           ///< of drawn closed pores, about: radius of the flat faces over the pore's radius
};

/// That of the closed pores of a carbon: slits between stacks, about twice as wide as thick (Stevens & Dahn 2000,
/// doi:10.1149/1.1393348, draw them so; the number is an estimate). Round pores leave 0.56
/// of the sides of layers unpaired instead of 0.42 and stacks of 9 instead of 12 angstrom, with as many hexagons (two
/// boxes of 8000 atoms each, nothing else changed).
inline constexpr double pore_flatness = 1;

/// <4/3 pi r^3> of a lognormal distribution of this mean radius [angstrom^3]: that of the mean times exp(3 spread^2).
double mean_pore_volume(double mean_radius, double radius_spread);

/// Largest share of the volume that closed pores of one radius fill, when each keeps a layer of its own: 0.60 of the
/// cell for pores with half a spacing and the wall round them (random close packing of equal spheres is 0.64).
double most_pore_share(double radius, double spacing, double flatness = 0);

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

/// Closed seeds with a radius get their pores, heaviest first, as long as the wanted volume has room for half of the
/// next. For what is left of the volume it draws lognormal radii, makes the pores so flat that they add up to it, turns
/// them at random, puts them on the heaviest seeds without a radius first (the largest on the heaviest) and elsewhere
/// at random, and pushes overlapping ones apart until the nuclei of any two walls are 2.2 spacings apart, or, where the
/// volume does not fit like that, one spacing: each pore keeps a complete layer of its own. Pores that still overlap
/// are left out, and the layout says so. A volume below half a mean sphere gives no drawn pore; at flatness 0 it is the
/// radii that are scaled to the volume.
///
/// Open seeds get pores in the ratio of the weights of open and closed seeds (one each when there is no closed one).
/// A periodic cell has no outside, so they are joined to each other: in order of height by straight channels of half
/// the mean radius, at least 2 angstrom (helium needs 1.3), the last with the first through the periodic face in z.
/// Helium then walks through the cell for ever, which is what void analysis calls open. The layers round pores and
/// channels are whole but for the mouths where a channel enters a pore. Closed pores keep away from the channels.
/// EXPECTS mean_radius > 0 and spacing > 0.
PoreLayout place_pores(const PoreRequest& request, std::span<const PoreSeed> seeds, const PeriodicCube& cube,
                       Stream& stream);

}  // namespace cardhouse
