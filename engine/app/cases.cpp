#include "engine/app/cases.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>

#include "engine/app/data_folder.hpp"
#include "engine/app/stages/carbonize_settings.hpp"
#include "engine/base/constants.hpp"
#include "engine/carbonize/expected_carbon.hpp"
#include "engine/carbonize/registry.hpp"

namespace cardhouse {
namespace {

struct Sample {
  CarbonizeResult result;
  ExpectedCarbon carbon;
};

double of_species(const Sample& sample, std::string_view name) {
  const auto found = sample.result.per_carbon.find(std::string(name));
  return found == sample.result.per_carbon.end() ? 0 : found->second;
}

double ash(const Sample& sample) {
  double mass = 0;
  for (const Element element : {Element::K, Element::Ca, Element::Si, Element::Mg}) {
    mass += standard_mass(element) * static_cast<double>(sample.result.char_elements[element]);
  }
  return mass / sample.result.char_elements.mass();
}

struct CaseQuantity {
  const char* name;
  const char* unit;
  double (*of)(const Sample&);  ///< in that unit
};

constexpr double per_gram(double internal, double unit) {
  return internal / constants::dalton / unit;
}

const std::vector<CaseQuantity>& quantities() {
  static const double square_metre = from_unit(1, "m2/g");
  static const double cubic_centimetre = from_unit(1, "cm3/g");
  static const std::vector<CaseQuantity> all = {
      {"ash", "1", ash},
      {"char_yield", "1", [](const Sample& s) { return s.result.char_yield.value; }},
      {"closed_pore_volume", "cm3/g",
       [](const Sample& s) { return per_gram(s.carbon.closed_pore_volume.value, cubic_centimetre); }},
      {"crosslinks", "1", [](const Sample& s) { return s.result.crosslinks_per_cluster; }},
      {"defects", "1", [](const Sample& s) { return of_species(s, "VACANCY") + of_species(s, "PENTAGON"); }},
      {"hydrogen_per_carbon", "1", [](const Sample& s) { return s.result.hydrogen_per_carbon; }},
      {"interlayer_spacing", "nm", [](const Sample& s) { return s.carbon.interlayer_spacing.value / 10; }},
      {"layer_extent", "nm", [](const Sample& s) { return s.carbon.layer_extent.value / 10; }},
      {"nitrogen_per_carbon", "1", [](const Sample& s) { return s.result.nitrogen_per_carbon; }},
      {"open_pore_volume", "cm3/g",
       [](const Sample& s) { return per_gram(s.carbon.open_pore_volume.value, cubic_centimetre); }},
      // A tenth, so that the mobility counts in chars without graphitic carbon too (estimate).
      {"order", "1", [](const Sample& s) { return s.carbon.mobility * (0.1 + of_species(s, "CHARG")); }},
      {"oxygen_per_carbon", "1", [](const Sample& s) { return s.result.oxygen_per_carbon; }},
      {"pore_radius", "nm", [](const Sample& s) { return s.carbon.pore_radius.value / 10; }},
      {"raman_ratio", "1", [](const Sample& s) { return s.carbon.raman_ratio.value; }},
      {"stack_height", "nm", [](const Sample& s) { return s.carbon.stack_height.value / 10; }},
      {"surface_area", "m2/g", [](const Sample& s) { return per_gram(s.carbon.surface_area.value, square_metre); }},
  };
  return all;
}

Sample run_sample(const CarbonizeSettings& settings, std::uint64_t seed, const Communicator& ranks) {
  Sample sample;
  sample.result = carbonize(settings.process, settings.options, seed, {}, ranks);
  sample.carbon = expected_carbon(sample.result, settings.process);
  return sample;
}

constexpr std::uint64_t samples = 3;

std::string arrow(const CaseRow& row) {
  const double scale = std::max(std::abs(row.control), std::abs(row.treated));
  const double change = row.treated - row.control;
  if (std::abs(change) <= std::max(0.005 * scale, 2 * row.error)) return "same";
  return change > 0 ? "up" : "down";
}

Verdict judge(const CaseRow& row, bool known) {
  const double scale = std::max(std::abs(row.control), std::abs(row.treated));
  const bool same = std::abs(row.treated - row.control) <= 0.05 * scale;
  const bool agrees = row.expected == "same" ? same : row.obtained == row.expected;
  if (known) return agrees ? Verdict::SinceAgrees : Verdict::KnownDisagreement;
  return agrees ? Verdict::Agrees : Verdict::Disagrees;
}

const char* word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Agrees:
      return "agrees";
    case Verdict::Disagrees:
      return "DISAGREES";
    case Verdict::KnownDisagreement:
      return "disagrees (known)";
    case Verdict::SinceAgrees:
      return "AGREES, though listed as disagreeing";
  }
  return "";
}

