#pragma once

#include <deque>

#include "engine/relax/relaxation_state.hpp"

namespace cardhouse {

/// Limited-memory BFGS (Nocedal & Wright, Numerical Optimization, 2nd ed. 2006, algorithm 7.4): the step that the last
/// ten changes of the force suggest, tried at full length or at the longest that the caps allow, then shortened until
/// the energy has fallen enough (Armijo, eq. 3.4 with c1 = 1e-4) or, where its change drowns in rounding, the slope
/// along the step has (approximate Wolfe condition, Hager & Zhang 2005, doi:10.1137/030601880).
///
/// Coordinates are the atoms in the unstrained cell and the logarithmic strain, in which forces are exact derivatives
/// of one function. Pairs with s.y <= 0 are not kept, so that the direction is always downhill. When no shorter step
/// helps, the memory is cleared; when the bare force does not help either, the minimiser is stuck. Keeps a reference to
/// the state.
class Lbfgs {
 public:
  Lbfgs(RelaxationState& state, const MinimiserOptions& options);

  /// One step with its line search; returns its number of evaluations, between one and `most_evaluations`. When these
  /// are not enough the state stays where it was.
  int step(int most_evaluations);
  bool stuck() const { return stuck_; }

 private:
  struct Change {
    Coordinates step;
    Coordinates gradient;
    double product;  ///< of the two, positive
  };

  Coordinates gradient() const;
  Coordinates direction() const;
  double longest(const Coordinates& direction) const;
  void move(double factor, const Coordinates& direction);
  void remember(Coordinates step, const Coordinates& before);

  RelaxationState& state_;
  const MinimiserOptions options_;
  Vector3 stretch_{1, 1, 1};  ///< of the cell since the start
  Coordinates gradient_;
  std::deque<Change> changes_;
  bool stuck_ = false;
};

}  // namespace cardhouse
