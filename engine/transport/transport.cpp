#include "engine/transport/transport.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/replicas.hpp"
#include "engine/transport/diffusion.hpp"
#include "engine/transport/divided_run.hpp"
#include "engine/transport/flow_cap.hpp"
#include "engine/transport/hop_model.hpp"

namespace cardhouse {

namespace {

constexpr std::size_t class_pairs = site_class_count * site_class_count;

/// What a replica reports, as numbers that travel between ranks.
struct Record {
  double tracer = 0;
  double jump = 0;
  double exponent = 0;
  double time = 0;
  double hops = 0;
  double void_events = 0;
  double rattling_links = 0;
  double interval = 0;
  std::array<double, 3 * class_pairs> census{};
};
constexpr std::size_t record_length = sizeof(Record) / sizeof(double);
constexpr int frames_kept = 20;  // of the positions, for pictures

/// What a replica followed: displacements at every frame and the sites of some.
struct Path {
  DisplacementHistory history;
  std::vector<SodiumFrame> frames;
};

// Record, number of lags, both curves, then time and sites of each kept frame.
std::vector<double> packed(const Record& record, const SquaredDisplacements& squared,
                           const std::vector<SodiumFrame>& frames) {
  std::vector<double> flat{record.tracer, record.jump,        record.exponent,       record.time,
                           record.hops,   record.void_events, record.rattling_links, record.interval};
  flat.insert(flat.end(), record.census.begin(), record.census.end());
  flat.push_back(static_cast<double>(squared.tracer.size()));
  flat.insert(flat.end(), squared.tracer.begin(), squared.tracer.end());
  flat.insert(flat.end(), squared.jump.begin(), squared.jump.end());
  for (const SodiumFrame& frame : frames) {
    flat.push_back(frame.time);
    flat.insert(flat.end(), frame.sites.begin(), frame.sites.end());
  }
  return flat;
}

Record unpacked(const std::vector<double>& flat) {
  Record record{flat[0], flat[1], flat[2], flat[3], flat[4], flat[5], flat[6], flat[7], {}};
  std::copy_n(flat.begin() + 8, record.census.size(), record.census.begin());
  return record;
}

/// Runs the settled model and records displacements at equal times, aiming at `events` events. A run whose rate rises
/// tenfold is cut.
Path follow(HopModel& model, const TransportOptions& options, Stream& stream) {
  KmcClock clock;
  run_kmc(model, clock, {.max_events = std::max<std::uint64_t>(options.events / 10, 10)}, stream);
  model.select_by(options.selection);
  const double duration = clock.time / static_cast<double>(clock.events) * static_cast<double>(options.events);
  const std::uint64_t most = clock.events + 10 * options.events;
  const double begin = clock.time;
  Path path{{duration / options.frames, {}}, {}};
  for (int frame = 0; frame <= options.frames; ++frame) {
    run_kmc(model, clock, {.end_time = begin + frame * path.history.interval, .max_events = most}, stream);
    if (clock.events >= most && path.history.frames.size() >= 2) break;
    const auto now = model.displacements();
    path.history.frames.emplace_back(now.begin(), now.end());
    if (frame % std::max(1, options.frames / frames_kept) == 0)
      path.frames.push_back({frame * path.history.interval, model.sites()});
  }
  return path;
}

// Lets sodium hop in short stretches and slows every link that was crossed more often than the cap says, until none
// has been for a while, or twice the events of the measurement are spent: what rattles shows itself in the order of its
// rates. Returns the number of links slowed so.
std::size_t slow_what_rattles(const SiteNetwork& network, Occupation& state, HopConditions& conditions,
                              const TransportOptions& options, Stream& stream) {
  constexpr int quiet_stretches = 5;
  constexpr std::uint64_t shortest = 500;  // events of a stretch
  const std::uint64_t events =
      std::clamp<std::uint64_t>(3 * state.count(), shortest, std::max(shortest, options.events / 20));
  const double margin = std::exchange(conditions.margin, 0);  // void events would hide what rattles
  std::set<std::size_t> slowed;
  int quiet = 0;
  for (std::uint64_t spent = 0; spent < 2 * options.events && quiet < quiet_stretches; spent += events) {
    HopModel model(network, state, conditions);
    if (model.total_rate() == 0) break;
    KmcClock clock;
    run_kmc(model, clock, {.max_events = events}, stream);
    state = model.occupation();
    HopsSeen seen{{}, clock.time, options.flow_cap};
    for (const SiteLink& link : network.links) seen.crossings.push_back(model.crossings(link.first, link.second));
    const std::vector<std::size_t> rattling = lower_caps(network, state, seen, conditions);
    quiet = rattling.empty() ? quiet + 1 : 0;
    slowed.insert(rattling.begin(), rattling.end());
  }
  conditions.margin = margin;
  return slowed.size();
}

// Bounds that outlive rattling cost void events, and pay as long as there is rattling: the margin is kept or dropped,
// whichever takes less work a hop.
double cheaper_margin(const SiteNetwork& network, const Occupation& state, HopConditions conditions, Stream& stream) {
  constexpr std::uint64_t events = 1000;
  constexpr double event_work = 20;  // an event takes as long as so many rates, about
  const auto work = [&](double margin) {
    conditions.margin = margin;
    HopModel model(network, state, conditions);
    const std::uint64_t before = model.evaluations();
    KmcClock clock;
    if (model.total_rate() > 0) run_kmc(model, clock, {.max_events = events}, stream);
    const double all = event_work * events + static_cast<double>(model.evaluations() - before);
    return all / std::max(1.0, static_cast<double>(model.hops()));
  };
  const double margin = conditions.margin;
  return work(0) < work(margin) ? 0 : margin;
}

/// A configuration to start from, and how fast it may hop.
struct Prepared {
  Occupation start;
  HopConditions conditions;
  std::size_t rattling = 0;
};

Prepared prepare(const Hamiltonian& hamiltonian, const SiteNetwork& network, const SodiumParameters& parameters,
                 const TransportOptions& options, Stream& stream) {
  Prepared prepared{canonical_start(hamiltonian, network, options, stream),
                    {options.temperature, parameters.attempt_frequency, options.margin}};
  if (!std::isfinite(options.flow_cap)) return prepared;
  auto& [start, conditions, rattling] = prepared;
  conditions.caps = caps_of_rates(mean_link_flows(network, start, conditions, stream), options.flow_cap);
  rattling = slow_what_rattles(network, start, conditions, options, stream);
  conditions.margin = cheaper_margin(network, start, conditions, stream);
  return prepared;
}

void take_census(const std::array<ClassPairs, 3>& census, Record& record) {
  std::size_t next = 0;
  for (const ClassPairs& pairs : census)
    for (const auto& row : pairs)
      for (const std::uint64_t count : row) record.census[next++] = static_cast<double>(count);
}

std::vector<double> packed(const Path& path, Record record) {
  const DisplacementHistory& history = path.history;
  const SquaredDisplacements squared = squared_displacements(history);
  const DiffusionFit tracer = fit_diffusion(squared.tracer, history.interval);
  record.tracer = tracer.diffusivity;
  record.exponent = tracer.exponent;
  record.jump = fit_diffusion(squared.jump, history.interval).diffusivity;
  record.interval = history.interval;
  record.time = history.interval * static_cast<double>(history.frames.size() - 1);
  return packed(record, squared, path.frames);
}

std::vector<double> simulate(const Hamiltonian& hamiltonian, const SiteNetwork& network,
                             const SodiumParameters& parameters, const TransportOptions& options, Stream& stream) {
  const Prepared prepared = prepare(hamiltonian, network, parameters, options, stream);
  HopModel model(network, prepared.start, prepared.conditions);
  if (model.total_rate() == 0) return packed({}, {}, {});
  const Path path = follow(model, options, stream);
  Record record;
  record.hops = static_cast<double>(model.hops());
  record.void_events = static_cast<double>(model.void_events());
  record.rattling_links = static_cast<double>(prepared.rattling);
  const HopCensus& census = model.census();
  take_census({census.hops(), census.through_mouths(), census.through_necks()}, record);
  return packed(path, record);
}

// As simulate(), by all ranks together.
std::vector<double> simulate_in_domains(const Hamiltonian& hamiltonian, const SiteNetwork& network,
                                        const SodiumParameters& parameters, const TransportOptions& options,
                                        int replica, const Communicator& ranks, SectorReport& report) {
  Stream stream(options.seed, Purpose::Transport, options.sodium, static_cast<std::uint64_t>(replica));
  const Prepared prepared = prepare(hamiltonian, network, parameters, options, stream);
  const DividedOptions division{options.domains,
                                {options.seed, static_cast<std::uint64_t>(replica)},
                                expected_work(network, prepared.start, prepared.conditions, options.flow_cap)};
  DividedHops hops(network, parameters, prepared.start, prepared.conditions, division, ranks);
  DividedRun run = follow(hops, {.events = options.events, .frames = options.frames, .frames_kept = frames_kept});
  if (run.history.frames.size() < 2) return packed({}, {}, {});
  Path path{std::move(run.history), {}};
  for (std::size_t k = 0; k < run.times.size(); ++k) path.frames.push_back({run.times[k], std::move(run.sites[k])});
  Record record;
  record.hops = static_cast<double>(run.counts.hops);
  record.void_events = static_cast<double>(run.counts.void_events);
  record.rattling_links = static_cast<double>(prepared.rattling);
  take_census(hops.census(), record);
  std::vector<double> flat = packed(path, record);
  report.sectors = hops.division().sectors();
  report.cycle_time += run.cycle_time / options.replicas;
  const SectorBias bias = sector_bias(run.counts, run.cycles, options.sodium, run.time, unpacked(flat).tracer);
  report.bias.diffusivity += bias.diffusivity / options.replicas;
  report.bias.doubtful_pairs += bias.doubtful_pairs / options.replicas;
  report.bias.hops_a_turn += bias.hops_a_turn / options.replicas;
  report.bias.group_error += bias.group_error / options.replicas;
  return flat;
}

void add_path(const std::vector<double>& flat, TransportResult& result) {
  auto next = flat.begin() + static_cast<std::ptrdiff_t>(record_length);
  const auto lags = static_cast<std::ptrdiff_t>(*next++);
  result.tracer_squared.assign(next, next + lags);
  result.jump_squared.assign(next + lags, next + 2 * lags);
  for (std::ptrdiff_t lag = 0; lag < lags; ++lag)
    result.lags.push_back(static_cast<double>(lag) * unpacked(flat).interval);
  for (next += 2 * lags; next != flat.end();) {
    SodiumFrame frame{*next++, {}};
    for (std::size_t k = 0; k < result.sodium; ++k) frame.sites.push_back(static_cast<std::uint32_t>(*next++));
    result.frames.push_back(std::move(frame));
  }
}

}  // namespace

void check_transport(const SiteNetwork& network, const TransportOptions& options) {
  if (options.sodium == 0) throw InputError("no sodium to follow", "take a composition above zero");
  if (options.sodium > network.sites.size()) throw InputError("more sodium than sites", "take a smaller composition");
  if (options.replicas < 2) throw InputError("one replica has no error bar", "take at least 2");
  if (options.frames < 10) throw InputError("fewer than 10 frames show no diffusion", "take 200");
  if (options.events < 10) throw InputError("fewer than 10 events", "take 100000");
  if (!(options.temperature > 0)) throw InputError("the temperature is not positive");
  if (!(options.margin >= 0)) throw InputError("the margin is negative");
  if (!(options.flow_cap > 0)) throw InputError("the cap of flows is not positive");
}

std::size_t sodium_at(const SiteNetwork& network, double amount) {
  return static_cast<std::size_t>(std::lround(std::max(0.0, amount / capacity(network, 1))));
}

Occupation canonical_start(const Hamiltonian& hamiltonian, const SiteNetwork& network, const TransportOptions& options,
                           Stream& stream) {
  constexpr std::size_t choices = 64;
  Occupation state(hamiltonian);
  std::vector<std::uint32_t> sites;
  std::vector<double> weights;
  for (std::size_t failures = 0; state.count() < options.sodium;) {
    const auto vacant = state.vacant_sites();
    sites.clear();
    weights.clear();
    for (std::size_t k = 0; k < choices; ++k) {
      sites.push_back(vacant[stream.below(vacant.size())]);
      weights.push_back(state.insertion_energy(sites.back()));
    }
    const auto best = std::ranges::min_element(weights);
    const double lowest = *best;
    if (std::isinf(lowest)) {
      if (++failures > 100) throw InputError("so many sodium do not fit on the sites", "take a smaller composition");
      continue;
    }
    double sum = 0;
    for (double& weight : weights)
      sum += weight = std::exp(-(weight - lowest) / (constants::boltzmann * options.temperature));
    double left = stream.uniform() * sum;
    auto chosen = static_cast<std::size_t>(best - weights.begin());
    for (std::size_t k = 0; k < choices && left >= 0; ++k) {
      if (weights[k] > 0) chosen = k;
      left -= weights[k];
    }
    state.insert(sites[chosen]);
  }
  for (int i = 0; i < options.equilibration_sweeps; ++i) {
    const double heat = std::max(1.0, 3.0 - 4.0 * i / options.equilibration_sweeps);
    GrandCanonical sampler(0, heat * options.temperature, {.flip = 0, .hop = 0.5});
    sampler.sweep(state, network.links, stream);
  }
  return state;
}

TransportResult transport(const SiteNetwork& network, const SodiumParameters& parameters,
                          const TransportOptions& options, const Communicator& communicator,
                          const ProgressObserver& observer) {
  check_transport(network, options);
  const Hamiltonian hamiltonian(network, parameters);
  const double local_replicas = std::ceil(static_cast<double>(options.replicas) / communicator.size());
  double done = 0;
  TransportResult result;
  result.sectors.domains = options.domains;
  std::vector<std::vector<double>> flats;
  for (int replica = 0; options.domains > 0 && replica < options.replicas; ++replica) {
    flats.push_back(
        simulate_in_domains(hamiltonian, network, parameters, options, replica, communicator, result.sectors));
    notify(observer, (replica + 1.0) / options.replicas);
  }
  if (flats.empty())
    flats = run_replicas(
        options.replicas,
        [&](int replica) {
          Stream stream(options.seed, Purpose::Transport, options.sodium, static_cast<std::uint64_t>(replica));
          const std::vector<double> flat = simulate(hamiltonian, network, parameters, options, stream);
#pragma omp critical(cardhouse_transport_progress)
          notify(observer, std::min(1.0, ++done / local_replicas));
          return flat;
        },
        communicator);

  result.sodium = options.sodium;
  result.capacity = capacity(network, static_cast<double>(options.sodium));
  std::vector<double> tracer, jump, exponent;
  for (const std::vector<double>& flat : flats) {
    const Record record = unpacked(flat);
    tracer.push_back(record.tracer);
    jump.push_back(record.jump);
    exponent.push_back(record.exponent);
    result.simulated_time += record.time / options.replicas;
    result.hops += static_cast<std::uint64_t>(record.hops);
    result.void_events += static_cast<std::uint64_t>(record.void_events);
    result.rattling_links += record.rattling_links / options.replicas;
    std::size_t next = 0;
    for (ClassPairs* pairs : {&result.hops_by_class, &result.through_mouths, &result.through_necks})
      for (auto& row : *pairs)
        for (std::uint64_t& count : row) count += static_cast<std::uint64_t>(record.census[next++]);
  }
  result.tracer = mean_of(tracer);
  result.jump = mean_of(jump);
  result.exponent = mean_of(exponent);
  result.diffusive = std::abs(result.exponent.value - 1) <= 0.15 && result.exponent.error <= 0.15;
  add_path(flats[0], result);
  return result;
}

}  // namespace cardhouse
