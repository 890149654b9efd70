#include "engine/carbonize/carbonize.hpp"

#include <fmt/core.h>

#include <iostream>

#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/carbonize_settings.hpp"
#include "engine/app/stages/stored_targets.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/carbonize/carbon_targets.hpp"

namespace cardhouse {
namespace {

Table thermogravimetry_table(const Thermogravimetry& tga) {
  Table table{{{"time", "s", "since the start", {}},
               {"temperature", "K", "of the furnace", {}},
               {"mass_fraction", "1", "of the precursor's mass, still there", {}},
               {"hydrogen_per_carbon", "1", "atoms per atom in what is solid or trapped", {}},
               {"oxygen_per_carbon", "1", "likewise", {}},
               {"bridging", "1", "share of places for bridges that are joined", {}}}};
  for (const std::string& gas : tga.gases)
    table.columns.push_back({"gas_" + gas, "1", "escaped so far, mass over that of the precursor", {}});
  for (const ThermogravimetryRow& row : tga.rows) {
    const double values[] = {
        row.time, row.temperature, row.mass_fraction, row.hydrogen_per_carbon, row.oxygen_per_carbon, row.bridging};
    for (std::size_t i = 0; i < std::size(values); ++i) table.columns[i].values.push_back(values[i]);
    for (std::size_t gas = 0; gas < tga.gases.size(); ++gas)
      table.columns[std::size(values) + gas].values.push_back(row.gas_fraction[gas]);
  }
  return table;
}

Table composition_table(const CarbonizeResult& result) {
  Table table{{{"atomic_number", "1", "of the element", {}},
               {"char", "1", "mass in the char over that of the char", {}},
               {"supplied", "1", "mass supplied over all that was supplied", {}},
               {"escaped", "1", "mass escaped over all that was supplied", {}}}};
  const auto share = [](const Formula& part, const Formula& whole, Element element) {
    return standard_mass(element) * static_cast<double>(part[element]) / whole.mass();
  };
  for (const Element element : all_elements()) {
    if (result.supplied[element] == 0) continue;
    const double values[] = {static_cast<double>(element), share(result.char_elements, result.char_elements, element),
                             share(result.supplied, result.supplied, element),
                             share(result.escaped, result.supplied, element)};
    for (std::size_t i = 0; i < std::size(values); ++i) table.columns[i].values.push_back(values[i]);
  }
  return table;
}

double held_gas(const CarbonizeResult& result) {
  return (result.dissolved + result.in_pores).mass() * result.char_yield.value / result.char_elements.mass();
}

/// What treatments hand to later stages, one a line: name, value, unit, meaning, source.
std::string states_text(const std::vector<HandedState>& states) {
  std::string text;
  for (const auto& state : states) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\n", state.name, state.value, state.unit, state.meaning, state.source);
  }
  return text;
}

struct ExpectedRow {
  const char* name;
  const char* quantity;
  const char* unit;
  double scale;  // of the unit, where internal masses are daltons
  Estimate ExpectedCarbon::*member;
};

std::vector<ExpectedRow> expected_rows() {
  const double per_gram = 1 / constants::dalton;
  return {{"interlayer_spacing", "expected d002", "nm", 1, &ExpectedCarbon::interlayer_spacing},
          {"layer_extent", "expected La", "nm", 1, &ExpectedCarbon::layer_extent},
          {"stack_height", "expected Lc", "nm", 1, &ExpectedCarbon::stack_height},
          {"raman_ratio", "expected ID/IG", "1", 1, &ExpectedCarbon::raman_ratio},
          {"surface_area", "expected surface area", "m2/g", per_gram, &ExpectedCarbon::surface_area},
          {"closed_pore_volume", "expected closed pores", "cm3/g", per_gram, &ExpectedCarbon::closed_pore_volume},
          {"open_pore_volume", "expected open pores", "cm3/g", per_gram, &ExpectedCarbon::open_pore_volume},
          {"pore_radius", "expected pore radius", "nm", 1, &ExpectedCarbon::pore_radius}};
}

void write_expected(RunFile& file, const ExpectedCarbon& carbon) {
  for (const ExpectedRow& row : expected_rows()) {
    const Estimate& estimate = carbon.*row.member;
    const std::string name = std::string("carbonize/expected/") + row.name;
    file.write_scalar(name, in_unit(estimate.value * row.scale, row.unit), {row.unit, "of the finished carbon"});
    file.write_scalar(name + "_error", in_unit(estimate.error * row.scale, row.unit), {row.unit, "standard error"});
  }
}

std::vector<SummaryRow> summarise(const CarbonizeResult& result, const ExpectedCarbon& carbon) {
  const double mass = result.char_elements.mass();
  const auto percent = [&](Element element) {
    return 100 * standard_mass(element) * static_cast<double>(result.char_elements[element]) / mass;
  };
  std::vector<SummaryRow> rows{
      {"char yield", {100 * result.char_yield.value, 100 * result.char_yield.error}, "%", "of the precursor's mass"},
      {"carbon",
       {percent(Element::C), -1},
       "wt %",
       fmt::format("of the char, {} atoms", result.char_elements[Element::C])},
      {"hydrogen", {percent(Element::H), -1}, "wt %", fmt::format("H/C = {:.4f}", result.hydrogen_per_carbon)},
      {"oxygen", {percent(Element::O), -1}, "wt %", fmt::format("O/C = {:.4f}", result.oxygen_per_carbon)},
      {"ordering clock",
       {in_unit(result.ordering.barrier, "kJ/mol"), -1},
       "kJ/mol",
       fmt::format("as two hours at {:.0f} degC", in_unit(result.ordering.equivalent_temperature, "degC"))},
      {"crosslinks", {result.crosslinks_per_cluster, -1}, "1", "per cluster"}};
  if (result.gel)
    rows.push_back({"gel point", {in_unit(result.gel->temperature, "degC"), -1}, "degC", "network percolates"});
  if (result.burn_off > 0) rows.push_back({"burn-off", {100 * result.burn_off, -1}, "%", "of the carbon"});
  for (const ExpectedRow& row : expected_rows()) {
    const Estimate& estimate = carbon.*row.member;
    rows.push_back({row.quantity,
                    {in_unit(estimate.value * row.scale, row.unit), in_unit(estimate.error * row.scale, row.unit)},
                    row.unit,
                    "from laws within series of the literature"});
  }
  return rows;
}

std::vector<std::string> needs(const DeckTable&) {
  return {};
}

void check(const DeckTable& deck) {
  read_carbonize_settings(deck);
}

void run(StageContext& context) {
  const CarbonizeSettings settings = read_carbonize_settings(context.settings);
  const CarbonizeResult result =
      carbonize(settings.process, settings.options, context.seed, context.progress, context.ranks);
  std::string warnings;
  for (const auto& warning : result.warnings) {
    warnings += warning + "\n";
    if (context.ranks.is_root()) std::cout << "warning: " << warning << "\n";
  }
  RunFile& file = context.file;
  const ExpectedCarbon carbon = expected_carbon(result, settings.process);
  file.write_text("carbonize/precursor", settings.process.material.name, "name of the precursor");
  file.write_table("carbonize/thermogravimetry", thermogravimetry_table(result.thermogravimetry));
  file.write_table("carbonize/composition", composition_table(result));
  file.write_scalar("carbonize/char_yield", result.char_yield.value, {"1", "of the precursor's mass"});
  file.write_scalar("carbonize/char_yield_error", result.char_yield.error, {"1", "standard error over cells"});
  file.write_scalar("carbonize/held_gas", held_gas(result),
                    {"1", "of the precursor's mass, dissolved in the char or in its pores"});
  file.write_scalar("carbonize/ordering_barrier", result.ordering.barrier, {"eV", "ordering clock E*"});
  file.write_scalar("carbonize/crosslinks", result.crosslinks_per_cluster, {"1", "joined places per cluster"});
  file.write_scalar(
      "carbonize/pore_gas", in_unit(result.pore_gas_per_mass / constants::dalton, "mol/kg"),
      {"mol/kg", "that ever joined closed pores, per mass supplied: precursor, additions, less what was washed out"});
  file.write_scalar("carbonize/burn_off", result.burn_off, {"1", "share of the carbon taken by gases and reagents"});
  file.write_text("carbonize/elements", format_formula(result.char_elements), "atoms left in the char");
  file.write_text("carbonize/states", states_text(settings.process.states), "name, value, unit, meaning, source");
  file.write_text("carbonize/warnings", warnings, "what the process left unused");
  write_expected(file, carbon);
  write_targets(file, "carbonize/targets", carbon_targets(result, settings.process));
  write_summary(file, "carbonize", summarise(result, carbon));
}

}  // namespace

StageActions stage_actions::carbonize() {
  return {needs, check, run};
}

}  // namespace cardhouse
