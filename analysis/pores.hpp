#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/slab.hpp"
#include "analysis/void_paths.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"
#include "engine/io/table.hpp"
#include "engine/structure/atoms.hpp"
#include "engine/structure/vector3.hpp"

namespace cardhouse {

/// What can enter a pore. In an all-periodic cell "reached" means that the region of the probe percolates.
enum class PoreClass {
  Closed,      ///< fully closed: helium does not reach it
  SemiClosed,  ///< helium reaches it, nitrogen (and with it solvents) does not
  Open,        ///< nitrogen reaches it
};
const char* name_of(PoreClass pore_class);

struct PoreOptions {
  double spacing = 0.5;  ///< of the grid [angstrom]
  /// Kinetic diameters of the probes [angstrom] (Breck, Zeolite Molecular Sieves, 1974, table 8.14).
  double helium_diameter = 2.6;
  double carbon_dioxide_diameter = 3.3;
  double nitrogen_diameter = 3.64;
  /// Sodium ion, six-coordinated, radius 1.02 (Shannon 1976, doi:10.1107/S0567739476001551), and the same with its
  /// shell of solvent: 7-9 with diglyme, 8-10 with carbonates (estimate) [angstrom].
  double sodium_diameter = 2.04;
  double solvated_sodium_diameter = 8.0;
  /// Density of perfect graphite, 2.26 g/cm3, the reference of the closed pore volume [dalton/angstrom^3].
  double graphite_density = 2.26e-24 / (constants::atomic_mass_kilogram * 1e3);
  double bin_width = 0.5;        ///< of the size distribution, in diameter [angstrom]
  double largest_diameter = 20;  ///< the distribution has bins to here at least [angstrom]
  /// Grids shifted against each other by fractions of a step; the spread of the results is the error. 1 to 4.
  int grids = 4;
  int surface_points = 100;           ///< test points of the surface area on every atom, at least 10
  double least_throat_radius = 1.02;  ///< narrower throats join no neighbours: the sodium ion [angstrom]
  /// Two cavities are two pores when the throat between them is narrower than this times the smaller (by radius), see
  /// cavities.hpp. An estimate: overlapping spheres that share less than half of their cross section.
  double neck_ratio = 0.7;
  /// A slab: number 0..2 of the cell vector along which vacuum lies. Densities then refer to the slab, the vacuum is
  /// the outside and no pore (see slab.hpp), while areas hold the two faces, which gas touches; it must be wider than
  /// the largest probe. -1: the carbon fills its cell.
  int vacuum_axis = -1;
};

/// One pore. Closed pores lie in the closed regions of helium; semi-closed and open ones in the regions of nitrogen
/// inside the percolating region of helium (the rest of that region, necks and galleries, has no pore of its own). A
/// region with necks holds several pores.
struct MeasuredPore {
  PoreClass pore_class = PoreClass::Closed;
  bool reached_by_carbon_dioxide = false;
  double volume = 0;         ///< occupiable by its probe [angstrom^3]
  double sphere_radius = 0;  ///< largest inscribed sphere, between van der Waals surfaces [angstrom]
  Vector3 centre;            ///< of that sphere
  Vector3 centroid;          ///< of the pore (the sphere centre when it percolates)
  double area = 0;           ///< that the centre of its probe can touch, see surface_area.hpp [angstrom^2]
  /// Mouth, widest throat and neighbouring pores, see void_paths.hpp.
  PoreConnection connection;
  /// Mouth over sphere radius: 0 for a pore without any way out, 1 for a channel without necks.
  double openness() const { return sphere_radius > 0 ? std::min(1.0, connection.mouth_radius / sphere_radius) : 0; }
};

/// What a probe can touch, per mass [angstrom^2/dalton]; the error is that of counting points.
struct ProbeArea {
  Estimate total;  ///< closed pores included
  Estimate open;   ///< what gas adsorption sees
};

/// What one probe finds.
struct ProbeReport {
  std::string name;
  double diameter = 0;     ///< [angstrom]
  Estimate open_volume;    ///< occupiable from outside [angstrom^3/dalton]
  Estimate closed_volume;  ///< occupiable, but not from outside [angstrom^3/dalton]
  ProbeArea area;
};

/// Volume per mass and bin of pore diameter (largest sphere covering each point, Gelb & Gubbins 1999,
/// doi:10.1021/la9808418). What is neither open nor closed is too narrow for helium. An empty bin holds zeros.
struct PoreSizeDistribution {
  std::vector<double> diameters;  ///< bin edges, one more than bins [angstrom]
  std::vector<Estimate> total;    ///< all space outside the atoms [angstrom^3/dalton]
  std::vector<Estimate> open;     ///< by spheres that helium reaches
  std::vector<Estimate> closed;   ///< by spheres that hold helium but are not reached
};

/// Volumes in angstrom^3/dalton, densities in dalton/angstrom^3. Errors come from the grid alone.
struct PoreReport {
  double geometric_density = 0;  ///< mass / volume of the cell or slab, exact
  Estimate helium_density;       ///< mass / (volume - volume occupiable by helium from outside)
  Estimate open_volume;          ///< occupiable by nitrogen from outside
  Estimate semi_closed_volume;   ///< occupiable by helium from outside, but not by nitrogen
  Estimate closed_volume;        ///< occupiable by helium, not from outside
  /// 1/helium density - 1/graphite density: what a pycnometer calls closed pores. It contains the excess of the layer
  /// spacing over graphite and every gap too narrow for helium, so it exceeds closed_volume.
  Estimate pycnometric_closed_volume;
  Estimate closed_radius;   ///< sphere radius of closed pores, weighted by volume; 0 without closed pores [angstrom]
  Estimate largest_radius;  ///< largest sphere anywhere; 0 when there is no space outside the atoms [angstrom]
  ProbeArea nitrogen_area, carbon_dioxide_area;
  std::vector<ProbeReport> probes;  ///< sodium ion, helium, carbon dioxide, nitrogen, solvated sodium
  SphereDiameters spheres;          ///< from the Voronoi graph, no grid
  std::vector<MeasuredPore> pores;  ///< of the first grid, by class, from large to small
  std::vector<PoreThroat> throats;  ///< between them, each once
  Estimate number_density;          ///< pores per volume [1/angstrom^3]
  PoreSizeDistribution sizes;
};

/// The slab that the options speak of, or the whole cell. Throws InputError as Slab does.
Slab slab_of(const Atoms& atoms, const PoreOptions& options);

/// Throws InputError for options out of range.
void check_pore_options(const PoreOptions& options);

/// All pore quantities of a structure. Throws InputError for a structure without atoms and for options out of range.
PoreReport analyse_pores(const Atoms& atoms, const PoreOptions& options = {});

/// The same as tables with units: one row a pore (class 0 closed, 1 semi-closed, 2 open), a throat, a probe, a bin.
Table pore_table(const PoreReport& report);
Table throat_table(const PoreReport& report);
Table probe_table(const PoreReport& report);
Table size_distribution_table(const PoreReport& report);

}  // namespace cardhouse
