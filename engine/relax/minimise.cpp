#include "engine/relax/minimise.hpp"

#include "engine/base/contracts.hpp"
#include "engine/relax/fire.hpp"
#include "engine/relax/lbfgs.hpp"

namespace cardhouse {
namespace {

template <class Minimiser>
RelaxReport run(const AtomShare& share, const MinimiserOptions& options, const RelaxObservers& observers) {
  RelaxationState state(share, options.cell);
  Minimiser minimiser(state, options);
  const auto converged = [&] {
    return state.max_force() <= options.force_tolerance && state.max_pressure() <= options.pressure_tolerance;
  };
  RelaxReport report;
  report.energy_initial = state.energy();
  while (!converged() && !minimiser.stuck() && report.steps < options.max_steps) {
    report.steps += minimiser.step(options.max_steps - report.steps);
    if (observers.frame) observers.frame({report.steps, state.whole(), state.energy(), state.max_force()});
    notify(observers.progress, static_cast<double>(report.steps) / options.max_steps);
  }
  notify(observers.progress, 1.0);
  report.energy_final = state.energy();
  report.max_force = state.max_force();
  report.pressure = state.pressure();
  report.converged = converged();
  return report;
}

}  // namespace

RelaxReport minimise(Atoms& atoms, Potential& potential, const MinimiserOptions& options,
                     const RelaxObservers& observers) {
  return minimise(AtomShare(atoms, potential), options, observers);
}

RelaxReport minimise(const AtomShare& share, const MinimiserOptions& options, const RelaxObservers& observers) {
  EXPECTS(share.total() > 0);
  EXPECTS(options.force_tolerance > 0 && options.pressure_tolerance > 0);
  EXPECTS(options.time_step > 0 && options.max_time_step >= options.time_step);
  EXPECTS(options.max_displacement > 0 && options.max_strain > 0);
  return options.kind == MinimiserKind::Fire ? run<Fire>(share, options, observers)
                                             : run<Lbfgs>(share, options, observers);
}

}  // namespace cardhouse
