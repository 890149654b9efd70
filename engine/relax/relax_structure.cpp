#include "engine/relax/relax_structure.hpp"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/relax/closest_pair.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

/// Whoever makes the potential only knows what it misses; here it is known who asked for it, and for what.
std::unique_ptr<Potential> made(const CarbonStructure& structure, const RelaxOptions& options, double force_cap) {
  const MakePotential make_it = find_potential(options.potential, options.place).make;
  try {
    return make_it(structure, {.force_cap = force_cap, .parameter_file = options.parameter_file});
  } catch (const InputError& error) {
    throw InputError(options.place, fmt::format("{} (the structure holds {})", error.what(),
                                                list_of(distinct_elements(structure.atoms.elements))));
  }
}

/// Where a part of a relaxation stands in the whole.
struct Part {
  int steps_before;
  double begin;  ///< of the progress
  double end;
};

ProgressObserver shifted(const ProgressObserver& observer, const Part& part) {
  if (!observer) return {};
  return [=](double fraction) { observer(part.begin + fraction * (part.end - part.begin)); };
}

RelaxObservers shifted(const RelaxObservers& observers, const Part& part) {
  RelaxObservers result;
  result.progress = shifted(observers.progress, part);
  if (observers.frame) {
    result.frame = [=, frame = observers.frame](const RelaxFrame& stage) {
      frame({part.steps_before + stage.step, stage.atoms, stage.energy, stage.max_force});
    };
  }
  return result;
}

/// Pulls overlaps apart; returns the steps taken.
int relax_capped(CarbonStructure& structure, const RelaxOptions& options, const RelaxObservers& observers) {
  if (options.capped_steps == 0) return 0;
  MinimiserOptions gentle = options.minimiser;
  gentle.max_steps = options.capped_steps;
  gentle.cell = CellRelaxation::None;
  gentle.kind = MinimiserKind::Fire;
  const auto capped = made(structure, options, options.force_cap);
  return minimise(structure.atoms, *capped, gentle, {{}, observers.frame, {}}).steps;
}

/// Minimises, and does so again after the dynamics, where there are any. `steps` are those before.
RelaxReport relax_in(Potential& potential, CarbonStructure& structure, const RelaxOptions& options,
                     const RelaxObservers& observers, int steps) {
  Part part{steps, 0, 1};
  if (options.dynamics) {
    const double total = 2.0 * options.minimiser.max_steps + static_cast<double>(step_count(*options.dynamics));
    const double share = options.minimiser.max_steps / total;
    const RelaxObservers first = shifted(observers, {steps, 0, share});
    part = {steps + minimise(structure.atoms, potential, options.minimiser, first).steps, 1 - share, 1};
    run_dynamics(structure.atoms, potential, *options.dynamics, observers.dynamics,
                 shifted(observers.progress, {0, share, 1 - share}));
  }
  RelaxReport report = minimise(structure.atoms, potential, options.minimiser, shifted(observers, part));
  report.steps += part.steps_before;
  return report;
}

}  // namespace

std::unique_ptr<Potential> relaxation_potential(const CarbonStructure& structure, const RelaxOptions& options) {
  return made(structure, options, std::numeric_limits<double>::infinity());
}

RelaxReport relax_structure(CarbonStructure& structure, const RelaxOptions& options, const RelaxObservers& observers) {
  EXPECTS(structure.atoms.size() > 0 && structure.bonds.size() == structure.atoms.size());
  EXPECTS(options.capped_steps >= 0 && options.force_cap > 0);
  require_separated(structure.atoms, options.least_separation);
  const auto potential = relaxation_potential(structure, options);
  std::vector<Vector3> forces(structure.atoms.size());
  const double energy_initial = potential->evaluate(structure.atoms, forces).energy;
  const int capped = relax_capped(structure, options, observers);
  RelaxReport report = relax_in(*potential, structure, options, observers, capped);
  report.energy_initial = energy_initial;
  if (find_potential(options.potential).forms_bonds()) structure.bonds = BondGraph::from_distances(structure.atoms);
  return report;
}

}  // namespace cardhouse
