#include "engine/carbonize/species.hpp"

#include <algorithm>
#include <cctype>

namespace cardhouse {
namespace {

/// A year from 1800 to 2099 standing alone among the digits.
bool has_year(const std::string& text) {
  const auto digit = [&](std::size_t i) {
    return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]));
  };
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    if ((i > 0 && digit(i - 1)) || digit(i + 4)) continue;
    if (!(digit(i) && digit(i + 1) && digit(i + 2) && digit(i + 3))) continue;
    const std::string century = text.substr(i, 2);
    if (century == "18" || century == "19" || century == "20") return true;
  }
  return false;
}

}  // namespace

std::string read_source(const DeckTable& table) {
  std::string source = table.text("source");
  const bool known = source.find("doi:10.") != std::string::npos || source.starts_with("estimate") ||
                     source.starts_with("computed") || has_year(source);
  if (!known) {
    table.fail("source", "'" + source + "' does not say where the numbers come from",
               "give a DOI (\"doi:10...\"), a citation with its year, \"estimate: reason\" or \"computed: how\"");
  }
  return source;
}

double read_positive(const DeckTable& parent, std::string_view name, Dimension dimension) {
  const DeckTable table = parent.table(name);
  read_source(table);
  const double value = table.quantity("value", dimension);
  if (value <= 0) table.fail("value", "the value must be positive");
  return value;
}

Species read_species(const DeckTable& table) {
  Species species;
  species.name = table.text("name");
  const std::string state = table.choice("state", {"solid", "trapped", "volatile", "network"});
  species.state = state == "solid"      ? SpeciesState::Solid
                  : state == "trapped"  ? SpeciesState::Trapped
                  : state == "volatile" ? SpeciesState::Volatile
                                        : SpeciesState::Network;
  species.source = read_source(table);
  if (species.state == SpeciesState::Network) {
    if (table.has("formula")) table.fail("formula", "network species '" + species.name + "' weighs nothing");
    return species;
  }
  try {
    species.formula = parse_formula(table.text("formula"));
  } catch (const InputError& error) {
    table.fail("formula", "species '" + species.name + "': " + error.what());
  }
  return species;
}

}  // namespace cardhouse
