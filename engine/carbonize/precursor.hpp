#pragma once
// A precursor is data: what it is made of, the rules it reacts by, and what its carbons look like.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/carbonize/rule_library.hpp"

namespace cardhouse {

/// Molecules of one species in the smallest unit of a precursor.
struct PrecursorPart {
  std::size_t species = 0;
  std::int64_t count = 0;
};

/// The network of clusters (aromatic or pre-aromatic units) joined by bridges, after the CPD lattice (Grant 1989,
/// doi:10.1021/ef00014a011): each cluster has `coordination` = sigma + 1 places for a bridge.
struct ClusterNetwork {
  double coordination = 3;
  double intact_bridges = 0;     ///< share of places joined at the start: 0 for molecules, near 1 for a cured resin
  double crosslinks = 0;         ///< stable bridges per cluster at the start
  double clusters_per_unit = 1;  ///< clusters that one unit of the precursor ends up in
  std::string source;
};

/// Density of the carbon as helium sees it, against the two-hour equivalent temperature.
struct HeliumDensity {
  double temperature = 0;  ///< [K]
  double density = 0;      ///< [dalton/angstrom^3]
};

/// The material's carbon after two hours at 1300 degC, from which the within-series laws start.
struct ReferenceCarbon {
  double interlayer_spacing = 0;              ///< d002 [angstrom]
  double layer_extent = 0;                    ///< La [angstrom]
  double stack_height = 0;                    ///< Lc [angstrom]
  double orientation_order = 0;               ///< <P2> of the layer normals
  std::vector<HeliumDensity> helium_density;  ///< by rising temperature
};

/// Everything the reaction lattice needs to know about a material. Complete and checked once loaded.
struct Precursor {
  std::string name;
  std::string summary;
  RuleLibrary library;
  std::vector<PrecursorPart> unit;
  double density = 0;  ///< [dalton/angstrom^3]
  ClusterNetwork network;
  ReferenceCarbon reference;

  Formula unit_formula() const;
};

/// Reads a precursor file; the rule libraries it names under `rules` are sought in ../rules beside its folder. Throws
/// InputError naming file, line and key.
Precursor load_precursor(const std::string& path);

/// The precursor called `name` in `data_folder`/precursors; throws InputError at `place` with the nearest name.
Precursor load_precursor(const std::string& name, const std::string& data_folder, const SourcePlace& place = {});

}  // namespace cardhouse
