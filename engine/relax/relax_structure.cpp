#include "engine/relax/relax_structure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/relax/closest_pair.hpp"
#include "engine/relax/divided_potential.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t most_bricks = 1 << 20;

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

/// Makes a potential of the atoms of a share, with a cap on contact forces.
using MakeCapped = std::function<std::unique_ptr<Potential>(double force_cap)>;

/// Pulls overlaps apart; returns the steps taken.
int relax_capped(const AtomShare& share, const MakeCapped& make, const RelaxOptions& options,
                 const RelaxObservers& observers) {
  if (options.capped_steps == 0) return 0;
  MinimiserOptions gentle = options.minimiser;
  gentle.max_steps = options.capped_steps;
  gentle.cell = CellRelaxation::None;
  gentle.kind = MinimiserKind::Fire;
  const auto capped = make(options.force_cap);
  return minimise(share.in(*capped), gentle, {{}, observers.frame, {}}).steps;
}

/// Minimises, and does so again after the dynamics, where there are any. `steps` are those before.
RelaxReport relax_on(const AtomShare& share, const RelaxOptions& options, const RelaxObservers& observers, int steps) {
  Part part{steps, 0, 1};
  if (options.dynamics) {
    const double total = 2.0 * options.minimiser.max_steps + static_cast<double>(step_count(*options.dynamics));
    const double portion = options.minimiser.max_steps / total;
    const RelaxObservers first = shifted(observers, {steps, 0, portion});
    part = {steps + minimise(share, options.minimiser, first).steps, 1 - portion, 1};
    run_dynamics(share, *options.dynamics, observers.dynamics, shifted(observers.progress, {0, portion, 1 - portion}));
  }
  RelaxReport report = minimise(share, options.minimiser, shifted(observers, part));
  report.steps += part.steps_before;
  return report;
}

/// In a potential of its own, whose neighbour lists are gone before the next one makes its.
double first_energy(const AtomShare& share, const MakeCapped& make) {
  std::vector<Vector3> forces(share.size());
  return make(std::numeric_limits<double>::infinity())->evaluate(share.atoms(), forces).energy;
}

/// All of a relaxation between the first and the last look at the structure.
RelaxReport relax_share(const AtomShare& share, const MakeCapped& make, const RelaxOptions& options,
                        const RelaxObservers& observers) {
  const double energy_initial = first_energy(share, make);
  const int capped = relax_capped(share, make, options, observers);
  RelaxReport report = relax_on(share, options, observers, capped);
  report.energy_initial = energy_initial;
  return report;
}

RelaxReport relax_whole(CarbonStructure& structure, Potential& potential, const RelaxOptions& options,
                        const RelaxObservers& observers) {
  const auto make = [&](double cap) { return made(structure, options, cap); };
  return relax_share({structure.atoms, potential}, make, options, observers);
}

/// `alike` is the potential of the whole structure.
RelaxReport relax_in_bricks(CarbonStructure& structure, const Potential& alike, const RelaxOptions& options,
                            const RelaxObservers& observers) {
  const WrappedPlaces wrapped(structure.atoms.cell, structure.atoms.positions);
  const AtomDivision division(structure.atoms, cut_into_bricks(structure.atoms.cell, wrapped.places, options.bricks),
                              options.ranks);
  const auto make = [&](double cap) {
    const auto of_brick = [&options, cap](const CarbonStructure& brick) { return made(brick, options, cap); };
    return std::make_unique<DividedPotential>(structure, division, of_brick, alike);
  };
  const auto potential = make(std::numeric_limits<double>::infinity());
  Atoms own = division.own_atoms(structure.atoms);
  AtomShare share(own, *potential, division);
  RelaxReport report = relax_share(share, make, options, observers);
  report.bricks = options.bricks;
  structure.atoms = share.whole();
  return report;
}

/// Those asked for, no more than atoms; by default one for each rank, or the most that are no thinner than both of
/// their halos together.
int brick_count(const CarbonStructure& structure, const Potential& potential, const RelaxOptions& options) {
  const auto most = static_cast<int>(std::min<std::size_t>(structure.atoms.size(), most_bricks));
  if (options.bricks > 0) return std::min(options.bricks, most);
  if (options.ranks.size() == 1 || !potential.reach()) return 1;
  const double halo = halo_width(*potential.reach(), longest_bond(structure));
  return thick_bricks(structure.atoms.cell, 2 * halo, std::min(options.ranks.size(), most));
}

}  // namespace

std::unique_ptr<Potential> relaxation_potential(const CarbonStructure& structure, const RelaxOptions& options) {
  return made(structure, options, std::numeric_limits<double>::infinity());
}

void require_divisible(const Potential& potential, const RelaxOptions& options) {
  if (options.bricks <= 1 || potential.reach()) return;
  throw InputError(
      options.place,
      fmt::format("the potential '{}' cannot be cut into {} bricks (its energy is no sum of near terms, or "
                  "nobody has cut it yet)",
                  potential.name(), options.bricks),
      "leave bricks out, or choose another potential");
}

RelaxReport relax_structure(CarbonStructure& structure, const RelaxOptions& options, const RelaxObservers& observers) {
  EXPECTS(structure.atoms.size() > 0 && structure.bonds.size() == structure.atoms.size());
  EXPECTS(options.capped_steps >= 0 && options.force_cap > 0 && options.bricks >= 0);
  require_separated(structure.atoms, options.least_separation);
  const auto potential = relaxation_potential(structure, options);
  require_divisible(*potential, options);
  RelaxOptions chosen = options;
  chosen.bricks = brick_count(structure, *potential, options);
  const RelaxReport report = chosen.bricks > 1 ? relax_in_bricks(structure, *potential, chosen, observers)
                                               : relax_whole(structure, *potential, chosen, observers);
  if (find_potential(options.potential).forms_bonds()) structure.bonds = BondGraph::from_distances(structure.atoms);
  return report;
}

}  // namespace cardhouse
