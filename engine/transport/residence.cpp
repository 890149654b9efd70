#include "engine/transport/residence.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/kinetics/absorbing_chain.hpp"
#include "engine/sodium/link_crossing.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/transport/flow_cap.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t largest_chain = 48;  // states; the work of a chain grows with their fourth power
constexpr double never = std::numeric_limits<double>::infinity();

struct SingleHop {
  std::uint32_t first, second;
  double there, back;  // rates [1/s]
};

// Both rates of every link that a lone sodium can pass.
std::vector<SingleHop> single_hops(const SiteNetwork& network, const std::vector<double>& energies,
                                   const HopConditions& conditions) {
  const double beta = 1 / (constants::boltzmann * conditions.temperature);
  const auto rate = [&](double barrier, double change) {
    return conditions.attempt_frequency * std::exp(-beta * activation_energy(barrier, change));
  };
  std::vector<SingleHop> hops;
  for (const SiteLink& link : network.links) {
    const double change = energies[link.second] - energies[link.first];
    hops.push_back({link.first, link.second, rate(link.barrier, change), rate(link.barrier, -change)});
  }
  return hops;
}

using Cells = std::vector<CellOffset>;

// Pieces that the hops faster than `fast` join, numbered by their first site. Returns the cell in which every site
// stands, seen from that site.
Cells join(Residence& residence, const SiteNetwork& network, const std::vector<SingleHop>& hops) {
  const std::size_t sites = network.sites.size();
  std::vector<std::vector<std::uint32_t>> links(sites);
  for (std::uint32_t k = 0; k < hops.size(); ++k) {
    if (std::min(hops[k].there, hops[k].back) <= residence.fast) continue;
    links[hops[k].first].push_back(k);
    links[hops[k].second].push_back(k);
  }
  constexpr auto none = std::numeric_limits<std::uint32_t>::max();
  residence.basin_of.assign(sites, none);
  Cells cells(sites);
  std::vector<std::uint32_t> found;
  for (std::uint32_t site = 0; site < sites; ++site) {
    if (residence.basin_of[site] != none) continue;
    const auto basin = static_cast<std::uint32_t>(residence.sizes.size());
    residence.basin_of[site] = basin;
    found = {site};
    for (std::size_t next = 0; next < found.size(); ++next) {
      for (const std::uint32_t k : links[found[next]]) {
        const CellOffset crossed = cells_crossed(network, network.links[k]);
        const bool forward = hops[k].first == found[next];
        const std::uint32_t to = forward ? hops[k].second : hops[k].first;
        if (residence.basin_of[to] != none) continue;
        residence.basin_of[to] = basin;
        cells[to] = forward ? sum(cells[found[next]], crossed) : difference(cells[found[next]], crossed);
        found.push_back(to);
      }
    }
    residence.sizes.push_back(static_cast<std::uint32_t>(found.size()));
  }
  return cells;
}

struct Basin {
  ChainRates rates;
  std::vector<std::uint32_t> sites;
};

// Superbasins without their rates.
std::vector<Basin> empty_basins(const Residence& residence, const std::vector<double>& energies, double beta,
                                std::vector<std::uint32_t>& place) {
  std::vector<Basin> basins(residence.sizes.size());
  place.resize(energies.size());
  for (std::uint32_t site = 0; site < energies.size(); ++site) {
    Basin& basin = basins[residence.basin_of[site]];
    place[site] = static_cast<std::uint32_t>(basin.sites.size());
    basin.sites.push_back(site);
    basin.rates.exits.push_back(0);
  }
  for (Basin& basin : basins) {
    double lowest = never;
    for (const std::uint32_t site : basin.sites) lowest = std::min(lowest, energies[site]);
    for (const std::uint32_t site : basin.sites)
      basin.rates.weights.push_back(std::exp(-beta * (energies[site] - lowest)));
  }
  return basins;
}

