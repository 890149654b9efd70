#pragma once

#include "engine/relax/relaxation_state.hpp"

namespace cardhouse {

/// The fast inertial relaxation engine FIRE 2.0: semi-implicit Euler, half a step back when going uphill (Guenole 2020,
/// doi:10.1016/j.commatsci.2020.109584, with its default parameters), all atoms of one mass, lengths of the cell moving
/// together with the atoms. Keeps a reference to the state.
class Fire {
 public:
  Fire(RelaxationState& state, const MinimiserOptions& options)
      : state_(state), options_(options), time_step_(options.time_step), velocities_(state.size()) {}

  /// One step; returns its number of evaluations, which is one.
  int step(int most_evaluations);
  bool stuck() const;

 private:
  void adapt(double power);
  void accelerate();
  double limited_time_step() const;

  RelaxationState& state_;
  const MinimiserOptions options_;
  double time_step_;
  double last_time_step_ = 0;
  double mixing_ = 0.25;  ///< alpha
  int steps_ = 0;
  int downhill_ = 0;
  int uphill_ = 0;
  Coordinates velocities_;
};

}  // namespace cardhouse
