#include "engine/carbonize/carbonize.hpp"

#include <fmt/core.h>

#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_targets.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/units.hpp"
#include "engine/carbonize/carbon_targets.hpp"

namespace cardhouse {
namespace {

struct CarbonizeSettings {
  Precursor precursor;
  TemperatureProgramme programme;
  CarbonizeOptions options;
};

CarbonizeSettings read_settings(const DeckTable& deck) {
  Precursor precursor = load_precursor(deck.text("precursor"), data_folder(), deck.place("precursor"));
  TemperatureProgramme programme = read_temperature_programme(deck);
  require_inert(programme);
  CarbonizeOptions options{load_volatile_transport(data_folder() + "/rules/volatile_transport.toml"), {}};
  const long cells = deck.integer("cells", 6);
  if (cells < 2 || cells > 200) deck.fail("cells", fmt::format("{} cells along an edge", cells), "use 2 to 200");
  options.lattice.cells.fill(static_cast<std::size_t>(cells));
  return {std::move(precursor), std::move(programme), std::move(options)};
}

Table thermogravimetry_table(const Thermogravimetry& tga) {
  Table table{{{"time", "s", "since the start", {}},
               {"temperature", "K", "of the furnace", {}},
               {"mass_fraction", "1", "of the precursor, still there", {}}}};
  for (const std::string& gas : tga.gases)
    table.columns.push_back({"gas_" + gas, "1", "escaped so far, mass over that of the precursor", {}});
  for (const ThermogravimetryRow& row : tga.rows) {
    table.columns[0].values.push_back(row.time);
    table.columns[1].values.push_back(row.temperature);
    table.columns[2].values.push_back(row.mass_fraction);
    for (std::size_t gas = 0; gas < tga.gases.size(); ++gas)
      table.columns[3 + gas].values.push_back(row.gas_fraction[gas]);
  }
  return table;
}

std::vector<SummaryRow> summarise_char(const CarbonizeResult& result) {
  const auto carbon = static_cast<double>(result.char_elements[Element::C]);
  const double mass = result.char_elements.mass();
  const auto percent = [&](Element element) {
    return 100 * standard_mass(element) * static_cast<double>(result.char_elements[element]) / mass;
  };
  std::vector<SummaryRow> rows{
      {"char yield", {100 * result.char_yield.value, 100 * result.char_yield.error}, "%", "of the precursor's mass"},
      {"carbon", {percent(Element::C), -1}, "wt %", fmt::format("of the char, {:.0f} atoms", carbon)},
      {"hydrogen", {percent(Element::H), -1}, "wt %", fmt::format("H/C = {:.4f}", result.hydrogen_per_carbon)},
      {"oxygen", {percent(Element::O), -1}, "wt %", fmt::format("O/C = {:.4f}", result.oxygen_per_carbon)},
      {"ordering clock",
       {in_unit(result.ordering.barrier, "kJ/mol"), -1},
       "kJ/mol",
       fmt::format("as two hours at {:.0f} degC", in_unit(result.ordering.equivalent_temperature, "degC"))},
      {"crosslinks", {result.crosslinks_per_cluster, -1}, "1", "per cluster"}};
  if (result.gel)
    rows.push_back({"gel point", {in_unit(result.gel->temperature, "degC"), -1}, "degC", "network percolates"});
  return rows;
}

std::vector<std::string> needs(const DeckTable&) {
  return {};
}

void check(const DeckTable& deck) {
  read_settings(deck);
}

void run(StageContext& context) {
  const CarbonizeSettings settings = read_settings(context.settings);
  const CarbonizeResult result =
      carbonize(settings.precursor, settings.programme, settings.options, context.seed, context.progress);
  const CarbonTargets targets = carbon_targets(result, settings.precursor);
  context.file.write_text("carbonize/precursor", settings.precursor.name, "name of the precursor");
  context.file.write_table("carbonize/thermogravimetry", thermogravimetry_table(result.thermogravimetry));
  context.file.write_scalar("carbonize/char_yield", result.char_yield.value, {"1", "of the precursor's mass"});
  context.file.write_scalar("carbonize/char_yield_error", result.char_yield.error, {"1", "standard error over cells"});
  context.file.write_scalar("carbonize/ordering_barrier", result.ordering.barrier, {"eV", "ordering clock E*"});
  context.file.write_text("carbonize/elements", format_formula(result.char_elements), "atoms left in the char");
  write_targets(context.file, "carbonize/targets", targets);
  write_summary(context.file, "carbonize", summarise_char(result));
}

}  // namespace

StageActions stage_actions::carbonize() {
  return {needs, check, run};
}

}  // namespace cardhouse
