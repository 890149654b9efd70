#include "engine/carbonize/carbon_targets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

/// The chemistry's cells as the builder reads them.
TargetField field_of(const CarbonizeResult& result) {
  TargetField field;
  field.sides = result.sides;
  for (const auto& cell : result.cells) {
    field.crosslinks_per_cluster.push_back(cell.crosslinks);
    field.hydrogen_per_carbon.push_back(cell.hydrogen_per_carbon);
    field.oxygen_per_carbon.push_back(cell.oxygen_per_carbon);
    field.nitrogen_per_carbon.push_back(cell.nitrogen_per_carbon);
  }
  return field;
}

}  // namespace

double anneal_steps(double barrier) {
  struct Point {
    double barrier;  // kJ/mol
    double steps;
  };
  constexpr std::array<Point, 3> points = {{{344, 60}, {462, 400}, {550, 1500}}};
  const double at = in_unit(barrier, "kJ/mol");
  if (at <= points.front().barrier) return points.front().steps;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto& a = points[i - 1];
    const auto& b = points[i];
    if (at > b.barrier) continue;
    return a.steps * std::pow(b.steps / a.steps, (at - a.barrier) / (b.barrier - a.barrier));
  }
  return points.back().steps;
}

double handles_removed(double barrier, double excess_crosslinks) {
  const double mobile = (in_unit(barrier, "kJ/mol") - 344) / (462 - 344);
  return std::clamp(mobile, 0.0, 1.0) * std::exp(-std::max(0.0, excess_crosslinks));
}

CarbonTargets carbon_targets(const CarbonizeResult& result, const Process& process) {
  const ExpectedCarbon carbon = expected_carbon(result, process);
  CarbonTargets targets;
  targets.interlayer_spacing = carbon.interlayer_spacing.value;
  targets.layer_extent = carbon.layer_extent.value;
  targets.stack_height = carbon.stack_height.value;
  targets.hydrogen_per_carbon = result.hydrogen_per_carbon;
  targets.oxygen_per_carbon = result.oxygen_per_carbon;
  targets.nitrogen_per_carbon = result.nitrogen_per_carbon;
  targets.crosslinks_per_cluster = result.crosslinks_per_cluster;
  targets.anneal_steps = anneal_steps(result.ordering.barrier) * std::clamp(carbon.mobility, 0.2, 5.0);
  targets.pore_radius = carbon.pore_radius.value;
  targets.closed_pore_volume = carbon.closed_pore_volume.value;
  targets.orientation_order = process.material.reference.orientation_order;
  targets.handles_removed =
      handles_removed(result.ordering.barrier, result.ordered.crosslinks - process.material.reference.crosslinks);
  targets.pores = result.pores;
  targets.field = field_of(result);
  return targets;
}

}  // namespace cardhouse