// A hop back into the superbasin, but into its next periodic image, leads out as well.
void add_hops(std::vector<Basin>& basins, const Residence& residence, const SiteNetwork& network,
              const std::vector<SingleHop>& hops, const Cells& cells, const std::vector<std::uint32_t>& place) {
  for (std::size_t k = 0; k < hops.size(); ++k) {
    const SingleHop& hop = hops[k];
    ChainRates& here = basins[residence.basin_of[hop.first]].rates;
    const bool inside = residence.basin_of[hop.first] == residence.basin_of[hop.second] &&
                        sum(cells[hop.first], cells_crossed(network, network.links[k])) == cells[hop.second];
    if (!inside) {
      here.exits[place[hop.first]] += hop.there;
      basins[residence.basin_of[hop.second]].rates.exits[place[hop.second]] += hop.back;
    } else if (hop.there > 0 && hop.back > 0) {
      here.moves.push_back({place[hop.first], place[hop.second], hop.there});
      here.moves.push_back({place[hop.second], place[hop.first], hop.back});
    }
  }
}

double equilibrium_time(const ChainRates& rates) {
  double all = 0;
  double leaving = 0;
  for (std::size_t i = 0; i < rates.weights.size(); ++i) {
    all += rates.weights[i];
    leaving += rates.weights[i] * rates.exits[i];
  }
  return leaving > 0 ? all / leaving : never;
}

std::vector<double> escape_times(const ChainRates& rates) {
  const std::size_t states = rates.exits.size();
  const double mean = equilibrium_time(rates);
  const bool representable = *std::min_element(rates.weights.begin(), rates.weights.end()) > 0;
  if (states == 1 || states > largest_chain || !std::isfinite(mean) || !representable)
    return std::vector<double>(states, mean);
  const AbsorbingChain chain(rates);
  std::vector<double> times;
  for (std::uint32_t start = 0; start < states; ++start) times.push_back(chain.mean_exit_time(start));
  return times;
}

double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

Residence single_residence(const SiteNetwork& network, const SodiumParameters& parameters,
                           const HopConditions& conditions) {
  EXPECTS(conditions.temperature > 0 && conditions.attempt_frequency > 0);
  const Hamiltonian hamiltonian(network, parameters);
  const Occupation host(hamiltonian);
  std::vector<double> energies(network.sites.size());
  for (std::size_t site = 0; site < energies.size(); ++site) energies[site] = host.insertion_energy(site);
  const std::vector<SingleHop> hops = single_hops(network, energies, conditions);
  std::vector<double> slow;
  for (const SingleHop& hop : hops) slow.push_back(std::min(hop.there, hop.back));

  Residence residence;
  residence.fast = percolating_strength(network, slow) * (1 + 1e-9);  // its logarithm is rounded
  residence.percolates = residence.fast > 0;
  if (!residence.percolates) residence.fast = 1 / lost_after;
  const Cells cells = join(residence, network, hops);
  std::vector<std::uint32_t> place;
  const double beta = 1 / (constants::boltzmann * conditions.temperature);
  std::vector<Basin> basins = empty_basins(residence, energies, beta, place);
  add_hops(basins, residence, network, hops, cells, place);
  residence.escape_times.resize(energies.size());
  for (const Basin& basin : basins) {
    const std::vector<double> times = escape_times(basin.rates);
    for (std::size_t k = 0; k < times.size(); ++k) residence.escape_times[basin.sites[k]] = times[k];
  }
  return residence;
}

std::array<ResidenceRow, site_class_count> residence_by_class(const SiteNetwork& network, const Residence& residence) {
  EXPECTS(residence.escape_times.size() == network.sites.size());
  std::array<std::vector<double>, site_class_count> times;
  for (std::size_t site = 0; site < network.sites.size(); ++site)
    times[static_cast<std::size_t>(network.sites[site].kind)].push_back(residence.escape_times[site]);
  std::array<ResidenceRow, site_class_count> rows;
  for (std::size_t kind = 0; kind < rows.size(); ++kind) {
    std::vector<double>& own = times[kind];
    std::sort(own.begin(), own.end());
    rows[kind] = {static_cast<SiteClass>(kind), own.size(), quantile(own, 0.5), quantile(own, 0.9), 0};
    const auto lost = std::count_if(own.begin(), own.end(), [](double time) { return time > lost_after; });
    if (!own.empty()) rows[kind].lost = static_cast<double>(lost) / static_cast<double>(own.size());
  }
  return rows;
}

}  // namespace cardhouse
