#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

void refuse_too_long(const DeckTable& table, std::string_view key, Dimension dimension, double value) {
  if (dimension == dimension::length && value > longest_reach) {
    table.fail(key, "is longer than 100 angstrom, which no such interaction reaches", "check the unit");
  }
}

}  // namespace

double positive(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (!(value > 0)) table.fail(key, "must be positive");
  refuse_too_long(table, key, dimension, value);
  return value;
}

double not_negative(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (!(value >= 0)) table.fail(key, "must not be negative");
  refuse_too_long(table, key, dimension, value);
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
