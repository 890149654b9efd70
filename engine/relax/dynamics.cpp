#include "engine/relax/dynamics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/relax/relaxation_state.hpp"

namespace cardhouse {
namespace {

constexpr double furthest_move = 0.5;         // in one step [angstrom]
constexpr int pressure_interval = 10;         // steps
constexpr std::size_t worth_a_thread = 1000;  // atoms

}  // namespace

long step_count(const DynamicsOptions& options) {
  return std::lround(options.time / options.step);
}

Dynamics::Dynamics(Atoms& atoms, Potential& potential, const DynamicsOptions& options, Stream& stream)
    : atoms_(atoms),
      potential_(potential),
      options_(options),
      masses_(masses_of(atoms)),
      velocities_(maxwell_velocities(masses_, options.temperature, stream)),
      forces_(atoms.size()) {
  EXPECTS(atoms.size() > 1 && options.step > 0 && options.time >= 0);
  EXPECTS(options.heat_time > 0 && options.pressure_time > 0 && options.compressibility > 0);
  EXPECTS(options.ensemble == Ensemble::Nve || (options.temperature > 0 && options.final_temperature.value_or(1) > 0));
  EXPECTS(options.ensemble != Ensemble::Npt || options.cell != CellRelaxation::None);
  evaluate();
}

void Dynamics::evaluate() {
  value_ = potential_.evaluate(atoms_, forces_);
  require_finite(value_, atoms_, potential_);
}

double Dynamics::bath_temperature() const {
  const double share =
      std::min(1.0, static_cast<double>(step_) / static_cast<double>(std::max(1L, step_count(options_))));
  const double last = options_.final_temperature.value_or(options_.temperature);
  return options_.temperature + share * (last - options_.temperature);
}

void Dynamics::step(Stream& stream) {
  if (options_.ensemble != Ensemble::Nve) exchange_heat(stream);
  kick();
  drift();
  evaluate();
  kick();
  if (options_.ensemble != Ensemble::Nve) exchange_heat(stream);
  ++step_;
  if (options_.ensemble == Ensemble::Npt && step_ % pressure_interval == 0) strain_cell(stream);
}

void Dynamics::kick() {
#pragma omp parallel for schedule(static) if (velocities_.size() > worth_a_thread)
  for (std::size_t i = 0; i < velocities_.size(); ++i) velocities_[i] += 0.5 * options_.step / masses_[i] * forces_[i];
}

void Dynamics::drift() {
  double fastest = 0;
#pragma omp parallel for schedule(static) reduction(max : fastest) if (velocities_.size() > worth_a_thread)
  for (std::size_t i = 0; i < velocities_.size(); ++i) {
    atoms_.positions[i] += options_.step * velocities_[i];
    fastest = std::max(fastest, squared_norm(velocities_[i]));
  }
  if (std::sqrt(fastest) * options_.step <= furthest_move) return;
  const auto slower = [](const Vector3& a, const Vector3& b) { return squared_norm(a) < squared_norm(b); };
  const auto culprit = std::max_element(velocities_.begin(), velocities_.end(), slower) - velocities_.begin();
  throw InputError(fmt::format("atom {} ({}) moves {:.2g} angstrom in step {} of the dynamics", culprit,
                               symbol(atoms_.elements[static_cast<std::size_t>(culprit)]),
                               std::sqrt(fastest) * options_.step, step_ + 1),
                   "use a smaller time step, a lower temperature, or relax the structure first");
}

void Dynamics::exchange_heat(Stream& stream) {
  const double kinetic = cardhouse::kinetic_energy(masses_, velocities_);
  if (kinetic <= 0) return;
  const HeatBath bath{bath_temperature(), options_.heat_time, degrees_of_freedom(masses_.size())};
  const double factor = bath.velocity_factor(kinetic, 0.5 * options_.step, stream);
  for (Vector3& velocity : velocities_) velocity *= factor;
  given_ += (factor * factor - 1) * kinetic;
}

void Dynamics::strain_cell(Stream& stream) {
  const double volume = atoms_.cell.volume();
  const double before = sample().conserved;
  const Vector3 kinetic = kinetic_diagonal(masses_, velocities_);
  const Vector3 pressures = (kinetic + Vector3{value_.virial.xx, value_.virial.yy, value_.virial.zz}) / volume;
  const PressureBath bath{options_.pressure, bath_temperature(), options_.compressibility, options_.pressure_time,
                          options_.cell};
  const Vector3 strain = bath.strain(pressures, volume, pressure_interval * options_.step, stream);
  const Vector3 stretch{std::exp(strain.x), std::exp(strain.y), std::exp(strain.z)};
  stretch_atoms(atoms_, stretch);
  for (Vector3& velocity : velocities_) velocity = stretched(velocity, {1 / stretch.x, 1 / stretch.y, 1 / stretch.z});
  evaluate();
  given_ += sample().conserved - before;
}

DynamicsSample Dynamics::sample() const {
  const double kinetic = cardhouse::kinetic_energy(masses_, velocities_);
  const double volume = atoms_.cell.volume();
  return {.step = step_,
          .time = static_cast<double>(step_) * options_.step,
          .potential_energy = value_.energy,
          .kinetic_energy = kinetic,
          .temperature = 2 * kinetic / (degrees_of_freedom(masses_.size()) * constants::boltzmann),
          .pressure = (2 * kinetic + value_.virial.trace()) / (3 * volume),
          .volume = volume,
          .conserved = value_.energy + kinetic - given_,
          .atoms = atoms_};
}

void run_dynamics(Atoms& atoms, Potential& potential, const DynamicsOptions& options,
                  const std::function<void(const DynamicsSample&)>& observer, const ProgressObserver& progress) {
  EXPECTS(options.samples > 0);
  Stream stream(options.seed, Purpose::Dynamics);
  Dynamics dynamics(atoms, potential, options, stream);
  const long steps = step_count(options);
  if (observer) observer(dynamics.sample());
  long told = 0;
  for (long step = 1; step <= steps; ++step) {
    dynamics.step(stream);
    notify(progress, static_cast<double>(step) / static_cast<double>(steps));
    if (step * options.samples / steps == told) continue;
    told = step * options.samples / steps;
    if (observer) observer(dynamics.sample());
  }
}

}  // namespace cardhouse
