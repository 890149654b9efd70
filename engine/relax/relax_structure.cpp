#include "engine/relax/relax_structure.hpp"

#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/relax/closest_pair.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

/// The observers of one stage of a relaxation of `total` steps of which `before` are done.
RelaxObservers shifted(const RelaxObservers& observers, int before, int total) {
  RelaxObservers result;
  if (observers.progress) {
    result.progress = [=, progress = observers.progress](double fraction) {
      progress((before + fraction * (total - before)) / total);
    };
  }
  if (observers.frame) {
    result.frame = [=, frame = observers.frame](const RelaxFrame& stage) {
      frame({before + stage.step, stage.atoms, stage.energy, stage.max_force});
    };
  }
  return result;
}

/// Pulls overlaps apart; returns the steps taken.
int relax_capped(CarbonStructure& structure, const RelaxOptions& options, const MakePotential& make,
                 const RelaxObservers& observers) {
  FireOptions fire = options.fire;
  fire.max_steps = options.capped_steps;
  fire.cell = CellRelaxation::None;
  const auto capped = make(structure, {.force_cap = options.force_cap});
  return minimise(structure.atoms, *capped, fire, {{}, observers.frame}).steps;
}

}  // namespace

RelaxReport relax_structure(CarbonStructure& structure, const RelaxOptions& options, const RelaxObservers& observers) {
  EXPECTS(structure.atoms.size() > 0 && structure.bonds.size() == structure.atoms.size());
  EXPECTS(options.capped_steps >= 0 && options.force_cap > 0);
  const MakePotential make = find_entry(potentials(), options.potential, "potential", options.place).make;
  require_separated(structure.atoms, options.least_separation);
  const auto potential = make(structure, {});
  std::vector<Vector3> forces(structure.atoms.size());
  const double energy_initial = potential->evaluate(structure.atoms, forces).energy;
  const int capped = options.capped_steps > 0 ? relax_capped(structure, options, make, observers) : 0;
  RelaxReport report =
      minimise(structure.atoms, *potential, options.fire, shifted(observers, capped, capped + options.fire.max_steps));
  report.steps += capped;
  report.energy_initial = energy_initial;
  return report;
}

}  // namespace cardhouse
