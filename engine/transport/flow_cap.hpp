#pragma once
// How much sodium goes to and fro along every link in equilibrium, and which links may be slowed without harm.

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/transport/hop_bounds.hpp"

namespace cardhouse {

/// A link in equilibrium.
struct LinkFlow {
  double flow = 0;  ///< hops along it in one direction: p(a, not b) k_ab, which equals p(b, not a) k_ba [1/s]
  double slow = 0;  ///< rate of the slower direction, once sodium is there and the other end open [1/s]
};

/// Flows of all links, in their order, with the other sodium where `state` has it. The two ends have the probabilities
/// of a pair that repel or exclude each other, p(first, not second) = 1/(1 + e^(b(E1-mu)) + e^(b(E1-E2)) +
/// e^(-b(E2-mu+w))), at a chemical potential such that Fermi functions of the energies that sodium has on every site
/// add up to the sodium there is. Links that a third sodium closes have none.
std::vector<LinkFlow> link_flows(const SiteNetwork& network, const Occupation& state, const HopConditions& conditions);

/// Flows averaged over 16 canonical configurations, one sweep of Monte Carlo apart, the last of which `state` is left
/// in; `slow` is averaged over the times when sodium stands before the link and its other end is open.
std::vector<LinkFlow> mean_link_flows(const SiteNetwork& network, Occupation& state, const HopConditions& conditions,
                                      Stream& stream);

/// Sodium that waits longer than this counts as lost to a cell that is charged in the meantime: ten hours, a charge at
/// C/10 [s].
inline constexpr double lost_after = 36000;

/// Which flow along a link is more than diffusion needs.
struct FlowCap {
  double flow = std::numeric_limits<double>::infinity();  ///< links are slowed to it; infinite: nothing to gain [1/s]
  double bottleneck = 0;  ///< flow of the weakest link on the easiest way through the cell; 0 without a way [1/s]
  double largest = 0;     ///< of all flows: a cap above changes nothing [1/s]
};

/// A cap that leaves the bottleneck alone. Diffusion in a network of widely different rates is decided by its weakest
/// links on the way through (critical path analysis: Ambegaokar, Halperin & Langer 1971, doi:10.1103/PhysRevB.4.2612).
/// The bottleneck is the largest flow such that the links with at least this flow lead through the periodic cell; links
/// with `factor` times as much are a hundredth (for 100) of the resistance. What happens less than once in ten hours is
/// not waited for: the cap is at least `factor`/lost_after. Lower flows only slow diffusion, as lower conductances do.
/// EXPECTS a flow a link and factor >= 1. O(links log links).
FlowCap find_flow_cap(const SiteNetwork& network, const std::vector<LinkFlow>& flows, double factor);

/// The caps of rates (HopConditions::caps) that bring the flow of every link down to `flow`: flow x slow/(its flow),
/// and infinite where it is lower already. EXPECTS flow > 0.
std::vector<double> caps_of_rates(const std::vector<LinkFlow>& flows, double flow);

/// What a run did.
struct HopsSeen {
  std::vector<std::uint64_t> crossings;  ///< of every link, both ways together
  double time = 0;                       ///< [s]
  double allowed = 0;                    ///< flow that none should have more of [1/s]
};

/// Lowers the caps of the links that a run has crossed at least ten times and more than twice as often as allowed, each
/// by the excess, and returns them. This catches what means over configurations miss: sodium that is caught between two
/// sites where they expect none, and rattles there at any rate (raising barriers by what a run visits: Chatterjee &
/// Voter 2010, doi:10.1063/1.3409606). The rate to be lowered is that of `state`; links with none or two sodium on
/// their ends are left for a later call. EXPECTS a cap and a number of crossings a link.
std::vector<std::size_t> lower_caps(const SiteNetwork& network, const Occupation& state, const HopsSeen& seen,
                                    HopConditions& conditions);

/// Strength of the weakest link on that way through the periodic cell whose weakest link is strongest; zero without a
/// way. Links of zero strength are none. EXPECTS one value a link, none negative.
double percolating_strength(const SiteNetwork& network, const std::vector<double>& strengths);

}  // namespace cardhouse
