#include "engine/sodium/network_order.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/sodium/space_filling_curve.hpp"

namespace cardhouse {

SiteNetwork reordered(const SiteNetwork& network, std::span<const std::uint32_t> order) {
  EXPECTS(order.size() == network.sites.size());
  SiteNetwork result{network.cell, {}, network.links, network.domains, network.patches, network.host_mass};
  std::vector<std::uint32_t> place(order.size(), static_cast<std::uint32_t>(order.size()));
  for (std::uint32_t k = 0; k < order.size(); ++k) {
    EXPECTS(order[k] < place.size() && place[order[k]] == place.size());
    place[order[k]] = k;
    result.sites.push_back(network.sites[order[k]]);
  }
  for (SiteLink& link : result.links) {
    link.first = place[link.first];
    link.second = place[link.second];
  }
  std::ranges::stable_sort(result.links, {}, &SiteLink::first);
  return result;
}

std::vector<std::uint32_t> curve_order(const SiteNetwork& network) {
  std::vector<Vector3> positions;
  positions.reserve(network.sites.size());
  for (const Site& site : network.sites) positions.push_back(site.position);
  return along_space_filling_curve(network.cell, positions);
}

}  // namespace cardhouse
