#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {

/// How an atom that is not plain carbon is bound: named as X-ray photoelectron spectroscopy of carbons names it.
struct SiteKind {
  std::string_view name;
  Element element;
  std::string_view meaning;
};

/// All of them, by element. One of each element is called "other_..." and takes what no pattern fits.
std::span<const SiteKind> site_kinds();

/// Index into site_kinds() for every atom, -1 for carbon and for elements without kinds. Patterns look at the bonded
/// neighbours and at the pentagons among `rings`.
std::vector<int> classify_sites(const CarbonStructure& structure, std::span<const Ring> rings);

}  // namespace cardhouse
