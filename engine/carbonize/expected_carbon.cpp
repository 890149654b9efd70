#include "engine/carbonize/expected_carbon.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/carbonize/thermogravimetry_recorder.hpp"

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

Estimate shifted(const Estimate& reference, double slope, double slope_error, double x) {
  return {reference.value + slope * x, std::hypot(reference.error, slope_error * x)};
}

Estimate scaled(const Estimate& reference, double slope, double slope_error, double x) {
  const double value = reference.value * std::exp(slope * x);
  return {value, value * std::hypot(reference.error / reference.value, slope_error * x)};
}

Estimate times(const Estimate& value, double factor) {
  return {value.value * factor, value.error * std::abs(factor)};
}

/// Sums of the responses by quantity.
class Shifts {
 public:
  Shifts(const CarbonizeResult& result, const Process& process) {
    for (const auto& response : process.responses) {
      sums_[response.on] += response.effect(cause_of(response, result, process));
    }
  }
  double operator[](CarbonQuantity quantity) const {
    const auto found = sums_.find(quantity);
    return found == sums_.end() ? 0 : found->second;
  }
  double factor(CarbonQuantity quantity) const { return std::exp((*this)[quantity]); }

 private:
  std::map<CarbonQuantity, double> sums_;
};

Estimate not_below(const Estimate& value, double least) {
  return {std::max(least, value.value), value.error};
}

/// Volume of the carbon that was taken, per mass of what is left.
double opened_volume(const CarbonizeResult& result, double interlayer_spacing) {
  const double share = std::min(result.burn_off, 0.95);
  return share / (1 - share) / layer_density(interlayer_spacing);
}

void set_pores(const CarbonizeResult& result, const Process& process, const Shifts& shifts, ExpectedCarbon& carbon) {
  const double temperature = result.ordering.equivalent_temperature;
  const double spacing = carbon.interlayer_spacing.value;
  // Spacing that treatments add lightens layers and the carbon alike; it makes no pores.
  const double helium = helium_density(process.material.reference.helium_density, temperature);
  const double untreated =
      std::max(0.0, 1 / helium - 1 / layer_density(spacing - shifts[CarbonQuantity::InterlayerSpacing]));
  const double opened = std::max(0.0, opened_volume(result, spacing) + shifts[CarbonQuantity::OpenPoreVolume]);
  const bool closes = in_unit(result.ordering_after_opening.barrier, "kJ/mol") > 430;
  const double closed = closes ? opened * std::min(0.95, 0.6 * shifts.factor(CarbonQuantity::Closing)) : 0;
  const double slits = 4 * carbon.surface_area.value;
  // Helium densities of one recipe differ by about 0.1 g/cm3 between papers (estimate).
  const double error = 0.05 / helium;
  carbon.closed_pore_volume = not_below({untreated + closed + shifts[CarbonQuantity::ClosedPoreVolume], error}, 0);
  carbon.open_pore_volume = {slits + opened - closed, std::hypot(4 * carbon.surface_area.error, 0.2 * opened)};
  // Area of the opened pores: slits 8 angstrom wide.
  carbon.surface_area.value += (opened - closed) / 4;
  const double radius = std::clamp(3.5 + 2.5 * (temperature - celsius(800)) / 500, 3.5, 11.0);
  carbon.pore_radius = not_below({radius + shifts[CarbonQuantity::PoreRadius], 1.0}, 2.5);
}

/// Of the gelled part: a melt holds no gas. A fifth of the reference stands for less, five times for more: the laws of
/// the heating rate were seen over half a decade either way.
double decades_of_pore_gas(const CarbonizeResult& result, double reference) {
  if (reference <= 0 || result.fluid >= 1) return 0;
  const double gas = result.ordered.pore_gas / (1 - result.fluid);
  return std::log10(std::clamp(gas / reference, 0.2, 5.0));
}

}  // namespace

double cause_of(const StructureResponse& response, const CarbonizeResult& result, const Process& process) {
  const auto& reference = process.material.reference;
  const auto per_hundred = [](double value) { return 100 * value; };
  if (response.cause == "treatment") return 1;
  if (response.cause == "burn_off") return result.burn_off;
  if (response.cause == "fluid") return result.fluid;
  if (response.cause == "crosslinks") return result.ordered.crosslinks - reference.crosslinks;
  if (response.cause == "pore_gas") return decades_of_pore_gas(result, reference.pore_gas) * (1 - result.fluid);
  if (response.cause.starts_with("element:")) {
    const Element element = element_from_symbol(response.cause.substr(8));
    return per_hundred(per_carbon(result.ordered.elements, element));
  }
  const auto found = result.per_carbon.find(response.cause);
  return found == result.per_carbon.end() ? 0 : per_hundred(found->second);
}

ExpectedCarbon expected_carbon(const CarbonizeResult& result, const Process& process) {
  const auto& reference = process.material.reference;
  const double x = (result.ordering.equivalent_temperature - celsius(1300)) / 1000;
  const Shifts shifts(result, process);
  ExpectedCarbon carbon;
  carbon.interlayer_spacing = shifted(reference.interlayer_spacing, -0.314, 0.032, x);
  carbon.interlayer_spacing.value += shifts[CarbonQuantity::InterlayerSpacing];
  // Nothing stacks closer than graphite (Haynes, CRC Handbook of Chemistry and Physics, 95th ed. 2014).
  carbon.interlayer_spacing = not_below(carbon.interlayer_spacing, 3.354);
  carbon.layer_extent =
      times(scaled(reference.layer_extent, 0.545, 0.053, x), shifts.factor(CarbonQuantity::LayerExtent));
  carbon.stack_height =
      times(scaled(reference.stack_height, 0.434, 0.086, x), shifts.factor(CarbonQuantity::StackHeight));
  carbon.raman_ratio =
      times(scaled(reference.raman_ratio, -0.480, 0.050, x), shifts.factor(CarbonQuantity::RamanRatio));
  carbon.surface_area =
      times(scaled(reference.surface_area, -2.97, 0.36, x), shifts.factor(CarbonQuantity::SurfaceArea));
  carbon.mobility = shifts.factor(CarbonQuantity::Mobility);
  set_pores(result, process, shifts, carbon);
  return carbon;
}

}  // namespace cardhouse
