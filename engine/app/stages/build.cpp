#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "engine/app/stage.hpp"
#include "engine/app/stages/spacing_feedback.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/stages/stored_targets.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/structure/build_carbon.hpp"

namespace cardhouse {
namespace {

const std::vector<std::string> origins{"carbonize", "targets", "file"};

std::string origin(const DeckTable& deck) {
  return deck.has("from") ? deck.choice("from", origins) : "carbonize";
}

// A value that must lie in a range, both ends in the unit of the key.
struct Range {
  std::string low;
  std::string high;
};

// Without a fallback the key must be there.
double ranged(const DeckTable& deck, const std::string& key, const std::string& fallback, const Range& range) {
  const Quantity low = parse_quantity(range.low);
  const double value =
      fallback.empty() ? deck.quantity(key, low.dimension) : deck.quantity(key, low.dimension, fallback);
  if (value < low.value || value > parse_quantity(range.high).value)
    deck.fail(key, "outside what a hard carbon can have", "give " + range.low + " to " + range.high);
  return value;
}

double ratio(const DeckTable& deck, const std::string& key, double fallback, double highest) {
  const double value = deck.number(key, fallback);
  if (value < 0 || value > highest)
    deck.fail(key, fmt::format("{} is outside 0 to {}", value, highest), "give a number in that range");
  return value;
}

// Volume of closed pores that brings layers of this spacing down to a density, per dalton.
double pore_volume_for_density(const DeckTable& deck, double interlayer_spacing) {
  const double wanted = ranged(deck, "density", "1.6 g/cm3", {"0.7 g/cm3", "1.9 g/cm3"}) / constants::dalton;
  const double layers = layer_density(interlayer_spacing);
  if (wanted >= layers)
    deck.fail("density",
              fmt::format("layers {:.2f} angstrom apart have {:.2f} g/cm3 without any pore", interlayer_spacing,
                          in_unit(layers * constants::dalton, "g/cm3")),
              "give a lower density or a smaller spacing");
  return 1 / wanted - 1 / layers;
}

CarbonTargets read_deck_targets(const DeckTable& deck) {
  CarbonTargets targets;
  targets.interlayer_spacing = ranged(deck, "interlayer_spacing", "3.77 angstrom", {"3.4 angstrom", "4.5 angstrom"});
  targets.layer_extent = ranged(deck, "layer_extent", "2.9 nm", {"0.8 nm", "20 nm"});
  targets.stack_height = ranged(deck, "stack_height", "1.35 nm", {"0.7 nm", "10 nm"});
  targets.pore_radius = ranged(deck, "pore_radius", "0.6 nm", {"0.3 nm", "3 nm"});
  targets.hydrogen_per_carbon = ratio(deck, "hydrogen_per_carbon", 0.02, 0.2);
  targets.oxygen_per_carbon = ratio(deck, "oxygen_per_carbon", 0, 0.1);
  targets.nitrogen_per_carbon = ratio(deck, "nitrogen_per_carbon", 0, 0.1);
  targets.orientation_order = ratio(deck, "orientation_order", 0, 0.95);
  targets.anneal_steps = static_cast<double>(deck.integer("anneal_steps", 400));
  if (targets.anneal_steps < 10 || targets.anneal_steps > 10000)
    deck.fail("anneal_steps", fmt::format("{} steps", targets.anneal_steps), "use 10 to 10000");
  if (deck.has("density") && deck.has("closed_pore_volume"))
    deck.fail("density", "given together with closed_pore_volume", "give one of them");
  targets.closed_pore_volume =
      deck.has("density")
          ? pore_volume_for_density(deck, targets.interlayer_spacing)
          : ranged(deck, "closed_pore_volume", "0.08 cm3/g", {"0 cm3/g", "0.8 cm3/g"}) * constants::dalton;
  return targets;
}

BuildOptions read_options(const DeckTable& deck) {
  BuildOptions options;
  if (deck.has("cell_edge") && deck.has("atoms"))
    deck.fail("cell_edge", "given together with atoms", "give one of them");
  if (deck.has("cell_edge"))
    options.cell_edge = ranged(deck, "cell_edge", "", {"2 nm", "100 nm"});
  else
    options.atoms = deck.integer("atoms", default_atoms);
  if (options.atoms && (*options.atoms < 500 || *options.atoms > 50'000'000))
    deck.fail("atoms", fmt::format("{} atoms", *options.atoms), "use 500 to 50000000");
  return options;
}

SpacingFeedbackOptions read_feedback(const DeckTable& deck) {
  SpacingFeedbackOptions options;
  const long passes = deck.integer("feedback_passes", options.passes);
  if (passes < 1 || passes > 10)
    deck.fail("feedback_passes", fmt::format("{} passes", passes), "use 1 (no feedback) to 10");
  options.passes = static_cast<int>(passes);
  return options;
}

std::vector<std::string> needs(const DeckTable& deck) {
  if (origin(deck) == "carbonize") return {"carbonize"};
  return {};
}

void check(const DeckTable& deck) {
  const std::string from = origin(deck);
  if (from == "file") {
    deck.text("structure_file");  // must be there
    return check_structure_key(deck);
  }
  read_options(deck);
  read_feedback(deck);
  if (from == "targets") read_deck_targets(deck);
}

std::vector<SummaryRow> summarise_build(const FedBackCarbon& result) {
  const BuildReport& report = result.carbon.report;
  const auto volume = [](double v) { return in_unit(v / constants::dalton, "cm3/g"); };
  std::vector<SummaryRow> rows{
      {"atoms",
       {static_cast<double>(report.carbons + report.hydrogen.reached + report.oxygen.reached), -1},
       "1",
       fmt::format("{} C, {} H, {} O in a cube of {:.2f} nm", report.carbons, report.hydrogen.reached,
                   report.oxygen.reached, in_unit(report.cell_edge, "nm"))},
      {"edge atoms",
       {100 * report.edge_fraction.reached, -1},
       "%",
       fmt::format("of network atoms; {:.1f} % wanted", 100 * report.edge_fraction.wanted)},
      {"closed pores placed",
       {volume(report.closed_pore_volume.reached), -1},
       "cm3/g",
       fmt::format("{} pores; {:.3f} cm3/g wanted", report.pores.pores.size(),
                   volume(report.closed_pore_volume.wanted))}};
  if (result.spacing > 0)  // measured, and there was a reflection
    rows.push_back({"d002 of the builder",
                    {in_unit(result.spacing, "nm"), -1},
                    "nm",
                    fmt::format("{} within {:.3f} nm in pass {}", result.met ? "met" : "not met",
                                in_unit(SpacingFeedbackOptions{}.tolerance, "nm"), result.passes.size())});
  return rows;
}

Table pore_plan_table(const PoreLayout& layout) {
  Table table{{{"x", "angstrom", "centre", {}},
               {"y", "angstrom", "centre", {}},
               {"z", "angstrom", "centre", {}},
               {"radius", "angstrom", "of the empty sphere", {}},
               {"open", "1", "1 where joined to the outside", {}}}};
  for (const auto& pore : layout.pores) {
    const std::array<double, 5> row{pore.centre.x, pore.centre.y, pore.centre.z, pore.radius, pore.open ? 1.0 : 0.0};
    for (std::size_t i = 0; i < row.size(); ++i) table.columns[i].values.push_back(row[i]);
  }
  return table;
}

Table feedback_table(const std::vector<SpacingPass>& passes) {
  Table table{{{"ratio", "1", "relaxed spacing over spacing of the field, as assumed", {}},
               {"spacing", "angstrom", "d002 after relaxation, 0 without a reflection", {}}}};
  for (const SpacingPass& pass : passes) {
    table.columns[0].values.push_back(pass.ratio);
    table.columns[1].values.push_back(pass.spacing);
  }
  return table;
}

void run(StageContext& context) {
  const std::string from = origin(context.settings);
  if (from == "file") {
    const CarbonStructure carbon = bonded_structure_file(context.settings.text("structure_file"));
    context.file.write_structure("build/structure", carbon);
    write_summary(context.file, "build",
                  {{"atoms", {static_cast<double>(carbon.atoms.size()), -1}, "1", "from a file"}});
    return;
  }
  const CarbonTargets targets =
      from == "targets" ? read_deck_targets(context.settings) : read_targets(context.file, "carbonize/targets");
  const FedBackCarbon result = build_to_spacing(targets, read_options(context.settings), context.seed,
                                                read_feedback(context.settings), context.progress);
  const BuiltCarbon& built = result.carbon;
  write_targets(context.file, "build/targets", targets);
  context.file.write_structure("build/structure", built.structure);
  context.file.write_table("build/feedback", feedback_table(result.passes));
  context.file.write_table("build/pores", pore_plan_table(built.report.pores));
  write_summary(context.file, "build", summarise_build(result));
}

}  // namespace

StageActions stage_actions::build() {
  return {needs, check, run};
}

}  // namespace cardhouse
