#include "engine/relax/fire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/relax/closest_pair.hpp"

namespace cardhouse {
namespace {

// Guenole 2020, table 2.
constexpr double mixing_start = 0.25;     // alpha
constexpr double mixing_decay = 0.99;     // f_alpha
constexpr double time_growth = 1.1;       // f_inc
constexpr double time_shrinkage = 0.5;    // f_dec
constexpr double least_time_step = 0.02;  // of the first
constexpr int delay = 20;                 // N_delay
constexpr int most_uphill_steps = 2000;   // N_neg,max

/// Positions and cell lengths as one vector: every atom, then the strain of the cell times sqrt(N) angstrom.
struct Coordinates {
  std::vector<Vector3> atoms;
  Vector3 cell;

  explicit Coordinates(std::size_t n) : atoms(n) {}
};

double dot_product(const Coordinates& a, const Coordinates& b) {
  double sum = dot(a.cell, b.cell);
  for (std::size_t i = 0; i < a.atoms.size(); ++i) sum += dot(a.atoms[i], b.atoms[i]);
  return sum;
}

double largest_norm(std::span<const Vector3> vectors) {
  double largest = 0;
  for (const Vector3& vector : vectors) largest = std::max(largest, squared_norm(vector));
  return std::sqrt(largest);
}

double largest_component(const Vector3& v) {
  return std::max({std::abs(v.x), std::abs(v.y), std::abs(v.z)});
}

class Fire {
 public:
  Fire(Atoms& atoms, Potential& potential, const FireOptions& options)
      : atoms_(atoms),
        potential_(potential),
        options_(options),
        strain_scale_(std::sqrt(1.0 * atoms.size())),
        time_step_(options.time_step),
        forces_(atoms.size()),
        velocities_(atoms.size()) {
    evaluate();
  }

  void step();
  bool converged() const {
    return max_force() <= options_.force_tolerance && largest_component(free_pressure_) <= options_.pressure_tolerance;
  }
  bool stuck() const { return uphill_ > most_uphill_steps; }
  double energy() const { return value_.energy; }
  double max_force() const { return largest_norm(forces_.atoms); }
  double pressure() const { return value_.virial.trace() / (3 * atoms_.cell.volume()); }

 private:
  void evaluate();
  void adapt(double power);
  void accelerate();
  double limited_time_step() const;
  void move(double time);
  void deform(const Vector3& strain);

  Atoms& atoms_;
  Potential& potential_;
  const FireOptions options_;
  const double strain_scale_;
  double time_step_;
  double last_time_step_ = 0;
  double mixing_ = mixing_start;
  int steps_ = 0;
  int downhill_ = 0;
  int uphill_ = 0;
  Evaluation value_;
  Vector3 free_pressure_;
  Coordinates forces_;
  Coordinates velocities_;
};

void Fire::evaluate() {
  value_ = potential_.evaluate(atoms_, forces_.atoms);
  if (!std::isfinite(value_.energy)) {
    const auto pair = closest_pair(atoms_, 1.0);
    throw InputError(fmt::format("the energy of {} is not a finite number ({})", potential_.name(),
                                 pair ? describe(*pair, atoms_) : "no two atoms are closer than 1 angstrom"),
                     "check the structure for overlaps or a broken cell");
  }
  Vector3 diagonal{value_.virial.xx, value_.virial.yy, value_.virial.zz};
  if (options_.cell == CellRelaxation::Isotropic) diagonal = value_.virial.trace() / 3 * Vector3{1, 1, 1};
  if (options_.cell == CellRelaxation::None) diagonal = {};
  free_pressure_ = diagonal / atoms_.cell.volume();
  forces_.cell = diagonal / strain_scale_;
}

void Fire::step() {
  adapt(dot_product(forces_, velocities_));
  accelerate();
  last_time_step_ = limited_time_step();
  move(last_time_step_);
  evaluate();
  ++steps_;
}

void Fire::adapt(double power) {
  if (power > 0) {
    uphill_ = 0;
    if (++downhill_ > delay) {
      time_step_ = std::min(time_growth * time_step_, options_.max_time_step);
      mixing_ *= mixing_decay;
    }
    return;
  }
  downhill_ = 0;
  ++uphill_;
  if (steps_ >= delay) {  // the first steps only gather speed
    time_step_ = std::max(time_shrinkage * time_step_, least_time_step * options_.time_step);
    mixing_ = mixing_start;
  }
  move(-0.5 * last_time_step_);
  velocities_ = Coordinates(atoms_.size());
}

/// v <- v + dt F/m, then turned towards the force: v <- (1 - alpha) v + alpha |v| F/|F|.
void Fire::accelerate() {
  const double gain = time_step_ / (standard_mass(Element::C) * constants::dalton);
  for (std::size_t i = 0; i < atoms_.size(); ++i) velocities_.atoms[i] += gain * forces_.atoms[i];
  velocities_.cell += gain * forces_.cell;
  const double force = std::sqrt(dot_product(forces_, forces_));
  if (force == 0) return;
  const double along = mixing_ * std::sqrt(dot_product(velocities_, velocities_)) / force;
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    velocities_.atoms[i] = (1 - mixing_) * velocities_.atoms[i] + along * forces_.atoms[i];
  }
  velocities_.cell = (1 - mixing_) * velocities_.cell + along * forces_.cell;
}

double Fire::limited_time_step() const {
  const double speed = largest_norm(velocities_.atoms);
  const double strain_rate = largest_component(velocities_.cell) / strain_scale_;
  double time = time_step_;
  if (speed * time > options_.max_displacement) time = options_.max_displacement / speed;
  if (strain_rate * time > options_.max_strain) time = options_.max_strain / strain_rate;
  return time;
}

void Fire::move(double time) {
  for (std::size_t i = 0; i < atoms_.size(); ++i) atoms_.positions[i] += time * velocities_.atoms[i];
  if (options_.cell != CellRelaxation::None) deform(time / strain_scale_ * velocities_.cell);
}

void Fire::deform(const Vector3& strain) {
  const Vector3 stretch{std::exp(strain.x), std::exp(strain.y), std::exp(strain.z)};
  const auto stretched = [&](const Vector3& r) { return Vector3{stretch.x * r.x, stretch.y * r.y, stretch.z * r.z}; };
  const auto& [a, b, c] = atoms_.cell.vectors();
  atoms_.cell = Cell(stretched(a), stretched(b), stretched(c));
  for (Vector3& position : atoms_.positions) position = stretched(position);
}

}  // namespace

RelaxReport minimise(Atoms& atoms, Potential& potential, const FireOptions& options, const RelaxObservers& observers) {
  EXPECTS(atoms.size() > 0);
  EXPECTS(options.force_tolerance > 0 && options.pressure_tolerance > 0);
  EXPECTS(options.time_step > 0 && options.max_time_step >= options.time_step);
  EXPECTS(options.max_displacement > 0 && options.max_strain > 0);
  Fire fire(atoms, potential, options);
  RelaxReport report;
  report.energy_initial = fire.energy();
  while (!fire.converged() && !fire.stuck() && report.steps < options.max_steps) {
    fire.step();
    ++report.steps;
    if (observers.frame) observers.frame({report.steps, atoms, fire.energy(), fire.max_force()});
    notify(observers.progress, static_cast<double>(report.steps) / options.max_steps);
  }
  notify(observers.progress, 1.0);
  report.energy_final = fire.energy();
  report.max_force = fire.max_force();
  report.pressure = fire.pressure();
  report.converged = fire.converged();
  return report;
}

}  // namespace cardhouse
