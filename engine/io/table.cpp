#include "engine/io/table.hpp"

#include <algorithm>
#include <set>

#include "engine/base/errors.hpp"

namespace cardhouse {

const Column& Table::column(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
  if (found != columns.end()) return *found;
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  throw InputError("unknown column '" + std::string(name) + "'", suggest_name(name, names));
}

bool is_well_formed(const Table& table) {
  std::set<std::string_view> names;
  return std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    return column.values.size() == table.rows() && !column.name.empty() && column.name.find('/') == std::string::npos &&
           names.insert(column.name).second;
  });
}

}  // namespace cardhouse
