#include "engine/app/calibration.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/sodium/shifted_network.hpp"
#include "engine/sodium/spherical_pore.hpp"
#include "engine/sodium/voltage_sweep.hpp"
#include "engine/transport/entrances.hpp"

namespace cardhouse {
namespace {

double relative(const Estimate& estimate) {
  return estimate.error / estimate.value;
}

// The wall ends where the carbon does; where the lattice of the metal begins is chance, over which the mean is taken.
Estimate fit_wetting(const PlateauData& data, const SodiumInputs& inputs, const CalibrationEffort& effort,
                     std::uint64_t seed) {
  const double lattice = inputs.sites.geometry.metal_lattice;
  std::vector<double> energies;
  for (int k = 0; k < effort.pores; ++k) {
    Stream stream(seed, Purpose::GrandCanonical, 1, static_cast<std::uint64_t>(k));
    const Vector3 offset{lattice * stream.uniform(), lattice * stream.uniform(), lattice * stream.uniform()};
    const SiteNetwork pore = spherical_pore({data.pore_diameter.estimate.value, offset}, inputs.sites.geometry);
    energies.push_back(wetting_energy_at(data.peak.estimate.value, pore, inputs.sodium,
                                         {data.temperature, effort.filling_sweeps, seed}));
  }
  const Estimate mean = mean_of(energies);
  const double measured = std::hypot(relative(data.peak.estimate), relative(data.pore_diameter.estimate));
  return {mean.value, std::hypot(mean.error, measured * mean.value)};
}

NoisyFit fit_slope(const SiteNetwork& network, const SodiumInputs& inputs, const CalibrationData& data,
                   const CalibrationEffort& effort) {
  const SlopeData& slope = data.slope;
  const std::vector<WindowedParameter> windows{
      {"gallery_shift", inputs.sites.energies.gallery_shift, slope.gallery_shift.low, slope.gallery_shift.high},
      {"offset_density", inputs.sodium.host_electrons.offset_density, slope.offset_density.low,
       slope.offset_density.high},
      {"charge", inputs.sites.energies.charge, slope.charge.low, slope.charge.high}};
  NoisyFitOptions options;
  options.steps = effort.steps;
  return fit_noisy_model(
      [&](std::span<const double> at) { return slope_capacities(network, inputs, at, slope, effort, data.seed); },
      windows, slope.capacities, options);
}

void fit_rate(const SiteNetwork& network, const ExchangeData& data, const CalibrationEffort& effort, std::uint64_t seed,
              Calibration& result) {
  const Entrances entrances = find_entrances(network, effort.cuts);
  ExchangeRateOptions options;
  options.temperature = data.temperature;
  options.composition = data.composition;
  options.sweeps = effort.sweeps;
  options.seed = seed;
  const ExchangeRate rate = exchange_rate(network, entrances, result.inputs.sodium, result.inputs.transfer, options);
  if (!(rate.factor.value > 0)) throw InputError("no sodium crosses the entrances of this carbon at that composition");
  result.entrances = entrances.density;
  result.exchange_voltage = rate.voltage;
  result.exchange_factor = rate.factor;
  const double electrons = data.current_density.estimate.value;
  const double k0 = electrons / (data.roughness.estimate.value * entrances.density * rate.factor.value);
  const double share =
      std::hypot(relative(data.current_density.estimate), relative(data.roughness.estimate), relative(rate.factor));
  result.rate = {k0, share * k0};
}

}  // namespace

std::vector<double> slope_capacities(const SiteNetwork& network, const SodiumInputs& found_with,
                                     std::span<const double> parameters, const SlopeData& data,
                                     const CalibrationEffort& effort, std::uint64_t seed) {
  EXPECTS(parameters.size() == 3);
  SodiumParameters sodium = found_with.sodium;
  sodium.host_electrons.offset_density = parameters[1];
  SweepOptions options;
  options.temperature = data.temperature;
  options.voltages = data.voltages;
  options.reverse = false;
  options.replicas = effort.replicas;
  options.equilibration_sweeps = effort.sweeps / 2;
  options.production_sweeps = effort.sweeps;
  options.seed = seed;
  const SiteNetwork shifted = shifted_network(network, found_with.sites.energies, {parameters[0], parameters[2]});
  std::vector<double> capacities;
  for (const SweepPoint& point : sweep(shifted, sodium, options, {}).points) capacities.push_back(point.capacity.value);
  return capacities;
}

Calibration calibrate(const SiteNetwork& network, const SodiumInputs& start, const CalibrationData& data,
                      const CalibrationEffort& effort) {
  Calibration result;
  result.inputs = start;
  result.wetting = fit_wetting(data.plateau, start, effort, data.seed);
  result.inputs.sodium.wetting_energy = result.wetting.value;
  result.slope = fit_slope(network, result.inputs, data, effort);
  const std::vector<Estimate>& fitted = result.slope.parameters;
  const SiteNetwork shifted = shifted_network(network, start.sites.energies, {fitted[0].value, fitted[2].value});
  result.inputs.sites.energies.gallery_shift = fitted[0].value;
  result.inputs.sodium.host_electrons.offset_density = fitted[1].value;
  result.inputs.sites.energies.charge = fitted[2].value;
  fit_rate(shifted, data.exchange, effort, data.seed, result);
  result.inputs.transfer.rate = result.rate.value;
  result.inputs.transfer.reference_temperature = data.exchange.temperature;
  return result;
}

std::string format_calibration(const Calibration& result, const CalibrationData& data) {
  const NoisyFit& slope = result.slope;
  std::string text = "slope: voltage [V], capacity measured, obtained [mAh/g]\n";
  for (std::size_t i = 0; i < data.slope.voltages.size(); ++i)
    text += fmt::format("  {:.3f}  {:6.1f} +- {:.1f}  {:6.1f}\n", data.slope.voltages[i],
                        data.slope.capacities[i].value, data.slope.capacities[i].error, slope.model[i]);
  text += fmt::format("  chi-square {:.2f} after {} evaluations\n", slope.chi_square, slope.evaluations);
  const auto line = [&](const std::string& name, const Estimate& value, const std::string& unit) {
    const bool held = std::find(slope.at_bound.begin(), slope.at_bound.end(), name) != slope.at_bound.end();
    text += fmt::format("{:<15} {:>10.4g} +- {:<9.2g} {}{}\n", name, value.value, value.error, unit,
                        held ? "  at the end of its window" : "");
  };
  line("gallery_shift", slope.parameters[0], "eV");
  line("offset_density", slope.parameters[1], "1/angstrom2");
  line("charge", slope.parameters[2], "e");
  for (std::size_t p = 0; p < slope.open.size(); ++p)
    if (slope.open[p] > 0.7)
      text += fmt::format("  the data hardly say anything of parameter {} of these three\n", p + 1);
  line("wetting", {100 * result.wetting.value, 100 * result.wetting.error}, "eV/nm2");
  line("rate", result.rate, "1/s");
  text += fmt::format("  {:.2f} entrances a nm2 of a cut, each exchanging at {:.3f} +- {:.3f} k0 at {:.3f} V\n",
                      100 * result.entrances, result.exchange_factor.value, result.exchange_factor.error,
                      result.exchange_voltage);
  return text;
}

}  // namespace cardhouse
