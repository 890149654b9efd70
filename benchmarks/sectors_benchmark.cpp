// Cost of sodium hopping in domains that the ranks share. Run it under mpirun on one rank and on more:
//
//     mpirun -n 2 sectors_benchmark 1000000 2
//
// The network of kmc_benchmark (`near_hops`: half filled, all terms, 298 K, repulsion to the nearest neighbours) with
// so many sites in so many domains; 0 domains: HopModel in one piece. A third argument sets the hops a sodium after a
// fifth as many to settle (1), a fourth those a cycle (0.1). Prints one line: user time of the busiest rank for a hop,
// its part in messages, what was sent, and how the cycles may have changed the result.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "benchmarks/synthetic_network.hpp"
#include "benchmarks/user_time.hpp"
#include "engine/base/communicator.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/transport/divided_hops.hpp"
#include "engine/transport/transport.hpp"

namespace cardhouse {
namespace {

struct Request {
  std::size_t sites;
  std::size_t domains;
  double hops;          ///< of a sodium
  double hops_a_cycle;  ///< likewise
};

/// What both ways hop on.
struct Sample {
  explicit Sample(std::size_t sites) : network(synthetic::network(sites, 0.3, stream, synthetic::roomy)) {
    parameters.repulsion.cutoff = 1.25 * synthetic::roomy / std::sqrt(2.0);
  }
  Occupation start(const Hamiltonian& hamiltonian) {
    const TransportOptions options{.sodium = network.sites.size() / 2, .equilibration_sweeps = 10};
    return canonical_start(hamiltonian, network, options, stream);
  }
  HopConditions conditions() const { return {298.15, parameters.attempt_frequency, 0.01}; }
  Stream stream{1, Purpose::Test};
  SiteNetwork network;
  SodiumParameters parameters = synthetic::parameters();
};

void measure_whole(const Request& request) {
  Sample sample(request.sites);
  const Hamiltonian hamiltonian(sample.network, sample.parameters);
  HopModel model(sample.network, sample.start(hamiltonian), sample.conditions());
  const double sodium = 0.5 * static_cast<double>(request.sites);
  KmcClock clock;
  const auto run = [&](double hops) {
    for (const double end = static_cast<double>(model.hops()) + hops * sodium; static_cast<double>(model.hops()) < end;)
      run_kmc(model, clock, {.max_events = clock.events + static_cast<std::uint64_t>(0.01 * sodium)}, sample.stream);
  };
  run(0.2 * request.hops);
  const double before = user_time();
  const std::uint64_t hops_before = model.hops();
  run(request.hops);
  const double hops = static_cast<double>(model.hops() - hops_before);
  fmt::print("whole: {} sites, {:.0f} hops, user {:.2f} us a hop\n", request.sites, hops,
             1e6 * (user_time() - before) / hops);
}

/// What has been counted since.
DomainCounts difference(DomainCounts now, const DomainCounts& before) {
  now.hops -= before.hops;
  now.void_events -= before.void_events;
  now.doubtful_pairs -= before.doubtful_pairs;
  now.looks -= before.looks;
  now.squared_ways -= before.squared_ways;
  now.squared_errors -= before.squared_errors;
  return now;
}

/// Of one rank, or of all: times are those of the busiest.
struct Cost {
  double user = 0;      ///< [s]
  double exchange = 0;  ///< [s]
  double messages = 0;
  double values = 0;
  double ghosts = 0;
};

Cost over_ranks(const Cost& own, const Communicator& world) {
  Cost cost;
  const double flat[] = {own.user, own.exchange, own.messages, own.values, own.ghosts};
  const std::vector<double> all = world.gather(flat);
  for (std::size_t rank = 0; rank < all.size(); rank += std::size(flat)) {
    cost.user = std::max(cost.user, all[rank]);
    cost.exchange = std::max(cost.exchange, all[rank + 1]);
    cost.messages += all[rank + 2];
    cost.values += all[rank + 3];
    cost.ghosts += all[rank + 4];
  }
  return cost;
}

std::unique_ptr<DividedHops> divided(Sample& sample, std::size_t domains, const Communicator& world) {
  const Hamiltonian hamiltonian(sample.network, sample.parameters);
  const Occupation start = sample.start(hamiltonian);
  const DividedOptions options{domains, {1, 0}};
  return std::make_unique<DividedHops>(sample.network, sample.parameters, start, sample.conditions(), options, world);
}

void measure_divided(const Request& request, const Communicator& world) {
  Sample sample(request.sites);
  const double sodium = 0.5 * static_cast<double>(request.sites);
  const auto hops = divided(sample, request.domains, world);
  double time = 0;
  const auto run = [&](double wanted, double rate) {
    const auto cycles = 2 * static_cast<std::uint64_t>(std::ceil(wanted / request.hops_a_cycle / 2));
    const double duration = wanted * sodium / rate;
    hops->advance(duration, cycles);
    time += duration;
  };
  run(0.1 * request.hops, hops->total_rate());
  run(0.1 * request.hops, static_cast<double>(hops->counts().hops) / time);
  const DomainCounts counts_before = hops->counts();
  const Traffic traffic_before = hops->traffic();
  const std::uint64_t cycles_before = hops->cycles();
  const double settled = time;
  world.barrier();
  Cost own{.user = -user_time()};
  run(request.hops, static_cast<double>(counts_before.hops) / time);
  own.user += user_time();
  const DomainCounts counts = difference(hops->counts(), counts_before);
  const Traffic& traffic = hops->traffic();
  own.exchange = traffic.exchange_time - traffic_before.exchange_time;
  own.messages = static_cast<double>(traffic.messages - traffic_before.messages);
  own.values = static_cast<double>(traffic.values - traffic_before.values);
  for (const auto& domain : hops->own_domains()) own.ghosts += static_cast<double>(domain->ghosts());
  const Cost cost = over_ranks(own, world);
  const std::uint64_t cycles = hops->cycles() - cycles_before;
  const SectorBias bias = sector_bias(counts, cycles, static_cast<std::size_t>(sodium), time - settled, 0);
  if (!world.is_root()) return;
  const auto number = static_cast<double>(counts.hops);
  fmt::print(
      "{} ranks, {} domains, {} sectors, {} sites: {:.0f} hops, {} cycles, user {:.2f} us a hop on the busiest "
      "rank, {:.2f} of it exchange\n",
      world.size(), request.domains, hops->division().sectors(), request.sites, number, cycles,
      1e6 * cost.user / number, 1e6 * cost.exchange / number);
  fmt::print(
      "  {:.0f} messages, {:.0f} bytes; {:.1f} ghosts in 100 sites; {:.4f} doubtful pairs a hop, collective "
      "error {:.3f} kT\n",
      cost.messages, 8 * cost.values, 100 * cost.ghosts / static_cast<double>(request.sites), bias.doubtful_pairs,
      bias.group_error);
  if (world.size() > 1) return;
  const auto events = static_cast<double>(counts.hops + counts.void_events);
  fmt::print(
      "  balance {:.3f}: mean over busiest domain of every sector\n",
      events / static_cast<double>(request.domains) / static_cast<double>(traffic.busiest - traffic_before.busiest));
}

}  // namespace
}  // namespace cardhouse

int main(int argc, char** argv) {
  cardhouse::ParallelSession session(argc, argv);
  const auto argument = [&](int k, double otherwise) { return argc > k ? std::stod(argv[k]) : otherwise; };
  const cardhouse::Request request{static_cast<std::size_t>(argument(1, 20000)),
                                   static_cast<std::size_t>(argument(2, 2)), argument(3, 1), argument(4, 0.1)};
  if (request.domains == 0)
    cardhouse::measure_whole(request);
  else
    cardhouse::measure_divided(request, cardhouse::Communicator::world());
}
