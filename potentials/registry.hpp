#pragma once

#include <limits>
#include <memory>
#include <span>
#include <string>

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

/// Every potential, in alphabetical order.
std::span<const RegistryEntry<MakePotential>> potentials();

/// The potential called `name` for this structure. Throws InputError for an unknown name (with the nearest) and for
/// elements or coordinations that the potential has no parameters for.
std::unique_ptr<Potential> make_potential(std::string_view name, const CarbonStructure& structure,
                                          const PotentialOptions& options = {});

}  // namespace cardhouse
