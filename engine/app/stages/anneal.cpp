#include "engine/anneal/anneal.hpp"

#include <fmt/core.h>

#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/units.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {
namespace {

constexpr int stress_release_steps = 250;  // as many as the builder takes to measure its spacing
constexpr const char* ordering_of_carbonize = "carbonize/ordering_barrier";

// Everything but the ordering barrier, which may have to come from the run file.
AnnealOptions read_settings(const DeckTable& deck) {
  AnnealOptions options;
  options.sweeps = deck.number("sweeps", default_anneal_sweeps);
  if (options.sweeps < 0 || options.sweeps > 10000)
    deck.fail("sweeps", fmt::format("{} sweeps", options.sweeps), "use 0 (edges only) to 10000, 10 are common");
  if (deck.has("temperature")) {
    options.temperature = deck.quantity("temperature", dimension::temperature);
    if (*options.temperature < 500 || *options.temperature > 20000)
      deck.fail("temperature", "the Monte Carlo on bonds needs one far above that of a furnace",
                "use 500 K to 20000 K, 3500 K is common");
  }
  if (deck.has("equivalent_temperature")) {
    const double equivalent = deck.quantity("equivalent_temperature", dimension::temperature);
    if (equivalent < 700 || equivalent > 3500)
      deck.fail("equivalent_temperature", "outside what furnaces do", "give 500 degC to 3200 degC");
    options.ordering_barrier = ordering_barrier_of(equivalent);
  }
  return options;
}

// How far the furnace orders carbon must be known from the deck or from carbonize.
std::vector<std::string> needs(const DeckTable& deck) {
  std::vector<std::string> stages = needs_structure(deck);
  if (!deck.has("equivalent_temperature")) stages.push_back("carbonize");
  return stages;
}

void check(const DeckTable& deck) {
  read_settings(deck);
  check_structure_key(deck);
}

Table sweep_table(const std::vector<AnnealSweep>& sweeps) {
  Table table{{{"energy", "eV", "strain of the whole, relaxed", {}}}};
  for (int size = 3; size <= 9; ++size)
    table.columns.push_back({fmt::format("rings_{}", size), "1", "share of the shortest-path rings", {}});
  for (const AnnealSweep& sweep : sweeps) {
    table.columns[0].values.push_back(sweep.energy);
    for (std::size_t size = 3; size <= 9; ++size) table.columns[size - 2].values.push_back(sweep.rings.of_size[size]);
  }
  return table;
}

std::vector<SummaryRow> summarise(const AnnealedCarbon& annealed) {
  const AnnealReport& report = annealed.report;
  const RingShares &before = report.sweeps.front().rings, &after = report.sweeps.back().rings;
  const auto carbons = static_cast<double>(count(annealed.structure.atoms, Element::C));
  const auto tried = static_cast<double>(std::max<std::uint64_t>(report.flips.tried, 1));
  const double drop = (report.sweeps.front().energy - report.sweeps.back().energy) / carbons;
  return {{"hexagons after annealing",
           {100 * after.hexagons(), -1},
           "%",
           fmt::format("of rings, {:.1f} % before; pentagons {:.1f} -> {:.1f} %, heptagons {:.1f} -> {:.1f} %",
                       100 * before.hexagons(), 100 * before.pentagons(), 100 * after.pentagons(),
                       100 * before.heptagons(), 100 * after.heptagons())},
          {"strain healed", {1e3 * drop, -1}, "meV", fmt::format("per carbon, at {:.0f} K", report.temperature)},
          {"bonds turned",
           {static_cast<double>(report.flips.accepted), -1},
           "1",
           fmt::format("of {} trials, {:.0f} % rejected early", report.flips.tried,
                       100 * static_cast<double>(report.flips.rejected_early) / tried)},
          {"edges joined",
           {static_cast<double>(report.zips), -1},
           "1",
           fmt::format("{} H lost as H2, {} dangling C taken out", report.hydrogen_lost, report.carbon_lost)}};
}

// Fresh from the builder, layers press on each other; they are relaxed first, cell included, so that bonds do not turn
// merely to take up that pressure.
void release_stress(CarbonStructure& carbon, bool built) {
  RelaxOptions options;
  options.minimiser.max_steps = stress_release_steps;
  options.minimiser.cell = CellRelaxation::Isotropic;
  if (built) options.least_separation = crumpled_separation;
  relax_structure(carbon, options);
}

void run(StageContext& context) {
  AnnealOptions options = read_settings(context.settings);
  if (!context.settings.has("equivalent_temperature"))
    options.ordering_barrier = context.file.read_scalar(ordering_of_carbonize);
  CarbonStructure carbon = current_structure(context);
  release_stress(carbon, !context.settings.has("structure_file"));
  const AnnealedCarbon annealed = anneal_carbon(carbon, options, context.seed, context.progress);
  context.file.write_structure("anneal/structure", annealed.structure);
  context.file.write_scalar("anneal/ordering_barrier", options.ordering_barrier, {"eV", "ordering clock E*"});
  context.file.write_scalar("anneal/temperature", annealed.report.temperature, {"K", "of the Monte Carlo on bonds"});
  context.file.write_table("anneal/sweeps", sweep_table(annealed.report.sweeps));
  write_summary(context.file, "anneal", summarise(annealed));
}

}  // namespace

StageActions stage_actions::anneal() {
  return {needs, check, run};
}

}  // namespace cardhouse
