#include "potentials/parameter_tables.hpp"

namespace cardhouse {

double positive(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (!(value > 0)) table.fail(key, "must be positive");
  return value;
}

double not_negative(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (!(value >= 0)) table.fail(key, "must not be negative");
  return value;
}

std::string source_of(const DeckTable& table) {
  std::string source = table.text("source");
  if (source.empty()) table.fail("source", "is empty (every number names where it comes from)");
  return source;
}

DeckTable sourced_table(const DeckTable& parent, std::string_view key) {
  DeckTable table = parent.table(key);
  source_of(table);
  return table;
}

}  // namespace cardhouse
