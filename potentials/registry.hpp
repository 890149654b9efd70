#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/registry.hpp"
#include "engine/structure/bond_graph.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

/// What every potential can be asked for.
struct PotentialOptions {
  /// Pair terms that diverge at contact go over to a parabola where their force reaches this value [eV/angstrom], so
  /// that a builder's overlaps can be pulled apart gently. Energy and force stay continuous.
  double force_cap = std::numeric_limits<double>::infinity();
  /// Parameters of a potential that reads them from a file; empty means the shipped file. Others pass over it.
  std::string parameter_file = {};
};

using MakePotential = std::unique_ptr<Potential> (*)(const CarbonStructure&, const PotentialOptions&);

/// What a potential does with the bonds of a structure.
enum class BondUse : std::uint8_t {
  None,    ///< does not read them
  Needed,  ///< its terms belong to the bonds given, which stay
  Formed,  ///< does not read them: they form and break with the distances
  Both,    ///< forms and breaks bonds, but those given tell some of its terms what belongs together
};

/// Whether a potential reads PotentialOptions::parameter_file.
enum class ParameterFile : std::uint8_t {
  None,     ///< its numbers stand in the program, or are the shipped ones
  Shipped,  ///< a file comes with the program; another may be named
  Named,    ///< none comes with the program; one must be named
};

/// A line of the registry; its first fields are those of RegistryEntry.
struct PotentialEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view reference;
  MakePotential make;
  BondUse bonds;
  ParameterFile file;
  std::span<const Element> elements;  ///< by atomic number, with the shipped parameters; empty: those of the file named

  bool forms_bonds() const { return bonds == BondUse::Formed || bonds == BondUse::Both; }
  bool reads_bonds() const { return bonds == BondUse::Needed || bonds == BondUse::Both; }
};

/// Every potential, in alphabetical order.
std::span<const PotentialEntry> potentials();
/// The entry called `name`. Throws InputError at `place` with the nearest name when there is none.
const PotentialEntry& find_potential(std::string_view name, const SourcePlace& place = {});

/// The potential called `name` for this structure. Throws InputError for an unknown name (with the nearest) and for
/// elements or coordinations that the potential has no parameters for.
std::unique_ptr<Potential> make_potential(std::string_view name, const CarbonStructure& structure,
                                          const PotentialOptions& options = {});

}  // namespace cardhouse
