#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/observer.hpp"
#include "engine/base/statistics.hpp"
#include "engine/builder/build_carbon.hpp"

namespace cardhouse {

/// One pass of the feedback: the ratio that was tried and the spacing it gave.
struct SpacingPass {
  double ratio = 0;  ///< BuildOptions::spacing_ratio
  Estimate spacing;  ///< d002 after relaxation; 0 when there was no (002) reflection [angstrom]
  /// What helium could fill after relaxation but does not reach, see analysis/pores.hpp [angstrom^3/dalton].
  double closed_pore_volume = 0;
};

struct SpacingFeedbackOptions {
  std::string potential = "sp2-bonded+lennard-jones";
  int passes = 8;           ///< at most; 1 builds without feedback
  double tolerance = 0.03;  ///< of d002 [angstrom]
  int relax_steps = 150;    ///< evaluations of the potential
};

struct FedBackCarbon {
  BuiltCarbon carbon;
  std::optional<CarbonStructure> relaxed;  ///< the same, relaxed as it was measured; none without feedback
  std::vector<SpacingPass> passes;
  std::size_t kept = 0;  ///< index of the pass that was kept
  bool met = false;      ///< spacing and closed pore volume met their tolerances
};

/// 15 % of the target, or 0.005 cm3/g where that is more (estimate: the scatter of the void between layers)
/// [angstrom^3/dalton].
double pore_volume_tolerance(const CarbonTargets& targets);

/// Ratio for the first pass: 1.05 without handles (three relaxed boxes of 8000 atoms with flat pores gave 3.65 to 3.81
/// where 3.75 was wanted), 1.01 with all of them (estimate), a straight line between.
double first_spacing_ratio(const CarbonTargets& targets);

/// Ratio for the next pass: where a straight line d = a + b ratio through the passes meets the target. A small box
/// scatters about that line by 0.04 angstrom (standard deviation over seeds, measured; the grains, handles and pores
/// come out anew each time), hence not a secant through two passes: b is the Bayesian estimate from all passes, that
/// scatter and a slope of -3.0(7) angstrom beforehand (measured between ratios of 1.04 and 1.14), a follows from their
/// means. EXPECTS at least one pass.
double next_spacing_ratio(const std::vector<SpacingPass>& passes, double target);

/// Builds, relaxes (cell included) and measures the (002) spacing and the closed pores; corrects the spacing of the
/// field and the volume of the pores, which shrink by about 15 % as the carbon relaxes (measured), and builds again
/// until both targets are met or the passes are used up. Returns the best pass: the one whose worse quantity misses
/// least, in tolerances.
FedBackCarbon build_to_spacing(const CarbonTargets& targets, BuildOptions options, std::uint64_t seed,
                               const SpacingFeedbackOptions& feedback, const ProgressObserver& observer);

}  // namespace cardhouse
