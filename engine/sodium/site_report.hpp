#pragma once

#include <array>
#include <cstddef>

#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// What a site network amounts to, for people and for checks.
struct SiteReport {
  std::array<std::size_t, site_class_count> count{};  ///< sites by class
  std::size_t links = 0;
  std::size_t isolated = 0;          ///< sites without any hop
  std::size_t components = 0;        ///< connected pieces of the network, isolated sites included
  double largest_component = 0;      ///< its share of the sites
  std::array<bool, 3> percolates{};  ///< whether some piece joins its own periodic image along each cell vector
  double mean_spacing = 0;           ///< over sites between two layers [angstrom]; 0 without any

  std::size_t outside = 0;  ///< sites that the electrolyte touches
  double reachable = 0;     ///< share of the sites with a way in

  std::size_t of(SiteClass kind) const { return count[static_cast<std::size_t>(kind)]; }
};

SiteReport report_sites(const SiteNetwork& network);

}  // namespace cardhouse
