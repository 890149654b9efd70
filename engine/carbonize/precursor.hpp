#pragma once
// A precursor is data: what it is made of, the rules it reacts by, and what its carbons look like.

#include <cstddef>
#include <string>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/carbonize/rule_library.hpp"

namespace cardhouse {

/// A species of a material and its share of the mass.
struct PrecursorPart {
  std::size_t species = 0;
  double mass = 0;
};

/// Places for bridges that a network species joins at the start.
struct NetworkPart {
  std::size_t species = 0;
  double places = 0;  ///< per dalton of the material
};

/// The network of clusters (aromatic or pre-aromatic units) joined by bridges, after the CPD lattice (Grant 1989,
/// doi:10.1021/ef00014a011): each cluster has `coordination` = sigma + 1 places for a bridge.
struct ClusterNetwork {
  double coordination = 3;
  double clusters = 0;               ///< per dalton of the material
  std::vector<NetworkPart> bridges;  ///< CROSSLINK first, then the labile ones
};

/// Density of the carbon as helium sees it, against the two-hour equivalent temperature.
struct HeliumDensity {
  double temperature = 0;  ///< [K]
  double density = 0;      ///< [dalton/angstrom^3]
};

/// The untreated material's carbon after 5 K/min to 1300 degC and two hours, from which the within-series laws start.
/// The errors are those of the material: how far carbons of one recipe differ between papers.
struct ReferenceCarbon {
  Estimate interlayer_spacing;                ///< d002 [angstrom]
  Estimate layer_extent;                      ///< La [angstrom]
  Estimate stack_height;                      ///< Lc [angstrom]
  Estimate raman_ratio;                       ///< ID/IG of heights at 514 nm
  Estimate surface_area;                      ///< N2-BET [angstrom^2/dalton]
  double orientation_order = 0;               ///< <P2> of the layer normals
  double crosslinks = 0;                      ///< per cluster
  double pore_gas = 0;                        ///< molecules that ever joined a closed pore, per dalton of precursor
  std::vector<HeliumDensity> helium_density;  ///< by rising temperature
};

/// Everything the reaction lattice needs to know about a material. Complete and checked once loaded.
struct Precursor {
  std::string name;
  std::string summary;
  RuleLibrary library;
  std::vector<PrecursorPart> parts;  ///< of positive mass, together one
  double density = 0;                ///< [dalton/angstrom^3]
  ClusterNetwork network;
  ReferenceCarbon reference;
};

/// One ingredient of a mixture.
struct Ingredient {
  std::string name;
  double mass = 0;  ///< share, or of the element for ash
  SourcePlace place = {};
};

/// Reads the key `precursor`, a name or a table of mass shares that add up to one, and `ash`, a table of mass per mass
/// of the elements K, Ca, Si, Mg that are added; what `table` leaves out is taken from `defaults`, where given.
/// Mixtures join the rules, add volumes, clusters and places, and average the reference carbon by mass. Files are
/// sought in `data_folder`/precursors and /rules. Throws InputError.
Precursor read_precursor(const DeckTable& table, const std::string& data_folder, const DeckTable* defaults = nullptr);

/// The precursor called `name` in `data_folder`/precursors; throws InputError at `place` with the nearest name.
Precursor load_precursor(const std::string& name, const std::string& data_folder, const SourcePlace& place = {});

}  // namespace cardhouse
