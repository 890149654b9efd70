#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "engine/app/stage.hpp"
#include "engine/app/stages/acceptance.hpp"
#include "engine/app/stages/deck_targets.hpp"
#include "engine/app/stages/spacing_feedback.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/stages/stored_targets.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/builder/build_carbon.hpp"

namespace cardhouse {
namespace {

const std::vector<std::string> origins{"carbonize", "targets", "file"};

std::string origin(const DeckTable& deck) {
  return deck.has("from") ? deck.choice("from", origins) : "carbonize";
}

// The deck has the last word over what the chemistry says.
double read_handles_removed(const DeckTable& deck, double otherwise) {
  return share(deck, "handles_removed", otherwise, 1);
}

int read_ring_sweeps(const DeckTable& deck) {
  const long sweeps = deck.integer("ring_sweeps", 0);
  if (sweeps < 0 || sweeps > 100000)
    deck.fail("ring_sweeps", fmt::format("{} sweeps", sweeps), "use 0 (remeshed only) to 100000, 250 are common");
  return static_cast<int>(sweeps);
}

BuildOptions read_options(const DeckTable& deck) {
  BuildOptions options;
  if (deck.has("cell_edge") && deck.has("atoms"))
    deck.fail("cell_edge", "given together with atoms", "give one of them");
  if (deck.has("cell_edge"))
    options.cell_edge = ranged_quantity(deck, "cell_edge", "", {"2 nm", "100 nm"});
  else
    options.atoms = deck.integer("atoms", default_atoms);
  options.longest_handle_loop = ranged_quantity(deck, "longest_handle_loop", "2.4 nm", {"0 nm", "4 nm"});
  if (deck.has("ring_sweeps")) options.ring_sweeps = read_ring_sweeps(deck);
  if (options.atoms && (*options.atoms < 500 || *options.atoms > 50'000'000))
    deck.fail("atoms", fmt::format("{} atoms", *options.atoms), "use 500 to 50000000");
  return options;
}

SpacingFeedbackOptions read_feedback(const DeckTable& deck) {
  SpacingFeedbackOptions options;
  const long passes = deck.integer("feedback_passes", options.passes);
  if (passes < 1 || passes > 30)
    deck.fail("feedback_passes", fmt::format("{} passes", passes), "use 1 (no feedback) to 30");
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
  read_handles_removed(deck, CarbonTargets{}.handles_removed);
  if (from == "targets") read_deck_targets(deck);
}

double per_ten_thousand(long number, const BuildReport& report) {
  return 1e4 * static_cast<double>(number) / static_cast<double>(report.atoms_before_cut);
}

std::string handles_remark(const BuildReport& report) {
  const HandleCount& handles = report.handles;
  if (handles.closed == 0) return "per 10^4 atoms; none removed";
  return fmt::format("per 10^4 atoms; {} of {} removed, loops up to {:.2f} nm", handles.before - handles.left,
                     handles.before, in_unit(handles.longest_closed, "nm"));
}

std::string ring_remark(const BuildReport& report) {
  return fmt::format("of whole rings; {:.1f} % pentagons, {:.1f} % heptagons", 100 * report.rings.pentagons(),
                     100 * report.rings.heptagons());
}

std::vector<SummaryRow> summarise_build(const FedBackCarbon& result, const std::vector<Acceptance>& judged) {
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
                   volume(report.closed_pore_volume.wanted))},
      {"handles of the layers", {per_ten_thousand(report.handles.left, report), -1}, "1", handles_remark(report)},
      {"hexagons", {100 * report.rings.hexagons(), -1}, "%", ring_remark(report)}};
  for (SummaryRow& row : acceptance_rows(judged)) rows.push_back(std::move(row));
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
               {"spacing", "angstrom", "d002 after relaxation, 0 without a reflection", {}},
               {"spacing_error", "angstrom", "of it, by jackknife", {}}}};
  for (const SpacingPass& pass : passes) {
    table.columns[0].values.push_back(pass.ratio);
    table.columns[1].values.push_back(pass.spacing.value);
    table.columns[2].values.push_back(pass.spacing.error);
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
  CarbonTargets targets =
      from == "targets" ? read_deck_targets(context.settings) : read_targets(context.file, "carbonize/targets");
  targets.handles_removed = read_handles_removed(context.settings, targets.handles_removed);
  const FedBackCarbon result = build_to_spacing(targets, read_options(context.settings), context.seed,
                                                read_feedback(context.settings), context.progress);
  const BuiltCarbon& built = result.carbon;
  const std::vector<Acceptance> judged = judge(targets, result);
  write_targets(context.file, "build/targets", targets);
  context.file.write_structure("build/structure", built.structure);
  context.file.write_table("build/feedback", feedback_table(result.passes));
  context.file.write_table("build/pores", pore_plan_table(built.report.pores));
  write_acceptance(context.file, "build/acceptance", judged);
  write_summary(context.file, "build", summarise_build(result, judged));
}

}  // namespace

StageActions stage_actions::build() {
  return {needs, check, run};
}

}  // namespace cardhouse
