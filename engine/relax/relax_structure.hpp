#pragma once

#include <string>

#include "engine/base/errors.hpp"
#include "engine/relax/fire.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Least separation for a structure fresh from the builder, whose bonds may be crumpled: the capped first steps smooth
/// them out [angstrom].
inline constexpr double crumpled_separation = 0.01;

struct RelaxOptions {
  std::string potential = "sp2-bonded+lennard-jones";  ///< name in the registry
  SourcePlace place = {};                              ///< where the name stands, for messages
  FireOptions fire = {};
  /// A builder's layers may touch: the first steps, at most this many, run at fixed cell with capped contact forces.
  int capped_steps = 50;
  double force_cap = 2.0;         ///< [eV/angstrom]
  double least_separation = 0.5;  ///< atoms closer than this are an error [angstrom]
};

/// Relaxes a structure with a potential of the registry. The report covers both stages; its energies are those of the
/// uncapped potential. Throws InputError for an unknown potential, missing parameters, or overlapping atoms (naming
/// them). Example: `relax_structure(carbon, {.fire = {.cell = CellRelaxation::Isotropic}})`.
RelaxReport relax_structure(CarbonStructure& structure, const RelaxOptions& options = {},
                            const RelaxObservers& observers = {});

}  // namespace cardhouse
