#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cardhouse {

/// One column of numbers. The unit is written as people write it ("mAh/g", "V", "1" for a pure number).
struct Column {
  std::string name;
  std::string unit;
  std::string meaning;
  std::vector<double> values;
};

/// Columns of equal length under different names, in a fixed order: a curve, a spectrum, a list of pores.
struct Table {
  std::vector<Column> columns;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().values.size(); }
  /// Throws InputError with the nearest name when there is no such column.
  const Column& column(std::string_view name) const;
};

/// A table and what it is called: a diffractogram, a list of pores.
struct NamedTable {
  std::string name;
  Table table;
};

/// Whether all columns have one length and names that differ, are not empty and hold no '/'.
bool is_well_formed(const Table& table);

}  // namespace cardhouse
