#include "engine/app/stages/spacing_feedback.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/pores.hpp"
#include "analysis/reflections.hpp"
#include "engine/base/contracts.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {
namespace {

constexpr double box_scatter = 0.04;        // of d002 from box to box [angstrom]
constexpr double usual_slope = -3.0;        // of d002 against the ratio [angstrom]
constexpr double slope_scatter = 0.7;       // [angstrom]
constexpr double least_ratio_step = 0.002;  // a box with the same ratio would be the same box
constexpr double step_in_the_dark = 0.02;   // while no box had a reflection (estimate)
constexpr double usual_pore_share = 0.85;   // of the placed pore volume after relaxation
constexpr double pore_tolerance = 0.15;
constexpr double least_pore_tolerance = 8.3e-3;  // 0.005 cm3/g [angstrom^3/dalton]

// As one would relax it for good: a few hundred steps of FIRE leave d002 0.03 angstrom too small (measured).
CarbonStructure relaxed(CarbonStructure carbon, const SpacingFeedbackOptions& feedback) {
  RelaxOptions options;
  options.potential = feedback.potential;
  options.minimiser.kind = MinimiserKind::Lbfgs;
  options.minimiser.max_steps = feedback.relax_steps;
  options.minimiser.cell = CellRelaxation::Isotropic;
  options.least_separation = crumpled_separation;
  relax_structure(carbon, options);
  return carbon;
}

Estimate measured_spacing(const CarbonStructure& carbon) {
  const auto reflection = find_reflection(scattering(PairHistogram::periodic(carbon.atoms), q_grid()), search_002);
  return reflection ? reflection->spacing : Estimate{};
}

double closed_pores(const CarbonStructure& carbon) {
  return analyse_pores(carbon.atoms, {.grids = 1}).closed_volume.value;
}

// What relaxation left of the pores that were placed. Voids elsewhere count too, hence the limits.
double pore_share(const BuildReport& report, const SpacingPass& pass) {
  const double placed = report.closed_pore_volume.reached;
  return placed > 0 ? std::clamp(pass.closed_pore_volume / placed, 0.6, 1.3) : usual_pore_share;
}

// Of the quantity that misses its target by more tolerances.
double worse_miss(const SpacingPass& pass, const CarbonTargets& targets, const SpacingFeedbackOptions& feedback) {
  return std::max(std::abs(pass.spacing.value - targets.interlayer_spacing) / feedback.tolerance,
                  std::abs(pass.closed_pore_volume - targets.closed_pore_volume) / pore_volume_tolerance(targets));
}

bool was_tried(const std::vector<SpacingPass>& passes, double ratio) {
  return std::any_of(passes.begin(), passes.end(), [&](const SpacingPass& pass) { return pass.ratio == ratio; });
}

// The passes that had a reflection.
std::vector<SpacingPass> seen(const std::vector<SpacingPass>& passes) {
  std::vector<SpacingPass> found;
  for (const SpacingPass& pass : passes)
    if (pass.spacing.value > 0) found.push_back(pass);
  return found;
}

// None when it would be the same box again: the target is out of reach. Without any reflection yet, a little closer.
std::optional<double> another_ratio(const std::vector<SpacingPass>& passes, double target) {
  const std::vector<SpacingPass> found = seen(passes);
  double ratio = found.empty() ? passes.back().ratio + step_in_the_dark : next_spacing_ratio(found, target);
  while (std::any_of(passes.begin(), passes.end(),
                     [&](const SpacingPass& pass) { return std::abs(pass.ratio - ratio) < 0.5 * least_ratio_step; }))
    ratio += least_ratio_step;
  ratio = std::clamp(ratio, BuildOptions::lowest_spacing_ratio, BuildOptions::highest_spacing_ratio);
  if (was_tried(passes, ratio)) return std::nullopt;
  return ratio;
}

}  // namespace

double first_spacing_ratio(const CarbonTargets& targets) {
  return 1.01 + 0.04 * targets.handles_removed;
}

double next_spacing_ratio(const std::vector<SpacingPass>& passes, double target) {
  EXPECTS(!passes.empty());
  const auto number = static_cast<double>(passes.size());
  double mean_ratio = 0, mean_spacing = 0;
  for (const SpacingPass& pass : passes) {
    mean_ratio += pass.ratio / number;
    mean_spacing += pass.spacing.value / number;
  }
  const double noise = box_scatter * box_scatter, beforehand = slope_scatter * slope_scatter;
  double weight = 1 / beforehand, sum = usual_slope / beforehand;
  for (const SpacingPass& pass : passes) {
    weight += (pass.ratio - mean_ratio) * (pass.ratio - mean_ratio) / noise;
    sum += (pass.ratio - mean_ratio) * (pass.spacing.value - mean_spacing) / noise;
  }
  const double slope = std::min(sum / weight, 0.5 * usual_slope);  // it falls for sure
  return mean_ratio + (target - mean_spacing) / slope;
}

double pore_volume_tolerance(const CarbonTargets& targets) {
  return std::max(pore_tolerance * targets.closed_pore_volume, least_pore_tolerance);
}

FedBackCarbon build_to_spacing(const CarbonTargets& targets, BuildOptions options, std::uint64_t seed,
                               const SpacingFeedbackOptions& feedback, const ProgressObserver& observer) {
  options.spacing_ratio = first_spacing_ratio(targets);
  CarbonTargets asked = targets;
  if (feedback.passes > 1) asked.closed_pore_volume = targets.closed_pore_volume / usual_pore_share;
  FedBackCarbon best{build_carbon(asked, options, seed, {}), std::nullopt, {}, 0, false};
  if (feedback.passes <= 1) return best;
  BuiltCarbon current = best.carbon;
  double smallest = std::numeric_limits<double>::infinity();
  while (true) {
    CarbonStructure measured = relaxed(current.structure, feedback);
    best.passes.push_back({options.spacing_ratio, measured_spacing(measured), closed_pores(measured)});
    notify(observer, static_cast<double>(best.passes.size()) / feedback.passes);
    asked.closed_pore_volume = targets.closed_pore_volume / pore_share(current.report, best.passes.back());
    const double miss = worse_miss(best.passes.back(), targets, feedback);
    if (miss < smallest) {
      smallest = miss;
      best.carbon = std::move(current);
      best.relaxed = std::move(measured);
      best.kept = best.passes.size() - 1;
      best.met = miss <= 1;
    }
    if (best.met || static_cast<int>(best.passes.size()) == feedback.passes) break;
    const auto ratio = another_ratio(best.passes, targets.interlayer_spacing);
    if (!ratio) break;
    options.spacing_ratio = *ratio;
    current = build_carbon(asked, options, seed, {});
  }
  best.carbon.report.closed_pore_volume.wanted = targets.closed_pore_volume;
  return best;
}

}  // namespace cardhouse
