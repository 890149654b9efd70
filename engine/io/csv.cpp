#include "engine/io/csv.hpp"

#include <fmt/format.h>

#include "engine/base/contracts.hpp"
#include "engine/io/text_file.hpp"

namespace cardhouse {

namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result.append(c == '"' ? 2 : 1, c);
  return result + '"';
}

}  // namespace

std::string csv_text(const Table& table) {
  EXPECTS(is_well_formed(table));
  std::string text;
  for (const auto& column : table.columns) {
    if (!text.empty()) text += ',';
    text += quoted(fmt::format("{} [{}]", column.name, column.unit));
  }
  text += '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      fmt::format_to(std::back_inserter(text), "{}{}", i == 0 ? "" : ",", table.columns[i].values[row]);
    text += '\n';
  }
  return text;
}

void write_csv(const std::string& path, const Table& table) {
  replace_text_file(path, csv_text(table));
}

}  // namespace cardhouse
