#pragma once
// One value of a TOML document, read as what the program needs. Beside deck.cpp nobody includes this: what the rest of
// the house sees is deck.hpp, which does not show toml++.

#include <toml++/toml.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {

/// A value of the document and where it stands.
struct DeckItem {
  const toml::node* node;
  SourcePlace place;
};

int line_of(const toml::source_region& source);
/// "name[3]" for the index 2: people count from one.
std::string element_name(const std::string& array, std::size_t index);

/// Throws InputError "text "x" where `expected` is expected" at the item.
[[noreturn]] void reject(const DeckItem& item, std::string_view expected, std::string_view suggestion = {});

/// The value in that form; each throws InputError at the item when it has another. Quantities come in internal units,
/// and numbers are finite.
std::string as_text(const DeckItem& item);
long as_integer(const DeckItem& item);
bool as_flag(const DeckItem& item);
double as_number(const DeckItem& item);
double as_quantity(const DeckItem& item, Dimension dimension);

/// The elements of an array, each with its own line and name; throws InputError when it is none.
std::vector<DeckItem> elements(const DeckItem& item);

}  // namespace cardhouse
