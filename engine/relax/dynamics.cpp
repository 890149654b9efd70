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

Dynamics::Dynamics(const AtomShare& share, const DynamicsOptions& options, Stream& stream)
    : share_(share),
      atoms_(share_.atoms()),
      options_(options),
      masses_(masses_of(atoms_)),
      velocities_(share_.own_part(maxwell_velocities(masses_of(share_.whole()), options.temperature, stream))),
      forces_(atoms_.size()) {
  EXPECTS(share_.total() > 1 && options.step > 0 && options.time >= 0);
  EXPECTS(options.heat_time > 0 && options.pressure_time > 0 && options.compressibility > 0);
  EXPECTS(options.ensemble == Ensemble::Nve || (options.temperature > 0 && options.final_temperature.value_or(1) > 0));
  EXPECTS(options.ensemble != Ensemble::Npt || options.cell != CellRelaxation::None);
  evaluate();
}

void Dynamics::evaluate() {
  value_ = share_.potential().evaluate(atoms_, forces_);
  require_finite(value_, share_);
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
  if (std::sqrt(share_.largest(fastest)) * options_.step > furthest_move) report_runaway();
}

/// On every rank the same message.
void Dynamics::report_runaway() const {
  std::vector<double> speeds;  // each with the number of the atom and of its element
  for (std::size_t i = 0; i < velocities_.size(); ++i) {
    const double speed = norm(velocities_[i]);
    const auto element = static_cast<double>(static_cast<int>(atoms_.elements[i]));
    if (speeds.empty() || speed > speeds[0]) speeds = {speed, static_cast<double>(share_.number(i)), element};
  }
  const std::vector<double> all = share_.gather(std::move(speeds));
  std::size_t fastest = 0;
  for (std::size_t k = 3; k < all.size(); k += 3) fastest = all[k] > all[fastest] ? k : fastest;
  throw InputError(
      fmt::format("atom {} ({}) moves {:.2g} angstrom in step {} of the dynamics", static_cast<long>(all[fastest + 1]),
                  symbol(Element{static_cast<std::uint8_t>(all[fastest + 2])}), all[fastest] * options_.step,
                  step_ + 1),
      "use a smaller time step, a lower temperature, or relax the structure first");
}

/// Sums over each brick, then over bricks.
Vector3 Dynamics::kinetic_diagonal() const {
  const std::vector<std::size_t>& starts = share_.brick_starts();
  const std::span<const double> masses = masses_;
  const std::span<const Vector3> velocities = velocities_;
  std::vector<double> sums;
  for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
    const std::size_t size = starts[k + 1] - starts[k];
    const Vector3 sum =
        cardhouse::kinetic_diagonal(masses.subspan(starts[k], size), velocities.subspan(starts[k], size));
    sums.insert(sums.end(), {sum.x, sum.y, sum.z});
  }
  const std::vector<double> all = share_.gather(std::move(sums));
  Vector3 total;
  for (std::size_t k = 0; k < all.size(); k += 3) total += {all[k], all[k + 1], all[k + 2]};
  return total;
}

double Dynamics::kinetic_energy() const {
  const Vector3 doubled = kinetic_diagonal();
  return 0.5 * (doubled.x + doubled.y + doubled.z);
}

void Dynamics::exchange_heat(Stream& stream) {
  const double kinetic = kinetic_energy();
  if (kinetic <= 0) return;
  const HeatBath bath{bath_temperature(), options_.heat_time, degrees_of_freedom(share_.total())};
  const double factor = bath.velocity_factor(kinetic, 0.5 * options_.step, stream);
  for (Vector3& velocity : velocities_) velocity *= factor;
  given_ += (factor * factor - 1) * kinetic;
}

void Dynamics::strain_cell(Stream& stream) {
  const double volume = atoms_.cell.volume();
  const double before = sample().conserved;
  const Vector3 kinetic = kinetic_diagonal();
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

DynamicsSample Dynamics::sample_of(const Atoms& shown) const {
  const double kinetic = kinetic_energy();
  const double volume = atoms_.cell.volume();
  return {.step = step_,
          .time = static_cast<double>(step_) * options_.step,
          .potential_energy = value_.energy,
          .kinetic_energy = kinetic,
          .temperature = 2 * kinetic / (degrees_of_freedom(share_.total()) * constants::boltzmann),
          .pressure = (2 * kinetic + value_.virial.trace()) / (3 * volume),
          .volume = volume,
          .conserved = value_.energy + kinetic - given_,
          .atoms = shown};
}

void run_dynamics(Atoms& atoms, Potential& potential, const DynamicsOptions& options,
                  const std::function<void(const DynamicsSample&)>& observer, const ProgressObserver& progress) {
  run_dynamics(AtomShare(atoms, potential), options, observer, progress);
}

void run_dynamics(const AtomShare& share, const DynamicsOptions& options,
                  const std::function<void(const DynamicsSample&)>& observer, const ProgressObserver& progress) {
  EXPECTS(options.samples > 0);
  Stream stream(options.seed, Purpose::Dynamics);
  Dynamics dynamics(share, options, stream);
  const long steps = step_count(options);
  if (observer) observer(dynamics.whole_sample());
  long told = 0;
  for (long step = 1; step <= steps; ++step) {
    dynamics.step(stream);
    notify(progress, static_cast<double>(step) / static_cast<double>(steps));
    if (step * options.samples / steps == told) continue;
    told = step * options.samples / steps;
    if (observer) observer(dynamics.whole_sample());
  }
}

}  // namespace cardhouse
