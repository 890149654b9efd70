#include "engine/transport/network_division.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

std::vector<FractionalPoint> wrapped_points(const SiteNetwork& network) {
  std::vector<FractionalPoint> points;
  points.reserve(network.sites.size());
  for (const Site& site : network.sites) {
    const Vector3 place = network.cell.to_fractional(network.cell.wrap(site.position));
    points.push_back({place.x, place.y, place.z});
  }
  return points;
}

/// Groups of a site in the whole network: its domain, its patch; -1 for none.
std::array<std::int64_t, 2> groups_of(const SiteNetwork& network, const Site& site) {
  const auto patch = site.patch < 0 ? -1 : static_cast<std::int64_t>(network.domains.size()) + site.patch;
  return {site.domain, patch};
}

/// Whether x lies between low and high, or one of its images along a periodic axis does.
bool within(double x, double low, double high) {
  return high - low >= 1 || x - std::floor(x - low) < high;
}

/// Keeps the domains and patches that `sites` refer to, in their order, and numbers them anew.
std::vector<std::uint32_t> keep_groups(const SiteNetwork& whole, SiteNetwork& part) {
  std::vector<std::uint32_t> kept;
  const auto keep = [&](const auto& groups, auto& kept_groups, auto number, std::size_t first) {
    std::vector<std::int32_t> numbers(groups.size(), -1);
    for (const Site& site : part.sites)
      if (site.*number >= 0) numbers[static_cast<std::size_t>(site.*number)] = 0;
    for (std::size_t group = 0; group < groups.size(); ++group) {
      if (numbers[group] < 0) continue;
      numbers[group] = static_cast<std::int32_t>(kept_groups.size());
      kept_groups.push_back(groups[group]);
      kept.push_back(static_cast<std::uint32_t>(first + group));
    }
    for (Site& site : part.sites)
      if (site.*number >= 0) site.*number = numbers[static_cast<std::size_t>(site.*number)];
  };
  keep(whole.domains, part.domains, &Site::domain, 0);
  keep(whole.patches, part.patches, &Site::patch, whole.domains.size());
  return kept;
}

double longest_link(const SiteNetwork& network) {
  double longest = 0;
  for (const SiteLink& link : network.links) longest = std::max(longest, norm(link.displacement));
  return longest;
}

DivisionRequest request_for(const SiteNetwork& network, double separation, std::size_t domains) {
  const Vector3& widths = network.cell.widths();
  return {{widths.x, widths.y, widths.z}, separation + 1e-6, domains};
}

}  // namespace

double interaction_reach(const SodiumParameters& parameters) {
  double reach = parameters.terms.exclusion ? parameters.exclusion_diameter : 0;
  if (parameters.terms.repulsion) reach = std::max(reach, parameters.repulsion.cutoff);
  if (parameters.terms.metal) reach = std::max(reach, 2 * parameters.metal.broken_distance);
  return reach;
}

void check_domains(const SiteNetwork& network, const SodiumParameters& parameters, std::size_t domains) {
  const double separation = interaction_reach(parameters) + 2 * longest_link(network);
  DivisionRequest request = request_for(network, separation, domains);
  while (request.domains > 1 && !fits(request)) --request.domains;
  if (request.domains == domains) return;
  throw InputError(fmt::format("{} domains in this cell would be thinner than {:.0f} angstrom, twice what hops reach",
                               domains, 2 * separation),
                   fmt::format("use {} or fewer", request.domains));
}

NetworkDivision::NetworkDivision(const SiteNetwork& network, const SodiumParameters& parameters, std::size_t domains,
                                 std::span<const double> weights)
    : network_(network),
      reach_(interaction_reach(parameters)),
      longest_link_(longest_link(network)),
      points_(wrapped_points(network)) {
  EXPECTS(domains >= 1);
  std::vector<std::vector<std::uint32_t>> links(network.sites.size());
  for (std::uint32_t k = 0; k < network.links.size(); ++k) {
    links[network.links[k].first].push_back(k);
    links[network.links[k].second].push_back(k);
  }
  for (const std::vector<std::uint32_t>& row : links) {
    for (const std::uint32_t link : row) links_.push(link);
    links_.close_row();
  }
  check_domains(network, parameters, domains);
  const DivisionRequest request = request_for(network, separation(), domains);
  for (int axis = 0; axis < 3; ++axis) halo_[axis] = (longest_link_ + reach_ + 1e-6) / request.widths[axis];
  division_ = divide(points_, weights, request);
  list_group_workers();
}

NetworkDivision::Place NetworkDivision::place_of(const SiteLink& link) const {
  const std::uint32_t site = std::min(link.first, link.second);
  return {division_.domain_of[site], division_.sector_of[site]};
}

bool NetworkDivision::holds(std::size_t domain, std::size_t site) const {
  const DomainBox& box = division_.domains[domain];
  for (int axis = 0; axis < 3; ++axis)
    if (box.divided[axis] && !within(points_[site][axis], box.low[axis] - halo_[axis], box.high[axis] + halo_[axis]))
      return false;
  return true;
}

std::vector<NetworkDivision::Place> NetworkDivision::workers_at(std::size_t site) const {
  std::vector<Place> places;
  for (const std::uint32_t link : links_.of(site)) places.push_back(place_of(network_.links[link]));
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

std::vector<std::uint32_t> NetworkDivision::neighbours(std::size_t domain) const {
  const DomainBox& own = division_.domains[domain];
  std::vector<std::uint32_t> result;
  for (std::uint32_t other = 0; other < domains(); ++other) {
    const DomainBox& box = division_.domains[other];
    bool near = other != domain;
    for (int axis = 0; axis < 3 && near; ++axis) {
      const double reach = 2 * halo_[axis];
      const double low = own.low[axis] - reach - (box.high[axis] - box.low[axis]);
      near = !box.divided[axis] || !own.divided[axis] || within(box.low[axis], low, own.high[axis] + reach);
    }
    if (near) result.push_back(other);
  }
  return result;
}

void NetworkDivision::list_group_workers() {
  group_workers_.resize(network_.domains.size() + network_.patches.size());
  for (const SiteLink& link : network_.links)
    for (const std::uint32_t site : {link.first, link.second})
      for (const std::int64_t group : groups_of(network_, network_.sites[site])) {
        if (group < 0) continue;
        std::vector<Place>& workers = group_workers_[static_cast<std::size_t>(group)];
        const Place place = place_of(link);
        const auto at = std::ranges::lower_bound(workers, place);
        if (at == workers.end() || *at != place) workers.insert(at, place);
      }
}

DomainNetwork NetworkDivision::share(std::size_t domain) const {
  DomainNetwork share{{network_.cell, {}, {}, {}, {}, network_.host_mass}, {}, {}, {}, {}};
  constexpr std::uint32_t absent = 0xffffffff;
  std::vector<std::uint32_t> local(network_.sites.size(), absent);
  for (std::uint32_t site = 0; site < local.size(); ++site) {
    if (!holds(domain, site)) continue;
    local[site] = static_cast<std::uint32_t>(share.sites.size());
    share.sites.push_back(site);
    share.network.sites.push_back(network_.sites[site]);
  }
  for (std::uint32_t k = 0; k < network_.links.size(); ++k) {
    SiteLink link = network_.links[k];
    const Place place = place_of(link);
    if (place.domain != domain) continue;
    link.first = local[link.first];
    link.second = local[link.second];
    ENSURES(link.first != absent && link.second != absent);
    share.network.links.push_back(link);
    share.links.push_back(k);
    share.sectors.push_back(place.sector);
  }
  share.groups = keep_groups(network_, share.network);
  return share;
}

}  // namespace cardhouse
