#include <fmt/core.h>

#include <cmath>

#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/units.hpp"
#include "engine/relax/relax_structure.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

RelaxOptions read_settings(const DeckTable& deck) {
  RelaxOptions options;
  options.potential = deck.text("potential", options.potential);
  options.place = deck.place("potential");
  find_entry(potentials(), options.potential, "potential", options.place);
  const long steps = deck.integer("max_steps", default_relax_steps);
  if (steps < 1 || steps > 1000000)
    deck.fail("max_steps", fmt::format("{} steps", steps), "use 1 to 1000000, 100 to 2000 are common");
  options.fire.max_steps = static_cast<int>(steps);
  options.fire.force_tolerance = deck.quantity("force_tolerance", dimension::force, "0.02 eV/angstrom");
  if (options.fire.force_tolerance <= 0)
    deck.fail("force_tolerance", "a tolerance must be positive", "try 0.02 eV/angstrom");
  const std::vector<std::string> choices{"fixed", "isotropic", "diagonal"};
  const std::string cell = deck.has("cell") ? deck.choice("cell", choices) : "isotropic";
  if (cell == "isotropic") options.fire.cell = CellRelaxation::Isotropic;
  if (cell == "diagonal") options.fire.cell = CellRelaxation::Diagonal;
  return options;
}

void check(const DeckTable& deck) {
  read_settings(deck);
  check_structure_key(deck);
}

void run(StageContext& context) {
  RelaxOptions options = read_settings(context.settings);
  CarbonStructure carbon = current_structure(context);
  // Fresh from the builder, bonds may be crumpled; the capped first steps smooth them out.
  if (!context.settings.has("structure_file")) options.least_separation = crumpled_separation;
  RelaxObservers observers;
  observers.progress = context.progress;
  const RelaxReport report = relax_structure(carbon, options, observers);
  context.file.write_structure("relax/structure", carbon);
  context.file.write_scalar("relax/energy", report.energy_final, {"eV", "after minimisation"});
  context.file.write_scalar("relax/max_force", report.max_force, {"eV/angstrom", "largest force on an atom"});
  const double carbons = static_cast<double>(count(carbon.atoms, Element::C));
  write_summary(
      context.file, "relax",
      {{"strain energy", {1e3 * report.energy_final / carbons, -1}, "meV", "per carbon, " + options.potential},
       {"largest force",
        {report.max_force, -1},
        "eV/angstrom",
        fmt::format("{} after {} steps", report.converged ? "converged" : "not converged", report.steps)},
       {"residual pressure", {in_unit(report.pressure, "GPa"), -1}, "GPa", "positive wants to expand"}});
}

}  // namespace

StageActions stage_actions::relax() {
  return {needs_structure, check, run};
}

}  // namespace cardhouse
