#pragma once

#include <string>
#include <vector>

#include "engine/base/observer.hpp"
#include "engine/structure/build_carbon.hpp"

namespace cardhouse {

/// One pass of the feedback: the ratio that was tried and the spacing it gave.
struct SpacingPass {
  double ratio = 0;    ///< BuildOptions::spacing_ratio
  double spacing = 0;  ///< d002 after relaxation; 0 when there was no (002) reflection [angstrom]
};

struct SpacingFeedbackOptions {
  std::string potential = "sp2-bonded+lennard-jones";
  int passes = 4;           ///< at most; 1 builds without feedback
  double tolerance = 0.03;  ///< of d002 [angstrom]
  int relax_steps = 200;
};

struct FedBackCarbon {
  BuiltCarbon carbon;
  std::vector<SpacingPass> passes;
  double spacing = 0;  ///< of the pass that was kept [angstrom]
  bool met = false;    ///< it met the tolerance
};

/// Builds, relaxes (cell included) and measures the (002) spacing; corrects the spacing of the field by the measured
/// ratio, by the secant from the third pass on, and builds again until the target is met. Returns the best pass.
FedBackCarbon build_to_spacing(const CarbonTargets& targets, BuildOptions options, std::uint64_t seed,
                               const SpacingFeedbackOptions& feedback, const ProgressObserver& observer);

}  // namespace cardhouse
