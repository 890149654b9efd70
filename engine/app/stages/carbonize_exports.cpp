#include "engine/app/stages/carbonize_exports.hpp"

#include <fmt/format.h>

#include <string_view>

#include "engine/structure/atoms.hpp"

namespace cardhouse {
namespace {

constexpr std::string_view gas_prefix = "gas_";

bool is_gas(const Column& column) {
  return column.name.starts_with(gas_prefix);
}

std::vector<double> mean_rates(const std::vector<double>& escaped, const std::vector<double>& time) {
  std::vector<double> rates(escaped.size(), 0);
  for (std::size_t row = 1; row < rates.size(); ++row)
    rates[row] = (escaped[row] - escaped[row - 1]) / (time[row] - time[row - 1]);
  return rates;
}

}  // namespace

Table balance_table(const Table& thermogravimetry) {
  Table table = thermogravimetry;
  std::erase_if(table.columns, is_gas);
  return table;
}

Table gas_log(const Table& thermogravimetry) {
  const std::vector<double>& time = thermogravimetry.column("time").values;
  Table table{{thermogravimetry.column("time"), thermogravimetry.column("temperature")}};
  std::vector<Column> rates;
  for (const Column& column : thermogravimetry.columns) {
    if (!is_gas(column)) continue;
    const std::string gas = column.name.substr(gas_prefix.size());
    table.columns.push_back({gas + "_escaped", column.unit, column.meaning, column.values});
    rates.push_back({gas + "_rate", "1/s", "mean since the row before", mean_rates(column.values, time)});
  }
  table.columns.insert(table.columns.end(), rates.begin(), rates.end());
  return table;
}

std::string composition_csv(const Table& composition) {
  const auto percent = [&](const char* column, std::size_t row) {
    return 100 * composition.column(column).values[row];
  };
  std::string text = "element,char [wt% of char],supplied [wt% of supplied],escaped [wt% of supplied]\n";
  for (std::size_t row = 0; row < composition.rows(); ++row) {
    const auto element = static_cast<Element>(composition.column("atomic_number").values[row]);
    text += fmt::format("{},{},{},{}\n", symbol(element), percent("char", row), percent("supplied", row),
                        percent("escaped", row));
  }
  return text;
}

}  // namespace cardhouse
