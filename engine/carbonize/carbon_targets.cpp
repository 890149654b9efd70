#include "engine/carbonize/carbon_targets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

double celsius(double degrees) {
  return degrees + constants::ice_point;
}

/// Straight lines between the points, constant beyond them.
double helium_density(const std::vector<HeliumDensity>& curve, double temperature) {
  if (temperature <= curve.front().temperature) return curve.front().density;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    if (temperature > curve[i].temperature) continue;
    const auto& a = curve[i - 1];
    const auto& b = curve[i];
    return a.density + (b.density - a.density) * (temperature - a.temperature) / (b.temperature - a.temperature);
  }
  return curve.back().density;
}

double closed_pore_volume(double helium_density, double interlayer_spacing) {
  return std::max(0.0, 1 / helium_density - 1 / layer_density(interlayer_spacing));
}

double pore_radius(double temperature) {
  return std::clamp(3.5 + 2.5 * (temperature - celsius(800)) / 500, 3.5, 11.0);
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

CarbonTargets carbon_targets(const CarbonizeResult& result, const Precursor& precursor) {
  const auto& reference = precursor.reference;
  const double temperature = result.ordering.equivalent_temperature;
  const double x = (temperature - celsius(1300)) / 1000;
  CarbonTargets targets;
  targets.interlayer_spacing = reference.interlayer_spacing - 0.314 * x;
  targets.layer_extent = reference.layer_extent * std::exp(0.545 * x);
  targets.stack_height = reference.stack_height * std::exp(0.434 * x);
  targets.hydrogen_per_carbon = result.hydrogen_per_carbon;
  targets.oxygen_per_carbon = result.oxygen_per_carbon;
  targets.nitrogen_per_carbon = result.nitrogen_per_carbon;
  targets.crosslinks_per_cluster = result.crosslinks_per_cluster;
  targets.anneal_steps = anneal_steps(result.ordering.barrier);
  targets.pore_radius = pore_radius(temperature);
  targets.closed_pore_volume =
      closed_pore_volume(helium_density(reference.helium_density, temperature), targets.interlayer_spacing);
  targets.orientation_order = reference.orientation_order;
  targets.pores = result.pores;
  return targets;
}

}  // namespace cardhouse
