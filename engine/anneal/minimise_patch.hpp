#pragma once

#include <limits>
#include <vector>

#include "engine/anneal/patch.hpp"

namespace cardhouse {

struct PatchMinimiser {
  int max_steps = 80;
  double force_tolerance = 0.05;   ///< largest force on an atom [eV/angstrom]
  double max_displacement = 0.15;  ///< of an atom in one step [angstrom]

  /// The energy that is still to be gained is taken to be at most softness |F|^2 + reserve: a harmonic well of
  /// curvature k has |F|^2 / 2k, and what soft modes hold goes into the reserve [angstrom^2/eV], [eV]. Estimates; in
  /// 6000 trials on a scrambled sheet no decision changed (tested).
  double softness = 0.02;
  double reserve = 0.5;
  bool early_rejection = true;
};

/// Where a minimisation ended.
struct PatchMinimum {
  double energy = 0;  ///< [eV]
  int evaluations = 0;
  bool rejected = false;  ///< stopped because it would have ended above the threshold
};

/// Moves the free atoms of a patch downhill by limited-memory BFGS (Nocedal 1980,
/// doi:10.1090/S0025-5718-1980-0572855-7) and leaves their positions in `positions`. Stops as soon as E - softness
/// |F|^2 - reserve is above `threshold` (early rejection, D'Ambrosio & Barkema 2021, doi:10.3390/nano11051242).
PatchMinimum minimise_patch(Patch& patch, const PatchMinimiser& options, double threshold,
                            std::vector<Vector3>& positions);

/// Without a threshold.
inline PatchMinimum minimise_patch(Patch& patch, const PatchMinimiser& options, std::vector<Vector3>& positions) {
  return minimise_patch(patch, options, std::numeric_limits<double>::infinity(), positions);
}

}  // namespace cardhouse
