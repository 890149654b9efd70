#include "engine/app/summary.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "engine/app/stage.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(line);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

}  // namespace

Estimate error_if_any(Estimate estimate) {
  if (estimate.error == 0) estimate.error = -1;
  return estimate;
}

std::string encode_summary(const std::vector<SummaryRow>& rows) {
  std::string text;
  for (const SummaryRow& row : rows)
    text += fmt::format("{}\t{:.17g}\t{:.17g}\t{}\t{}\n", row.quantity, row.value.value, row.value.error, row.unit,
                        row.remark);
  return text;
}

std::vector<SummaryRow> decode_summary(const std::string& text) {
  std::vector<SummaryRow> rows;
  for (const std::string& line : split(text, '\n')) {
    std::vector<std::string> parts = split(line, '\t');
    if (parts.size() < 4) throw InputError("a stored summary line has fewer than four columns: '" + line + "'");
    parts.resize(5);
    rows.push_back({parts[0], {std::stod(parts[1]), std::stod(parts[2])}, parts[3], parts[4]});
  }
  return rows;
}

std::string format_estimate(const Estimate& estimate) {
  const double error = estimate.error;
  const double scale = std::max(std::abs(estimate.value), error);
  if (error < 0) return fmt::format("{:.4g}", estimate.value);
  if (error == 0 || scale < 1e-3 || scale >= 1e5) return fmt::format("{:.3g} +- {:.2g}", estimate.value, error);
  const int digits = std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, 6);
  return fmt::format("{:.{}f} +- {:.{}f}", estimate.value, digits, error, digits);
}

std::string format_summary(const std::vector<SummaryRow>& rows) {
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const SummaryRow& row : rows) {
    name_width = std::max(name_width, row.quantity.size());
    value_width = std::max(value_width, format_estimate(row.value).size());
  }
  std::string text;
  for (const SummaryRow& row : rows) {
    const std::string line = fmt::format("  {:<{}}  {:>{}}  {:<8}  {}", row.quantity, name_width,
                                         format_estimate(row.value), value_width, row.unit, row.remark);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

void write_summary(RunFile& file, const std::string& stage, const std::vector<SummaryRow>& rows) {
  file.write_text(stage + "/summary", encode_summary(rows),
                  "tab-separated: quantity, value, standard error (negative: none), unit, remark");
}

std::vector<SummaryRow> collect_summary(const RunFile& file) {
  std::vector<SummaryRow> all;
  for (const std::string& stage : stage_order()) {
    if (!file.stage_complete(stage) || !file.has(stage + "/summary")) continue;
    const std::vector<SummaryRow> rows = decode_summary(file.read_text(stage + "/summary"));
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace cardhouse
