#pragma once

#include <cstdint>
#include <vector>

#include "engine/sodium/site_network.hpp"
#include "engine/transport/diffusion.hpp"
#include "engine/transport/divided_hops.hpp"

namespace cardhouse {

struct DividedRunOptions {
  std::uint64_t events = 100000;  ///< about, after a tenth as many to settle
  int frames = 200;               ///< samples of the positions
  int frames_kept = 20;           ///< of which the sites are kept
  double hops_a_cycle = 0.05;     ///< of a sodium, mean: sets the time of a cycle
};

/// What a run in sectors followed.
struct DividedRun {
  DisplacementHistory history;                    ///< empty when nothing can move
  std::vector<double> times;                      ///< of the kept frames [s]
  std::vector<std::vector<std::uint32_t>> sites;  ///< of every sodium there
  DomainCounts counts;                            ///< settling included
  std::uint64_t cycles = 0;                       ///< likewise
  double time = 0;                                ///< likewise [s]
  double cycle_time = 0;                          ///< of the cycles between frames [s]
};

/// Lets sodium settle and records displacements at equal times, as transport() does in one piece; a run whose rate
/// rises tenfold is cut. Called by all ranks together, the same on each.
DividedRun follow(DividedHops& hops, const DividedRunOptions& options);

/// How much hopping to expect at every site, from the flows of one configuration: what domains are balanced by. Links
/// count up to `flow_cap`; a tenth is spread evenly, for what sites cost without hops.
std::vector<double> expected_work(const SiteNetwork& network, const Occupation& state, const HopConditions& conditions,
                                  double flow_cap);

}  // namespace cardhouse
