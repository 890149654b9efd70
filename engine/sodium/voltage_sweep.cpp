#include "engine/sodium/voltage_sweep.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <span>

#include "engine/base/errors.hpp"
#include "engine/sodium/lattice_samples.hpp"
#include "engine/sodium/replicas.hpp"

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
  for (const std::vector<double>* voltages : {&options.voltages, &options.beyond})
    if (!std::ranges::all_of(*voltages, [](double v) { return std::isfinite(v); }))
      throw InputError("a voltage is not a number");
  if (options.looks < 0 || options.looks > options.production_sweeps)
    throw InputError("a configuration is looked at once a sweep at most", "take 4 looks a voltage");
}

// What every replica reads.
struct SweepWork {
  const SamplingNetwork& network;
  const OccupationSurvey& survey;
  const SweepOptions& options;
  std::vector<Station> way;     // down and up
  std::vector<Station> branch;  // beyond the end of sodiation

  std::size_t stations() const { return way.size() + branch.size(); }
  std::size_t turning_point() const {
    return static_cast<std::size_t>(std::ranges::count(way, true, &Station::sodiation));
  }
  std::size_t report_length() const {
    return options.looks > 0 ? flattened(survey.report(std::vector<std::uint8_t>(network.hamiltonian.size()))).size()
                             : 0;
  }
};

// Numbers of a point: those of ReplicaPoint, then the mean report when there are looks.
std::vector<double> simulate_point(const SweepWork& work, double voltage, Occupation& state, Stream& stream) {
  const SweepOptions& options = work.options;
  GrandCanonical sampler(-voltage, options.temperature, options.mix);
  for (int i = 0; i < options.equilibration_sweeps; ++i) sweep_once(work.network, sampler, state, stream);
  SweepSamples samples;
  std::vector<double> looked;
  for (int i = 0; i < options.production_sweeps; ++i) {
    sweep_once(work.network, sampler, state, stream);
    append(take_sample(work.network.network, state), samples);
    const auto looks = [&](int sweeps) { return std::int64_t{sweeps} * options.looks / options.production_sweeps; };
    if (looks(i + 1) == looks(i)) continue;
    const std::vector<double> look = flattened(work.survey.report(state.occupied()));
    looked.resize(look.size());
    for (std::size_t k = 0; k < look.size(); ++k) looked[k] += look[k] / options.looks;
  }
  const auto numbers = std::bit_cast<Numbers>(summarise(samples, sampler.counts()));
  looked.insert(looked.begin(), numbers.begin(), numbers.end());
  return looked;
}

// Points of the way and of the branch, all of one length; behind those of replica 0 stand the configurations of
// sodiation that are kept, each after its number of sites.
std::vector<double> simulate_replica(const SweepWork& work, int replica, const std::function<void()>& point_done) {
  Occupation state(work.network.hamiltonian);
  std::vector<double> record, branched, configurations;
  const auto simulate = [&](std::size_t station, double voltage, Occupation& at, std::vector<double>& into) {
    Stream stream(work.options.seed, Purpose::GrandCanonical, station, static_cast<std::uint64_t>(replica));
    const std::vector<double> point = simulate_point(work, voltage, at, stream);
    into.insert(into.end(), point.begin(), point.end());
    point_done();
  };
  for (std::size_t i = 0; i < work.way.size(); ++i) {
    simulate(i, work.way[i].voltage, state, record);
    const bool turns = i + 1 == work.turning_point();
    if (replica == 0 && work.way[i].sodiation && (turns || work.options.looks > 0)) {
      configurations.push_back(static_cast<double>(state.count()));
      for (const std::uint32_t site : state.occupied_sites()) configurations.push_back(work.network.order[site]);
    }
    if (!turns) continue;
    Occupation further = state;
    for (std::size_t k = 0; k < work.branch.size(); ++k)
      simulate(work.way.size() + k, work.branch[k].voltage, further, branched);
  }
  record.insert(record.end(), branched.begin(), branched.end());
  record.insert(record.end(), configurations.begin(), configurations.end());
  return record;
}