const CaseQuantity& find_quantity(const DeckTable& table, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& quantity : quantities()) {
    if (quantity.name == name) return quantity;
    names.emplace_back(quantity.name);
  }
  table.fail(name, "unknown quantity '" + name + "'", suggest_name(name, names));
}

/// Pairs of samples, one for each seed.
using Pairs = std::vector<std::pair<Sample, Sample>>;

CaseRow compare(const DeckTable& info, const std::string& name, const Pairs& pairs) {
  const DeckTable expect = info.table("expect");
  const CaseQuantity& quantity = find_quantity(expect, name);
  CaseRow row;
  row.quantity = name;
  row.expected = expect.choice(name, {"up", "down", "same"});
  RunningMoments control, treated, difference;
  for (const auto& [before, after] : pairs) {
    control.add(quantity.of(before));
    treated.add(quantity.of(after));
    difference.add(quantity.of(after) - quantity.of(before));
  }
  row.control = control.mean();
  row.treated = treated.mean();
  row.error = difference.standard_error();
  row.obtained = arrow(row);
  row.unit = quantity.unit;
  if (const auto size = info.optional_table("size"); size && size->has(name)) {
    const bool pure = row.unit == "1";
    row.published = pure ? fmt::format("{:g}", size->quantity(name, dimension::none)) : size->text(name);
  }
  const auto disagrees = info.optional_table("disagrees");
  const bool known = disagrees && disagrees->has(name);
  if (known) row.remark = disagrees->text(name);
  row.verdict = judge(row, known);
  return row;
}

}  // namespace

CaseReport run_case(const std::string& path, std::uint64_t seed, const Communicator& ranks) {
  const Deck deck = Deck::from_file(path);
  const DeckTable info = deck.root().table("case");
  const DeckTable treated_table = deck.root().table("carbonize");
  const DeckTable control_table = info.table("control");
  CarbonizeSettings treated = read_carbonize_settings(treated_table);
  CarbonizeSettings control = read_carbonize_settings(control_table, &treated_table);
  if (!treated_table.has("cells")) {
    treated.options.lattice.cells.fill(4);
    control.options.lattice.cells.fill(4);
  }
  CaseReport report{
      std::filesystem::path(path).stem(), info.text("system"), info.text("lever"), info.integer("year"), {}};
  read_source(info);
  if (const auto run = deck.root().optional_table("run")) run->accept_all();
  const auto expected = info.table("expect").keys();
  if (!expected.empty()) {
    Pairs pairs;
    for (std::uint64_t s = seed; s < seed + samples; ++s) {
      pairs.emplace_back(run_sample(control, s, ranks), run_sample(treated, s, ranks));
    }
    for (const auto& name : expected) report.rows.push_back(compare(info, name, pairs));
  }
  deck.reject_unknown_keys();
  return report;
}

std::string format_case(const CaseReport& report) {
  std::string text;
  const std::string title = fmt::format("{}: {} ({})", report.system, report.lever, report.year);
  if (report.rows.empty()) text += fmt::format("{:<52} no structure column in the source\n", title);
  for (const CaseRow& row : report.rows) {
    const std::string published = row.published.empty() ? "" : fmt::format(" (published {})", row.published);
    text +=
        fmt::format("{:<52} {:<20} expected {:<5} obtained {:<5} {:>10.4g} -> {:>10.4g} +- {:<8.2g} {:<6}{} {}{}{}\n",
                    title, row.quantity, row.expected, row.obtained, row.control, row.treated, row.error, row.unit,
                    published, word_of(row.verdict), row.remark.empty() ? "" : ": ", row.remark);
  }
  return text;
}

int run_cases(const std::vector<std::string>& names, std::uint64_t seed, const Communicator& ranks) {
  const std::string folder = data_folder() + "/cases";
  const auto known = library_names(folder);
  int against = 0;
  int arrows = 0;
  int agree = 0;
  for (const auto& name : names.empty() ? known : names) {
    const bool own = name.ends_with(".toml");
    if (!own && std::find(known.begin(), known.end(), name) == known.end()) {
      throw InputError("unknown case '" + name + "'", suggest_name(name, known));
    }
    const CaseReport report = run_case(own ? name : folder + "/" + name + ".toml", seed, ranks);
    for (const auto& row : report.rows) {
      ++arrows;
      agree += row.verdict == Verdict::Agrees || row.verdict == Verdict::SinceAgrees ? 1 : 0;
      against += row.verdict == Verdict::Disagrees || row.verdict == Verdict::SinceAgrees ? 1 : 0;
    }
    if (ranks.is_root()) std::cout << format_case(report) << std::flush;
  }
  if (ranks.is_root()) std::cout << fmt::format("{} of {} arrows agree\n", agree, arrows);
  return against;
}

}  // namespace cardhouse
