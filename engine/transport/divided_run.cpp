#include "engine/transport/divided_run.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/transport/flow_cap.hpp"

namespace cardhouse {
namespace {

std::uint64_t events_of(const DomainCounts& counts) {
  return counts.hops + counts.void_events;
}

/// An even number of cycles of at most so long.
std::uint64_t cycles_in(double time, double cycle) {
  return 2 * static_cast<std::uint64_t>(std::max(1.0, std::ceil(time / cycle / 2)));
}

}  // namespace

DividedRun follow(DividedHops& hops, const DividedRunOptions& options) {
  EXPECTS(options.frames >= 1 && options.frames_kept >= 1 && options.hops_a_cycle > 0);
  DividedRun run;
  const double bound = hops.total_rate();
  if (bound == 0) return run;
  const auto sodium = static_cast<double>(hops.state().sites.size());
  // Bounds are above the rates: the first cycles are shorter than wanted.
  const double careful = options.hops_a_cycle * sodium / bound;
  const std::uint64_t settled = std::max<std::uint64_t>(options.events / 10, 10);
  for (std::uint64_t cycles = 2; events_of(run.counts) < settled; cycles = std::min<std::uint64_t>(2 * cycles, 64)) {
    hops.advance(careful * static_cast<double>(cycles), cycles);
    run.time += careful * static_cast<double>(cycles);
    run.counts = hops.counts();
  }
  const double wanted = static_cast<double>(options.events);
  run.history.interval = run.time * wanted / static_cast<double>(events_of(run.counts)) / options.frames;
  const double cycle = options.hops_a_cycle * sodium * run.time / std::max(1.0, static_cast<double>(run.counts.hops));
  const std::uint64_t cycles = cycles_in(run.history.interval, cycle);
  run.cycle_time = run.history.interval / static_cast<double>(cycles);
  const std::uint64_t most = events_of(run.counts) + 10 * options.events;
  for (int frame = 0; frame <= options.frames && events_of(run.counts) < most; ++frame) {
    if (frame > 0) {
      hops.advance(run.history.interval, cycles);
      run.time += run.history.interval;
      run.counts = hops.counts();
    }
    DividedHops::State state = hops.state();
    run.history.frames.push_back(std::move(state.ways));
    if (frame % std::max(1, options.frames / options.frames_kept) != 0) continue;
    run.times.push_back(frame * run.history.interval);
    run.sites.push_back(std::move(state.sites));
  }
  run.cycles = hops.cycles();
  return run;
}

std::vector<double> expected_work(const SiteNetwork& network, const Occupation& state, const HopConditions& conditions,
                                  double flow_cap) {
  std::vector<double> work(network.sites.size(), 0.0);
  const std::vector<LinkFlow> flows = link_flows(network, state, conditions);
  for (std::size_t k = 0; k < flows.size(); ++k)
    for (const std::uint32_t site : {network.links[k].first, network.links[k].second})
      work[site] += std::min(flows[k].flow, flow_cap);
  const double total = std::accumulate(work.begin(), work.end(), 0.0);
  const double even = total > 0 ? 0.1 * total / static_cast<double>(work.size()) : 1;
  for (double& each : work) each += even;
  return work;
}

}  // namespace cardhouse
