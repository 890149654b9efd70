#include "engine/transport/easiest_way.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "engine/sodium/link_crossing.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/transport/flow_cap.hpp"

namespace cardhouse {
namespace {

constexpr int farthest_image = 2;  // that a way is looked for in
constexpr double equal = 1e-9;     // saddles closer than this are the same [eV]

using Place = std::pair<std::uint32_t, CellOffset>;

struct Step {
  Place from;
  std::uint32_t link;
};

// Links whose saddles are not above the highest, by site.
std::vector<std::vector<std::uint32_t>> open_links(const SiteNetwork& network, const std::vector<double>& saddles,
                                                   double highest) {
  std::vector<std::vector<std::uint32_t>> open(network.sites.size());
  for (std::uint32_t k = 0; k < saddles.size(); ++k) {
    if (saddles[k] > highest + equal) continue;
    open[network.links[k].first].push_back(k);
    open[network.links[k].second].push_back(k);
  }
  return open;
}

bool is_near(const CellOffset& cell) {
  return std::ranges::all_of(cell, [](int along) { return std::abs(along) <= farthest_image; });
}

// Links of the shortest way from the far end of `first` to an image of its near end, that link included; empty without.
std::vector<std::uint32_t> closed_way(const SiteNetwork& network, const std::vector<std::vector<std::uint32_t>>& open,
                                      std::uint32_t first) {
  const std::uint32_t begin = network.links[first].first;
  const Place start{network.links[first].second, cells_crossed(network, network.links[first])};
  std::map<Place, Step> reached{{start, {start, first}}};
  std::vector<Place> queue{start};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Place here = queue[next];
    if (here.first == begin && here.second != CellOffset{}) {
      std::vector<std::uint32_t> way;
      for (Place at = here; at != start; at = reached.at(at).from) way.push_back(reached.at(at).link);
      way.push_back(first);
      std::ranges::reverse(way);
      return way;
    }
    for (const std::uint32_t k : open[here.first]) {
      const SiteLink& link = network.links[k];
      const bool forward = link.first == here.first;
      const CellOffset crossed = cells_crossed(network, link);
      const Place to{forward ? link.second : link.first,
                     forward ? sum(here.second, crossed) : difference(here.second, crossed)};
      if (is_near(to.second) && reached.emplace(to, Step{here, k}).second) queue.push_back(to);
    }
  }
  return {};
}

}  // namespace

double EasiestWay::lowest() const {
  return std::ranges::min_element(hops, {}, &WayHop::energy)->energy;
}

std::optional<EasiestWay> easiest_way(const SiteNetwork& network, const SodiumParameters& parameters) {
  if (network.links.empty()) return std::nullopt;
  const Hamiltonian hamiltonian(network, parameters);
  const Occupation host(hamiltonian);
  std::vector<double> energies(network.sites.size());
  for (std::size_t site = 0; site < energies.size(); ++site) energies[site] = host.insertion_energy(site);
  std::vector<double> saddles;
  for (const SiteLink& link : network.links) {
    const double change = energies[link.second] - energies[link.first];
    saddles.push_back(energies[link.first] + activation_energy(link.barrier, change));
  }
  const double least = *std::ranges::min_element(saddles);
  std::vector<double> strengths;
  for (const double saddle : saddles) strengths.push_back(std::exp(least - saddle));
  const double weakest = percolating_strength(network, strengths);
  if (weakest == 0) return std::nullopt;
  const double highest = least - std::log(weakest);
  const auto open = open_links(network, saddles, highest);
  EasiestWay way{{}, *std::ranges::min_element(energies)};
  for (std::uint32_t first = 0; first < saddles.size() && way.hops.empty(); ++first) {
    if (std::abs(saddles[first] - highest) > equal) continue;
    std::uint32_t at = network.links[first].first;
    for (const std::uint32_t k : closed_way(network, open, first)) {
      const SiteLink& link = network.links[k];
      const std::uint32_t to = link.first == at ? link.second : link.first;
      way.hops.push_back({at, to, energies[at], link.barrier, saddles[k]});
      at = to;
    }
  }
  if (way.hops.empty()) return std::nullopt;
  return way;
}

}  // namespace cardhouse
