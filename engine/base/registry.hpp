#pragma once
// A registry is a function that returns an explicit alphabetical table; there is one per seam, in that wing's
// registry.cpp. `cardhouse list <seam>` prints it.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"

namespace cardhouse {

/// One line of a registry: what it is called, what it is, where it comes from (DOI or book), how it is made.
template <class Make>
struct RegistryEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view reference;
  Make make;
};

/// The entry called `name` of a table whose entries have names; throws InputError at `place` with the nearest name when
/// there is none.
template <class Entry>
const Entry& find_entry(std::span<const Entry> table, std::string_view name, std::string_view seam,
                        const SourcePlace& place = {}) {
  std::vector<std::string> names;
  for (const auto& entry : table) {
    if (entry.name == name) return entry;
    names.emplace_back(entry.name);
  }
  throw InputError(place, "unknown " + std::string(seam) + " '" + std::string(name) + "'", suggest_name(name, names));
}

}  // namespace cardhouse