SweepPoint join_records(const std::vector<std::vector<double>>& records, std::size_t station, const SweepWork& work) {
  const std::size_t report_length = work.report_length();
  const std::size_t begin = station * (replica_point_length + report_length);
  std::vector<ReplicaPoint> replicas;
  std::vector<OccupationReport> reports;
  for (const std::vector<double>& record : records) {
    const std::span<const double> point = std::span(record).subspan(begin, replica_point_length + report_length);
    Numbers numbers;
    std::copy_n(point.begin(), numbers.size(), numbers.begin());
    replicas.push_back(std::bit_cast<ReplicaPoint>(numbers));
    if (report_length > 0) reports.push_back(restored(point.subspan(replica_point_length)));
  }
  const bool on_the_way = station < work.way.size();
  const Station& place = on_the_way ? work.way[station] : work.branch[station - work.way.size()];
  SweepPoint joined = join(replicas, {place.voltage, work.options.temperature, capacity(work.network.network, 1)});
  joined.sodiation = place.sodiation;
  joined.reports = std::move(reports);
  return joined;
}

std::vector<std::vector<std::uint32_t>> read_configurations(std::span<const double> numbers) {
  std::vector<std::vector<std::uint32_t>> configurations;
  for (std::size_t at = 0; at < numbers.size();) {
    const std::span<const double> sites = numbers.subspan(at + 1, static_cast<std::size_t>(numbers[at]));
    configurations.emplace_back(sites.begin(), sites.end());
    at += 1 + sites.size();
  }
  return configurations;
}

// Pores with the numbers that their sites have in the network that was given.
std::vector<MetalPore> original_pores(const SweepWork& work) {
  std::vector<MetalPore> pores = work.survey.pores();
  for (MetalPore& pore : pores) {
    for (std::uint32_t& site : pore.sites) site = work.network.order[site];
    std::ranges::sort(pore.sites);
  }
  return pores;
}

}  // namespace

std::vector<double> default_voltages() {
  return {2.0,  1.6,  1.3,  1.1,  1.0,  0.9,  0.8,  0.7,  0.6,  0.5,  0.45, 0.4,  0.35, 0.3,  0.275, 0.25,  0.225, 0.2,
          0.18, 0.16, 0.14, 0.12, 0.11, 0.10, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.015, 0.010, 0.005, 0.0};
}

SweepResult sweep(const SiteNetwork& network, const SodiumParameters& parameters, const SweepOptions& options,
                  const Communicator& communicator, const ProgressObserver& observer) {
  check(network, options);
  const SamplingNetwork prepared(network, parameters, options.invert_pores);
  const OccupationSurvey survey(prepared.network, prepared.hamiltonian, options.passable);
  SweepWork work{prepared, survey, options, stations(options), {}};
  for (const double voltage : options.beyond) work.branch.push_back({voltage, true});
  const double local_replicas = std::ceil(static_cast<double>(options.replicas) / communicator.size());
  const double planned = local_replicas * static_cast<double>(work.stations());
  double done = 0;
  const auto point_done = [&] {
#pragma omp critical(cardhouse_sweep_progress)
    notify(observer, std::min(1.0, ++done / planned));
  };
  const std::vector<std::vector<double>> records = run_replicas(
      options.replicas, [&](int replica) { return simulate_replica(work, replica, point_done); }, communicator);

  SweepResult result;
  for (std::size_t i = 0; i < work.stations(); ++i)
    (i < work.way.size() ? result.points : result.beyond).push_back(join_records(records, i, work));
  const std::size_t points_end = work.stations() * (replica_point_length + work.report_length());
  result.configurations = read_configurations(std::span(records.front()).subspan(points_end));
  result.filled = result.configurations.back();
  if (options.looks > 0)
    result.pores = original_pores(work);
  else
    result.configurations.clear();
  const auto sweeps = static_cast<std::uint64_t>(options.equilibration_sweeps + options.production_sweeps);
  result.trial_moves = sweeps * work.stations() * network.sites.size() * static_cast<std::uint64_t>(options.replicas);
  return result;
}

}  // namespace cardhouse
