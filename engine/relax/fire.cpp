#include "engine/relax/fire.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"

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

}  // namespace

int Fire::step(int /*most_evaluations*/) {
  adapt(state_.dot_product(state_.forces(), velocities_));
  accelerate();
  last_time_step_ = limited_time_step();
  state_.move(last_time_step_, velocities_);
  state_.evaluate();
  ++steps_;
  return 1;
}

bool Fire::stuck() const {
  return uphill_ > most_uphill_steps;
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
  state_.move(-0.5 * last_time_step_, velocities_);
  velocities_ = Coordinates(state_.size());
}

/// v <- v + dt F/m, then turned towards the force: v <- (1 - alpha) v + alpha |v| F/|F|.
void Fire::accelerate() {
  const Coordinates& forces = state_.forces();
  velocities_.add(time_step_ / (standard_mass(Element::C) * constants::dalton), forces);
  const double force = std::sqrt(state_.dot_product(forces, forces));
  if (force == 0) return;
  const double along = mixing_ * std::sqrt(state_.dot_product(velocities_, velocities_)) / force;
  velocities_ *= 1 - mixing_;
  velocities_.add(along, forces);
}

double Fire::limited_time_step() const {
  const double speed = state_.largest_norm(velocities_.atoms);
  const double strain_rate = largest_component(velocities_.cell) / state_.strain_scale();
  double time = time_step_;
  if (speed * time > options_.max_displacement) time = options_.max_displacement / speed;
  if (strain_rate * time > options_.max_strain) time = options_.max_strain / strain_rate;
  return time;
}

}  // namespace cardhouse
