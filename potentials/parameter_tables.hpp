#pragma once
// What the readers of TOML parameter files share: numbers in their range, and tables that say where they come from.

#include <string>
#include <string_view>

#include "engine/base/deck.hpp"

namespace cardhouse {

/// No interaction that ends reaches so far [angstrom]: a length beyond is a slip, and the neighbours within it fill any
/// memory. (The longest cut-off shipped is 16 angstrom.)
inline constexpr double longest_reach = 100;

/// The number under `key`. Throws InputError unless it is positive, and for a length beyond `longest_reach`.
double positive(const DeckTable& table, std::string_view key, Dimension dimension);
/// Throws InputError when it is negative, and for a length beyond `longest_reach`.
double not_negative(const DeckTable& table, std::string_view key, Dimension dimension);
/// The text under 'source'. Throws InputError when it is missing or empty.
std::string source_of(const DeckTable& table);
/// The table under `key`. Throws InputError when it, or its source, is missing.
DeckTable sourced_table(const DeckTable& parent, std::string_view key);

}  // namespace cardhouse
