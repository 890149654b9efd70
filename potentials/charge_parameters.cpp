#include "potentials/charge_parameters.hpp"

#include <algorithm>
#include <numbers>

#include "engine/base/constants.hpp"
#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

ChargeElement read_element(const DeckTable& table) {
  const ChargeElement result{
      .element = element_from_symbol(table.text("symbol")),
      .electronegativity = table.quantity("electronegativity", dimension::voltage),
      .hardness = table.quantity("hardness", dimension::voltage / dimension::charge),
      .width = positive(table, "width", dimension::length),
  };
  source_of(table);
  if (!(constants::coulomb * std::numbers::inv_sqrtpi / result.width < result.hardness)) {
    table.fail("width", "is too small for this hardness (charges would grow without limit at short distance)",
               "take more than " + std::to_string(constants::coulomb * std::numbers::inv_sqrtpi / result.hardness) +
                   " angstrom");
  }
  return result;
}

}  // namespace

std::vector<ChargeElement> load_charge_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  std::vector<ChargeElement> result;
  for (const DeckTable& table : deck.root().tables("element")) {
    const ChargeElement element = read_element(table);
    const bool known = std::any_of(result.begin(), result.end(),
                                   [&](const ChargeElement& other) { return other.element == element.element; });
    if (known) table.fail("symbol", "stands here twice");
    result.push_back(element);
  }
  deck.reject_unknown_keys();
  if (result.empty()) deck.root().fail("element", "is missing", "add [[element]]");
  return result;
}

}  // namespace cardhouse
