#pragma once
// What the builder is asked for. Carbonize fills it from chemistry, a deck may give it directly.

#include <array>
#include <cstddef>
#include <vector>

#include "engine/structure/atoms.hpp"
#include "engine/structure/vector3.hpp"

namespace cardhouse {

/// Mass over volume of graphene layers `interlayer_spacing` [angstrom] apart: 2.62 angstrom^2 an atom (a = 2.46
/// angstrom, Haynes, CRC Handbook of Chemistry and Physics, 95th ed. 2014) [dalton/angstrom^3].
inline double layer_density(double interlayer_spacing) {
  return standard_mass(Element::C) / (2.62 * interlayer_spacing);
}

/// A place where a pore is to grow: fractional coordinates in the cell, its share of the pore volume, whether it is
/// joined to the outside, and its radius [angstrom], zero for one drawn about the mean.
struct PoreSeed {
  Vector3 fractional;
  double weight = 1;
  bool open = false;
  double radius = 0;
};

/// Composition and pinning from place to place, on a periodic grid of cells that fills the sample, x fastest. Empty
/// when only means are known; otherwise each list has one value a cell, and their means are those of CarbonTargets.
struct TargetField {
  std::array<std::size_t, 3> sides{};
  std::vector<double> crosslinks_per_cluster;
  std::vector<double> hydrogen_per_carbon;
  std::vector<double> oxygen_per_carbon;
  std::vector<double> nitrogen_per_carbon;
};

/// Targets of one carbon. Lengths [angstrom].
struct CarbonTargets {
  double interlayer_spacing = 3.75;  ///< d002
  double layer_extent = 29;          ///< La, of the seeds' scale
  double stack_height = 13.5;        ///< Lc
  double hydrogen_per_carbon = 0;    ///< atoms per atom
  double oxygen_per_carbon = 0;
  double nitrogen_per_carbon = 0;
  double edge_fraction = 0;           ///< share of edge atoms; 0: as many as the composition makes likely
  double crosslinks_per_cluster = 0;  ///< pins the lamellar field
  double anneal_steps = 200;          ///< steps of the field, from the ordering clock
  double pore_radius = 6;             ///< mean radius of closed pores
  double pore_radius_spread = 0.15;   ///< standard deviation of ln(radius), estimate
  double closed_pore_volume = 0;      ///< per mass of carbon [angstrom^3/dalton]
  double orientation_order = 0;       ///< <P2> of the layer normals about z: 0 isotropic, 1 aligned
  double handles_removed = 1;         ///< share of the handles of the layers, see remove_handles()
  std::vector<PoreSeed> pores;        ///< where pores grow; empty: anywhere
  TargetField field;
};

}  // namespace cardhouse
