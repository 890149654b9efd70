#include "engine/transport/flow_cap.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/reachability.hpp"

namespace cardhouse {
namespace {

constexpr int configurations = 16;  // whose flows are averaged

double filling(double energy, double level, double beta) {
  return 1 / (1 + std::exp(beta * (energy - level)));
}

// Two neighbouring sites: energies of sodium on either, against the level, and what both do to each other [eV].
struct SitesInTouch {
  double first, second, repulsion;
};

// Probability that sodium is on the first and not on the second.
double share_of_first(const SitesInTouch& pair, double beta) {
  const double none = -pair.first;  // energies of the four states, against that one
  const double other = pair.second - pair.first;
  const double both = pair.second + pair.repulsion;
  return 1 / (1 + std::exp(-beta * none) + std::exp(-beta * other) + std::exp(-beta * both));
}

// Energy of sodium on every site while the rest stays; infinite where a core forbids it.
std::vector<double> energies_of(const Occupation& state) {
  std::vector<double> energies(state.size());
  for (std::size_t site = 0; site < energies.size(); ++site)
    energies[site] = state.is_occupied(site) ? -state.removal_energy(site) : state.insertion_energy(site);
  return energies;
}

// Chemical potential at which the fillings add up to `sodium`.
double level_of(const std::vector<double>& energies, double sodium, double beta) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double energy : energies) {
    if (!std::isfinite(energy)) continue;
    low = std::min(low, energy);
    high = std::max(high, energy);
  }
  low -= 50 / beta;
  high += 50 / beta;
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    double sum = 0;
    for (const double energy : energies) sum += filling(energy, middle, beta);
    (sum < sodium ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

std::vector<LinkFlow> link_flows(const SiteNetwork& network, const Occupation& state, const HopConditions& conditions) {
  const double beta = 1 / (constants::boltzmann * conditions.temperature);
  const std::vector<double> energies = energies_of(state);
  const double level = level_of(energies, static_cast<double>(state.count()), beta);
  std::vector<LinkFlow> flows(network.links.size());
  for (std::size_t k = 0; k < flows.size(); ++k) {
    const SiteLink& link = network.links[k];
    const bool forward = state.is_occupied(link.first) || !state.is_occupied(link.second);
    const std::uint32_t from = forward ? link.first : link.second;
    const std::uint32_t to = forward ? link.second : link.first;
    // A move knows that sodium does not block its own way.
    const bool moves = state.is_occupied(from) && !state.is_occupied(to);
    const double change = moves ? state.move_energy(from, to) : energies[to] - energies[from];
    if (!std::isfinite(change)) continue;
    const Occupation::Coupling both = state.coupling(from, to);
    const double repulsion = both.core > 0 ? std::numeric_limits<double>::infinity() : both.repulsion;
    const double alone = energies[from] - (state.is_occupied(to) ? repulsion : 0);  // with the other end vacant
    const double rate = conditions.attempt_frequency * std::exp(-beta * activation_energy(link.barrier, change));
    flows[k].flow = share_of_first({alone - level, alone + change - level, repulsion}, beta) * rate;
    flows[k].slow = rate * std::exp(beta * std::min(0.0, change));
  }
  return flows;
}

std::vector<LinkFlow> mean_link_flows(const SiteNetwork& network, Occupation& state, const HopConditions& conditions,
                                      Stream& stream) {
  GrandCanonical sampler(0, conditions.temperature, {.flip = 0, .hop = 0.5});
  std::vector<LinkFlow> mean(network.links.size());
  std::vector<double> ready(mean.size(), 0.0);  // how often sodium stands before it and the other end is open
  for (int sample = 0; sample < configurations; ++sample) {
    sampler.sweep(state, network.links, stream);
    const std::vector<LinkFlow> flows = link_flows(network, state, conditions);
    for (std::size_t k = 0; k < mean.size(); ++k) {
      mean[k].flow += flows[k].flow / configurations;
      if (flows[k].flow > 0) ready[k] += flows[k].flow / flows[k].slow / configurations;
    }
  }
  for (std::size_t k = 0; k < mean.size(); ++k)
    if (ready[k] > 0) mean[k].slow = mean[k].flow / ready[k];
  return mean;
}

double percolating_strength(const SiteNetwork& network, const std::vector<double>& strengths) {
  EXPECTS(strengths.size() == network.links.size());
  double strongest = 0;
  for (const double strength : strengths) {
    EXPECTS(strength >= 0 && std::isfinite(strength));
    strongest = std::max(strongest, strength);
  }
  // As a barrier, a strong link is a low one.
  SiteNetwork ways{network.cell, network.sites, {}, {}, {}, network.host_mass};
  for (Site& site : ways.sites) site.outside = false;
  for (std::size_t k = 0; k < strengths.size(); ++k) {
    if (strengths[k] == 0) continue;
    ways.links.push_back(network.links[k]);
    ways.links.back().barrier = std::log(strongest) - std::log(strengths[k]);
  }
  double lowest = std::numeric_limits<double>::infinity();
  for (const double access : access_barriers(ways)) lowest = std::min(lowest, access);
  return strongest * std::exp(-lowest);
}

FlowCap find_flow_cap(const SiteNetwork& network, const std::vector<LinkFlow>& flows, double factor) {
  EXPECTS(flows.size() == network.links.size() && factor >= 1);
  std::vector<double> strengths;
  FlowCap cap;
  for (const LinkFlow& link : flows) {
    strengths.push_back(link.flow);
    cap.largest = std::max(cap.largest, link.flow);
  }
  cap.bottleneck = percolating_strength(network, strengths);
  const double wanted = factor * std::max(cap.bottleneck, 1 / lost_after);
  if (wanted < cap.largest) cap.flow = wanted;
  return cap;
}

std::vector<double> caps_of_rates(const std::vector<LinkFlow>& flows, double flow) {
  EXPECTS(flow > 0);
  std::vector<double> caps;
  for (const LinkFlow& link : flows)
    caps.push_back(link.flow > flow ? flow * link.slow / link.flow : std::numeric_limits<double>::infinity());
  return caps;
}

std::vector<std::size_t> lower_caps(const SiteNetwork& network, const Occupation& state, const HopsSeen& seen,
                                    HopConditions& conditions) {
  constexpr std::uint64_t enough = 10;
  constexpr double tolerated = 2;
  EXPECTS(conditions.caps.size() == network.links.size() && seen.crossings.size() == network.links.size());
  EXPECTS(seen.time > 0 && seen.allowed > 0);
  const double beta = 1 / (constants::boltzmann * conditions.temperature);
  std::vector<std::size_t> lowered;
  for (std::size_t k = 0; k < network.links.size(); ++k) {
    const double excess = static_cast<double>(seen.crossings[k]) / (2 * seen.time * seen.allowed);
    const SiteLink& link = network.links[k];
    const bool forward = state.is_occupied(link.first);
    if (seen.crossings[k] < enough || excess < tolerated || forward == state.is_occupied(link.second)) continue;
    const double change =
        forward ? state.move_energy(link.first, link.second) : state.move_energy(link.second, link.first);
    if (!std::isfinite(change)) continue;
    const double slow =
        conditions.attempt_frequency * std::exp(-beta * activation_energy(link.barrier, std::abs(change)));
    if (slow == 0) continue;
    conditions.caps[k] = std::min(conditions.caps[k], slow) / excess;
    lowered.push_back(k);
  }
  return lowered;
}

}  // namespace cardhouse
