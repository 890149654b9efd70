#pragma once

#include "engine/base/observer.hpp"
#include "engine/base/stream.hpp"
#include "engine/builder/lamellar_seeds.hpp"
#include "engine/builder/pore_placement.hpp"
#include "engine/builder/scalar_grid.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

struct LamellarFieldOptions {
  GrainShape grains;
  double edge = 0;            ///< of the cube [angstrom]
  double grid_spacing = 1.0;  ///< largest step of the grid [angstrom]
  int anneal_steps = 200;
  double crosslinks_per_cluster = 0;  ///< mean; pins the field
  TargetField field = {};             ///< where the crosslinks are; empty: anywhere
};

/// Grows a field whose zero level set is the layers of a carbon: grains drawn at random, complete shells of layers
/// round every pore, then annealing, slowed where crosslinks sit. The idea of letting an image of the layers lead the
/// atoms: Leyssale et al. 2009, doi:10.1063/1.3272949. O(points log points) per step.
ScalarGrid grow_lamellar_field(const LamellarFieldOptions& options, const PoreLayout& pores,
                               const ProgressObserver& observer, Stream& stream);

/// Share of each annealing step that a point follows: exp(-X(r)/0.5) with X(r) the local number of crosslinks per
/// aromatic cluster (0.5: estimate). Crosslinks sit at random, in proportion to those of the field where it has any,
/// one smoothing length (one layer spacing) wide each; a cluster has 14 carbons (estimate). Empty for no crosslinks:
/// all points free.
std::vector<double> crosslink_mobility(const LamellarFieldOptions& options, const ScalarGrid& like, Stream& stream);

}  // namespace cardhouse
