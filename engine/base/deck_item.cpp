#include "engine/base/deck_item.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace cardhouse {
namespace {

std::string with_article(const std::string& noun) {
  const bool vowel = !noun.empty() && std::string_view("aeio").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

/// What the user wrote, for the beginning of a message.
std::string describe_node(const toml::node& node) {
  if (const auto* text = node.as_string()) return fmt::format("text \"{}\"", text->get());
  if (const auto* integer = node.as_integer()) return fmt::format("bare number {}", integer->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("bare number {:#}", number->get());
  if (const auto* flag = node.as_boolean()) return fmt::format("flag {}", flag->get());
  if (node.is_array()) return "array";
  if (node.is_table()) return "table";
  return "date or time";
}

/// The number, an integer rounded to a double where it has more than 53 bits (which toml++ would refuse).
std::optional<double> number_of(const toml::node& node) {
  if (const auto* integer = node.as_integer()) return static_cast<double>(integer->get());
  if (const auto* number = node.as_floating_point()) return number->get();
  return std::nullopt;
}

/// "4.4 nm" for a bare 4.4 where a length is expected.
std::string number_with_unit(const toml::node& node, Dimension dimension) {
  const double number = number_of(node).value_or(1);
  return fmt::format("write it with a unit like \"{} {}\"", std::isfinite(number) ? number : 1,
                     example_unit(dimension));
}

}  // namespace

int line_of(const toml::source_region& source) {
  return static_cast<int>(source.begin.line);
}

std::string element_name(const std::string& array, std::size_t index) {
  return fmt::format("{}[{}]", array, index + 1);
}

void reject(const DeckItem& item, std::string_view expected, std::string_view suggestion) {
  throw InputError(item.place, fmt::format("{} where {} is expected", describe_node(*item.node), expected), suggestion);
}

std::string as_text(const DeckItem& item) {
  if (const auto* text = item.node->as_string()) return text->get();
  reject(item, "a text", "put it in quotes");
}

long as_integer(const DeckItem& item) {
  if (const auto* integer = item.node->as_integer()) return static_cast<long>(integer->get());
  reject(item, "an integer", "write it like 1000, without quotes, decimal point or exponent");
}

bool as_flag(const DeckItem& item) {
  if (const auto* flag = item.node->as_boolean()) return flag->get();
  reject(item, "a flag", "write true or false without quotes");
}

double as_number(const DeckItem& item) {
  const auto number = number_of(*item.node);
  if (!number) reject(item, "a pure number", "write it like 0.5, without quotes and unit");
  if (!std::isfinite(*number)) reject(item, "a finite number");
  return *number;
}

double as_quantity(const DeckItem& item, Dimension dimension) {
  if (dimension == dimension::none && item.node->is_number()) return as_number(item);
  const std::string expected = with_article(name_of(dimension));
  const auto* text = item.node->as_string();
  if (text == nullptr) reject(item, expected, number_with_unit(*item.node, dimension));
  Quantity found;
  try {
    found = parse_quantity(text->get());
  } catch (const InputError& error) {
    throw InputError(item.place, error.what());
  }
  if (found.dimension == dimension) return found.value;
  const std::string problem =
      fmt::format("\"{}\" is {} where {} is expected", text->get(), with_article(name_of(found.dimension)), expected);
  const bool ampere_for_angstrom =
      dimension == dimension::length && found.dimension == dimension::charge / dimension::time;
  throw InputError(
      item.place, problem,
      ampere_for_angstrom ? "A is the ampere, write \"angstrom\"" : number_with_unit(*item.node, dimension));
}

std::vector<DeckItem> elements(const DeckItem& item) {
  const auto* array = item.node->as_array();
  if (array == nullptr) reject(item, "an array", "put it in square brackets");
  std::vector<DeckItem> items;
  for (const auto& element : *array)
    items.push_back(
        {&element, {item.place.file, line_of(element.source()), element_name(item.place.key, items.size())}});
  return items;
}

}  // namespace cardhouse
