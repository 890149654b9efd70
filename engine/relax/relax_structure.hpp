#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/communicator.hpp"
#include "engine/base/errors.hpp"
#include "engine/relax/dynamics.hpp"
#include "engine/relax/minimise.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Least separation for a structure fresh from the builder, whose bonds may be crumpled: the capped first steps smooth
/// them out [angstrom].
inline constexpr double crumpled_separation = 0.01;

struct RelaxOptions {
  std::string potential = "sp2-bonded+lennard-jones";  ///< name in the registry
  SourcePlace place = {};                              ///< where the name stands, for messages
  MinimiserOptions minimiser = {};
  /// A builder's layers may touch: the first steps, at most this many, run by FIRE at fixed cell with capped contact
  /// forces.
  int capped_steps = 50;
  double force_cap = 2.0;           ///< [eV/angstrom]
  double least_separation = 0.7;    ///< atoms closer than this are an error [angstrom]; the bond of H2 has 0.74
  std::string parameter_file = {};  ///< of the potential; empty for the shipped one
  /// Run between two minimisations: without the first the strain of the structure would turn into heat.
  std::optional<DynamicsOptions> dynamics = {};
  /// Ranks that relax together, each of them with the whole structure at hand.
  Communicator ranks = {};
  /// Parts into which the cell is cut, shared by the ranks. The result depends on this number by rounding and not at
  /// all on the number of ranks. 0: as many as there are ranks, or the most that are thick enough; 1: every rank does
  /// the whole.
  int bricks = 0;
};

/// The potential that relax_structure takes. Throws InputError at `options.place` for an unknown name, parameters that
/// cannot be read, and elements that they do not cover, naming those of the structure.
std::unique_ptr<Potential> relaxation_potential(const CarbonStructure& structure, const RelaxOptions& options);

/// Throws InputError at `options.place`, naming the potential, when more than one brick is asked for and it has no
/// reach.
void require_divisible(const Potential& potential, const RelaxOptions& options);

/// Relaxes a structure with a potential of the registry. Steps in the report are those of all minimisations, its
/// energies those of the uncapped potential. Behind a potential that forms and breaks bonds the structure has the bonds
/// of BondGraph::from_distances. Throws InputError for an unknown potential, missing parameters or elements that they
/// do not cover (naming the elements of the structure), or overlapping atoms (naming them). Example:
/// `relax_structure(carbon, {.minimiser = {.cell = CellRelaxation::Isotropic}})`. With several ranks called by all of
/// them together; all have the relaxed structure and the same report. Observers as in minimise.hpp.
RelaxReport relax_structure(CarbonStructure& structure, const RelaxOptions& options = {},
                            const RelaxObservers& observers = {});

}  // namespace cardhouse
