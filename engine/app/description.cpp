#include "engine/app/description.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "engine/app/packed_description.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

// What a laboratory calls the groups of the registry.
const std::map<std::string, std::string>& laboratory_names() {
  static const std::map<std::string, std::string> names{{"density", "composition"}, {"pdf", "pair_distribution"},
                                                        {"raman", "stacks"},        {"rings", "network"},
                                                        {"saxs", "small_angles"},   {"xrd", "diffraction"}};
  return names;
}

struct Widths {
  std::size_t name = 0, value = 0, unit = 0;
};

Widths widths_of(const std::vector<DescribedGroup>& groups) {
  Widths widths;
  for (const SummaryRow& row : rows_of(groups)) {
    widths.name = std::max(widths.name, row.quantity.size());
    widths.value = std::max(widths.value, format_estimate(row.value).size());
    widths.unit = std::max(widths.unit, row.unit.size());
  }
  return widths;
}

// Words of `text` behind `start`, broken into lines of at most `width`, the later ones indented to where it began.
std::string wrapped(const std::string& start, const std::string& text, std::size_t width) {
  const std::size_t indent = start.size();
  std::string result = start;
  std::size_t length = indent;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (length > indent && length + 1 + word.size() > width) {
      result += "\n" + std::string(indent, ' ');
      length = indent;
    } else if (length > indent) {
      result += ' ';
      ++length;
    }
    result += word;
    length += word.size();
  }
  return result.substr(0, result.find_last_not_of(' ') + 1) + "\n";
}

bool is_exact_zero(const SummaryRow& row) {
  return row.value.value == 0 && row.value.error <= 0;
}

std::string format_group(const DescribedGroup& group, const Widths& widths, std::size_t width) {
  std::string text = wrapped("", group.name + ": " + group.summary, width);
  std::string zeros;
  for (const Descriptor& descriptor : group.found.values) {
    const SummaryRow row = as_row(descriptor);
    if (is_exact_zero(row)) {
      zeros += (zeros.empty() ? "" : ", ") + row.quantity;
      continue;
    }
    const std::string start =
        fmt::format("  {:<{}}  {:>{}}  {:<{}}  ", row.quantity, widths.name, format_estimate(row.value), widths.value,
                    row.unit == "1" ? "" : row.unit, widths.unit);
    text += wrapped(start, row.remark, width);
  }
  return zeros.empty() ? text : text + wrapped("  zero: ", zeros, width);
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) result.append(c == '"' ? 2 : 1, c);
  return result + '"';
}

}  // namespace

std::vector<std::string> descriptor_groups(const std::vector<std::string>& names) {
  std::set<std::string> wanted;
  std::vector<std::string> known;
  for (const auto& entry : descriptors()) known.emplace_back(entry.name);
  for (const auto& [short_name, group] : laboratory_names()) known.push_back(short_name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw InputError("unknown descriptor '" + name + "'", suggest_name(name, known));
    const auto found = laboratory_names().find(name);
    wanted.insert(found == laboratory_names().end() ? name : found->second);
  }
  if (names.empty())
    for (const auto& entry : descriptors()) wanted.emplace(entry.name);
  return {wanted.begin(), wanted.end()};
}

int rank_of_group(const std::vector<std::string>& groups, std::size_t group, int ranks) {
  if (ranks == 1 || groups[group] == "pores") return 0;
  return 1 + static_cast<int>(group) % (ranks - 1);
}

std::vector<DescribedGroup> describe_carbon(const CarbonStructure& carbon, const std::vector<std::string>& groups,
                                            const DescriptorOptions& options, const Communicator& ranks,
                                            const ProgressObserver& progress) {
  std::vector<std::string> packed(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (rank_of_group(groups, i, ranks.size()) != ranks.rank()) continue;
    packed[i] = pack(find_entry(descriptors(), groups[i], "descriptor").make(carbon, options));
    notify(progress, static_cast<double>(i + 1) / static_cast<double>(groups.size()));
  }
  std::vector<DescribedGroup> result;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    ranks.broadcast(packed[i], rank_of_group(groups, i, ranks.size()));
    const auto& entry = find_entry(descriptors(), groups[i], "descriptor");
    result.push_back({groups[i], std::string(entry.summary), unpack(packed[i])});
  }
  return result;
}

SummaryRow as_row(const Descriptor& descriptor) {
  std::string quantity = descriptor.name;
  std::replace(quantity.begin(), quantity.end(), '_', ' ');
  return {quantity, error_if_any(descriptor.estimate), descriptor.unit, descriptor.remark};
}

std::vector<SummaryRow> rows_of(const std::vector<DescribedGroup>& groups) {
  std::vector<SummaryRow> rows;
  for (const DescribedGroup& group : groups)
    std::transform(group.found.values.begin(), group.found.values.end(), std::back_inserter(rows), as_row);
  return rows;
}

void write_description(RunFile& file, const std::vector<DescribedGroup>& groups) {
  for (const DescribedGroup& group : groups)
    for (const NamedTable& table : group.found.tables) file.write_table("describe/" + table.name, table.table);
  write_summary(file, "describe", rows_of(groups));
}

std::string numbers_csv(const std::vector<DescribedGroup>& groups) {
  std::string text = "group,quantity,value,error,unit,remark\n";
  for (const DescribedGroup& group : groups)
    for (const Descriptor& d : group.found.values) {
      const double error = error_if_any(d.estimate).error;
      text += fmt::format("{},{},{},{},{},{}\n", group.name, d.name, d.estimate.value,
                          error < 0 ? "" : fmt::format("{}", error), d.unit, quoted(d.remark));
    }
  return text;
}

std::string format_groups(const std::vector<DescribedGroup>& groups, std::size_t width) {
  EXPECTS(width >= 80);
  const Widths widths = widths_of(groups);
  std::string text;
  for (const DescribedGroup& group : groups)
    if (!group.found.values.empty()) text += (text.empty() ? "" : "\n") + format_group(group, widths, width);
  return text;
}

}  // namespace cardhouse
