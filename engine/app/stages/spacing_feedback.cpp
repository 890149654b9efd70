#include "engine/app/stages/spacing_feedback.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/reflections.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {
namespace {

double measured_spacing(CarbonStructure carbon, const SpacingFeedbackOptions& feedback) {
  RelaxOptions options;
  options.potential = feedback.potential;
  options.fire.max_steps = feedback.relax_steps;
  options.fire.cell = CellRelaxation::Isotropic;
  options.least_separation = crumpled_separation;
  relax_structure(carbon, options);
  const auto reflection = find_reflection(scattering(PairHistogram::periodic(carbon.atoms), q_grid()), search_002);
  return reflection ? reflection->spacing.value : 0;
}

double next_ratio(const std::vector<SpacingPass>& passes, double target) {
  const SpacingPass& last = passes.back();
  const double proportional = last.ratio * last.spacing / target;
  if (passes.size() < 2) return proportional;
  const SpacingPass& before = passes[passes.size() - 2];
  const double slope = (last.spacing - before.spacing) / (last.ratio - before.ratio);
  if (!std::isfinite(slope) || slope > -0.5)
    return proportional;  // spacing falls as the ratio grows; noise may hide it
  return last.ratio + std::clamp((target - last.spacing) / slope, -0.1, 0.1);
}

}  // namespace

FedBackCarbon build_to_spacing(const CarbonTargets& targets, BuildOptions options, std::uint64_t seed,
                               const SpacingFeedbackOptions& feedback, const ProgressObserver& observer) {
  FedBackCarbon best{build_carbon(targets, options, seed, {}), {}, 0, false};
  BuiltCarbon current = best.carbon;
  double smallest = std::numeric_limits<double>::infinity();
  while (static_cast<int>(best.passes.size()) < feedback.passes && !best.met) {
    if (!best.passes.empty()) {
      const double ratio = std::clamp(next_ratio(best.passes, targets.interlayer_spacing),
                                      BuildOptions::lowest_spacing_ratio, BuildOptions::highest_spacing_ratio);
      if (ratio == best.passes.back().ratio) break;  // already at the end of its range: out of reach
      options.spacing_ratio = ratio;
      current = build_carbon(targets, options, seed, {});
    }
    const double spacing = feedback.passes > 1 ? measured_spacing(current.structure, feedback) : 0;
    best.passes.push_back({options.spacing_ratio, spacing});
    notify(observer, static_cast<double>(best.passes.size()) / feedback.passes);
    if (spacing == 0) break;
    const double miss = std::abs(spacing - targets.interlayer_spacing);
    if (miss < smallest) smallest = miss, best.carbon = current, best.spacing = spacing;
    best.met = miss <= feedback.tolerance;
  }
  return best;
}

}  // namespace cardhouse
