#include "engine/transport/entrances.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/sodium/lattice_samples.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {
namespace {

double face_area(const Cell& cell, std::size_t axis) {
  const auto& v = cell.vectors();
  return norm(cross(v[(axis + 1) % 3], v[(axis + 2) % 3]));
}

/// Whether a way from `from` over `step` crosses the plane at `height`; all along one axis, fractional and periodic.
bool crosses(double from, double step, double height) {
  return std::floor(from - height) != std::floor(from + step - height);
}

SweepOptions short_sweep(const ExchangeRateOptions& options) {
  SweepOptions sweeps;
  sweeps.temperature = options.temperature;
  for (std::size_t i = 0; i < default_voltages().size(); i += 2) sweeps.voltages.push_back(default_voltages()[i]);
  sweeps.voltages.push_back(0);
  sweeps.reverse = false;
  sweeps.replicas = 2;
  sweeps.equilibration_sweeps = options.sweeps;
  sweeps.production_sweeps = options.sweeps;
  sweeps.seed = options.seed;
  return sweeps;
}

double voltage_of(const SiteNetwork& network, const SodiumParameters& sodium, const ExchangeRateOptions& options) {
  const std::vector<SweepPoint> points = sweep(network, sodium, short_sweep(options), {}).points;
  const double wanted = options.composition * points.back().capacity.value;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double before = points[i - 1].capacity.value;
    const double after = points[i].capacity.value;
    if (after < wanted || after <= before) continue;
    const double share = std::clamp((wanted - before) / (after - before), 0.0, 1.0);
    return points[i - 1].voltage + share * (points[i].voltage - points[i - 1].voltage);
  }
  throw InputError("the carbon never has the composition of the exchange current");
}

}  // namespace

Entrances find_entrances(const SiteNetwork& network, int cuts) {
  EXPECTS(cuts > 0);
  Entrances result;
  double area = 0;
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (int cut = 0; cut < cuts; ++cut) {
      std::set<std::uint32_t> below, above;
      for (const SiteLink& link : network.links) {
        const int a = static_cast<int>(axis);
        const double from = network.cell.to_fractional(network.sites[link.first].position)[a];
        const double step = network.cell.to_fractional(link.displacement)[a];
        if (!std::isfinite(link.barrier) || !crosses(from, step, (cut + 0.5) / cuts)) continue;
        (step > 0 ? below : above).insert(link.first);
        (step > 0 ? above : below).insert(link.second);
      }
      for (const auto& face : {below, above}) result.sites.insert(result.sites.end(), face.begin(), face.end());
      area += 2 * face_area(network.cell, axis);
    }
  result.density = static_cast<double>(result.sites.size()) / area;
  return result;
}

ExchangeRate exchange_rate(const SiteNetwork& network, const Entrances& entrances, const SodiumParameters& sodium,
                           ChargeTransferParameters transfer, const ExchangeRateOptions& options) {
  if (entrances.sites.empty()) throw InputError("no hop crosses a cut through this carbon, so that it has no entrance");
  transfer.rate = 1;
  transfer.reference_temperature = options.temperature;
  ExchangeRate result;
  result.voltage = voltage_of(network, sodium, options);
  const Hamiltonian hamiltonian(network, sodium);
  Occupation state(hamiltonian);
  const std::vector<SitePair> links = site_pairs(network.links);
  GrandCanonical sampler(-result.voltage, options.temperature);
  Stream stream(options.seed, Purpose::GrandCanonical, 0, 1000);
  std::vector<double> means;
  for (int i = 0; i < 2 * options.sweeps; ++i) {
    sampler.sweep(state, links, stream);
    if (i < options.sweeps) continue;
    double sum = 0;
    for (const std::uint32_t site : entrances.sites)
      if (!state.is_occupied(site))
        sum += transfer_rates(state.insertion_energy(site) + result.voltage, options.temperature, transfer).in;
    means.push_back(sum / static_cast<double>(entrances.sites.size()));
  }
  result.factor = correlated_mean(means);
  return result;
}

}  // namespace cardhouse
