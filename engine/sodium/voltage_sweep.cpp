#include "engine/sodium/voltage_sweep.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/sodium/pore_inversion.hpp"
#include "engine/sodium/replicas.hpp"
#include "engine/sodium/sweep_statistics.hpp"

namespace cardhouse {

namespace {

using Numbers = std::array<double, replica_point_length>;

struct Station {
  double voltage;
  bool sodiation;
};

std::vector<Station> stations(const SweepOptions& options) {
  const std::vector<double> voltages = options.voltages.empty() ? default_voltages() : options.voltages;
  std::vector<Station> result;
  for (const double voltage : voltages) result.push_back({voltage, true});
  if (options.reverse)
    for (std::size_t i = voltages.size() - 1; i-- > 0;) result.push_back({voltages[i], false});
  return result;
}

void check(const SiteNetwork& network, const SweepOptions& options) {
  if (network.sites.empty()) throw InputError("the network has no sites", "check the structure it was found in");
  if (options.replicas < 2) throw InputError("one replica has no error bar", "take at least 2");
  if (options.production_sweeps < 8) throw InputError("fewer than 8 production sweeps give no average", "take 100");
  if (options.equilibration_sweeps < 0) throw InputError("a negative number of equilibration sweeps");
  if (!(options.temperature > 0)) throw InputError("the temperature is not positive");
  for (const double voltage : options.voltages)
    if (!std::isfinite(voltage)) throw InputError("a voltage is not a number");
}

double mean_spacing(const SiteNetwork& network, const Occupation& state) {
  double weighted = 0;
  double area = 0;
  for (std::size_t patch = 0; patch < network.patches.size(); ++patch) {
    weighted += network.patches[patch].area * (network.patches[patch].spacing + state.opening(patch));
    area += network.patches[patch].area;
  }
  return area > 0 ? weighted / area : 0;
}

ReplicaPoint simulate_point(const SiteNetwork& network, const SweepOptions& options, double voltage, Occupation& state,
                            Stream& stream) {
  GrandCanonical sampler(-voltage, options.temperature, options.mix);
  const auto pores =
      options.invert_pores ? metal_pores(state.hamiltonian()) : std::vector<std::vector<std::uint32_t>>();
  const auto advance = [&] {
    sampler.sweep(state, network.links, stream);
    for (const std::vector<std::uint32_t>& pore : pores) invert(state, pore, {-voltage, options.temperature}, stream);
  };
  for (int i = 0; i < options.equilibration_sweeps; ++i) advance();
  SweepSamples samples;
  for (int i = 0; i < options.production_sweeps; ++i) {
    advance();
    samples.number.push_back(static_cast<double>(state.count()));
    samples.energy.push_back(state.energy());
    samples.spacing.push_back(mean_spacing(network, state));
    for (int kind = 0; kind < site_class_count; ++kind)
      samples.by_class[kind].push_back(static_cast<double>(state.count(static_cast<SiteClass>(kind))));
  }
  return summarise(samples, sampler.counts());
}

}  // namespace

std::vector<double> default_voltages() {
  return {2.0,  1.6,  1.3,  1.1,  1.0,  0.9,  0.8,  0.7,  0.6,  0.5,  0.45, 0.4,  0.35, 0.3,  0.275, 0.25,  0.225, 0.2,
          0.18, 0.16, 0.14, 0.12, 0.11, 0.10, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.015, 0.010, 0.005, 0.0};
}

SweepResult sweep(const SiteNetwork& network, const SodiumParameters& parameters, const SweepOptions& options,
                  const Communicator& communicator, const ProgressObserver& observer) {
  check(network, options);
  const Hamiltonian hamiltonian(network, parameters);
  const std::vector<Station> way = stations(options);
  const double local_replicas = std::ceil(static_cast<double>(options.replicas) / communicator.size());
  double done = 0;
  const auto simulate = [&](int replica) {
    Occupation state(hamiltonian);
    std::vector<double> record;
    std::vector<double> filled;
    for (std::size_t i = 0; i < way.size(); ++i) {
      Stream stream(options.seed, Purpose::GrandCanonical, i, static_cast<std::uint64_t>(replica));
      const ReplicaPoint point = simulate_point(network, options, way[i].voltage, state, stream);
      const auto numbers = std::bit_cast<Numbers>(point);
      record.insert(record.end(), numbers.begin(), numbers.end());
      if (replica == 0 && way[i].sodiation) filled.assign(state.occupied_sites().begin(), state.occupied_sites().end());
#pragma omp critical(cardhouse_sweep_progress)
      notify(observer, std::min(1.0, ++done / (local_replicas * static_cast<double>(way.size()))));
    }
    record.insert(record.end(), filled.begin(), filled.end());
    return record;
  };
  const std::vector<std::vector<double>> records = run_replicas(options.replicas, simulate, communicator);

  SweepResult result;
  const double unit = capacity(network, 1);
  for (std::size_t i = 0; i < way.size(); ++i) {
    std::vector<ReplicaPoint> replicas;
    for (const std::vector<double>& record : records) {
      Numbers numbers;
      std::copy_n(record.begin() + static_cast<std::ptrdiff_t>(i * replica_point_length), numbers.size(),
                  numbers.begin());
      replicas.push_back(std::bit_cast<ReplicaPoint>(numbers));
    }
    result.points.push_back(join(replicas, {way[i].voltage, options.temperature, unit}));
    result.points.back().sodiation = way[i].sodiation;
  }
  const std::vector<double>& first = records.front();
  result.filled.assign(first.begin() + static_cast<std::ptrdiff_t>(way.size() * replica_point_length), first.end());
  const auto sweeps = static_cast<std::uint64_t>(options.equilibration_sweeps + options.production_sweeps);
  result.trial_moves = sweeps * way.size() * network.sites.size() * static_cast<std::uint64_t>(options.replicas);
  return result;
}

}  // namespace cardhouse
