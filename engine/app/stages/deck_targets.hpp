#pragma once
// Structural targets that a deck gives itself, [build] from = "targets".

#include <string>

#include "engine/base/deck.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

/// A value that must lie in a range, both ends in the unit of the key.
struct KeyRange {
  std::string low;
  std::string high;
};

/// The quantity under the key; without a fallback it must be there. Fails at the key when it is out of range.
double ranged_quantity(const DeckTable& deck, const std::string& key, const std::string& fallback,
                       const KeyRange& range);

/// A pure number under the key, 0 to `highest`. Fails at the key otherwise.
double share(const DeckTable& deck, const std::string& key, double fallback, double highest);

/// Reads spacing, extents, composition, edge fraction, anisotropy and pores. Closed pores are given by one of density,
/// closed_pore_volume or pore_number, their sizes by pore_radius and pore_radius_spread (lognormal). Fails at the key
/// that is out of range, that contradicts another, or whose pores cannot stand beside each other with walls of their
/// own.
CarbonTargets read_deck_targets(const DeckTable& deck);

}  // namespace cardhouse
