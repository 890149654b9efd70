#pragma once

#include <string_view>

#include "engine/base/deck.hpp"

namespace cardhouse {

/// The table `key = { value = ..., source = "..." }` of a parameter file. Throws InputError at the place when there is
/// none, or when it does not say where its value comes from.
inline DeckTable sourced_entry(const DeckTable& table, std::string_view key) {
  DeckTable entry = table.table(key);
  if (entry.text("source").empty()) entry.fail("source", "empty source", "give a DOI, a book or \"estimate\"");
  return entry;
}

/// Its value in internal units; throws InputError unless it is positive.
inline double positive_entry(const DeckTable& table, std::string_view key, Dimension dimension) {
  const DeckTable entry = sourced_entry(table, key);
  const double value = entry.quantity("value", dimension);
  if (!(value > 0)) entry.fail("value", "must be positive");
  return value;
}

}  // namespace cardhouse
