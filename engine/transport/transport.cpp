#include "engine/transport/transport.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/replicas.hpp"
#include "engine/transport/diffusion.hpp"
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
  std::array<double, class_pairs> by_class{};
  double interval = 0;
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
  std::vector<double> flat{record.tracer, record.jump, record.exponent, record.time, record.hops, record.void_events};
  flat.insert(flat.end(), record.by_class.begin(), record.by_class.end());
  flat.push_back(record.interval);
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
  Record record{flat[0], flat[1], flat[2], flat[3], flat[4], flat[5], {}, flat[record_length - 1]};
  std::copy_n(flat.begin() + 6, class_pairs, record.by_class.begin());
  return record;
}

/// Runs the settled model and records displacements at equal times, aiming at `events` events. A run whose rate rises
/// tenfold is cut.
Path follow(HopModel& model, const TransportOptions& options, Stream& stream) {
  KmcClock clock;
  run_kmc(model, clock, {.max_events = std::max<std::uint64_t>(options.events / 10, 10)}, stream);
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

std::vector<double> simulate(const Hamiltonian& hamiltonian, const SiteNetwork& network,
                             const SodiumParameters& parameters, const TransportOptions& options, Stream& stream) {
  Occupation start = canonical_start(hamiltonian, network, options, stream);
  HopConditions conditions{options.temperature, parameters.attempt_frequency, options.margin};
  if (std::isfinite(options.flow_cap))
    conditions.caps = caps_of_rates(mean_link_flows(network, start, conditions, stream), options.flow_cap);
  HopModel model(network, start, conditions, options.selection);
  if (model.total_rate() == 0) return packed({}, {}, {});
  const Path path = follow(model, options, stream);
  const DisplacementHistory& history = path.history;
  const SquaredDisplacements squared = squared_displacements(history);
  const DiffusionFit tracer = fit_diffusion(squared.tracer, history.interval);
  Record record;
  record.tracer = tracer.diffusivity;
  record.exponent = tracer.exponent;
  record.jump = fit_diffusion(squared.jump, history.interval).diffusivity;
  record.interval = history.interval;
  record.time = history.interval * static_cast<double>(history.frames.size() - 1);
  record.hops = static_cast<double>(model.hops());
  record.void_events = static_cast<double>(model.void_events());
  for (std::size_t pair = 0; pair < class_pairs; ++pair)
    record.by_class[pair] =
        static_cast<double>(model.hops_by_class()[pair / site_class_count][pair % site_class_count]);
  return packed(record, squared, path.frames);
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
  const auto flats = run_replicas(
      options.replicas,
      [&](int replica) {
        Stream stream(options.seed, Purpose::Transport, options.sodium, static_cast<std::uint64_t>(replica));
        const std::vector<double> flat = simulate(hamiltonian, network, parameters, options, stream);
#pragma omp critical(cardhouse_transport_progress)
        notify(observer, std::min(1.0, ++done / local_replicas));
        return flat;
      },
      communicator);

  TransportResult result;
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
    for (std::size_t pair = 0; pair < class_pairs; ++pair)
      result.hops_by_class[pair / site_class_count][pair % site_class_count] += record.by_class[pair];
  }
  result.tracer = mean_of(tracer);
  result.jump = mean_of(jump);
  result.exponent = mean_of(exponent);
  result.diffusive = std::abs(result.exponent.value - 1) <= 0.15 && result.exponent.error <= 0.15;
  add_path(flats[0], result);
  return result;
}

}  // namespace cardhouse
