#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// The same network with site k the former site order[k]; links by their first site, domains and patches keep their
/// numbers. EXPECTS a permutation.
SiteNetwork reordered(const SiteNetwork& network, std::span<const std::uint32_t> order);

/// Order of the sites along a space-filling curve, in which sampling a large network needs less memory traffic.
std::vector<std::uint32_t> curve_order(const SiteNetwork& network);

}  // namespace cardhouse
