#pragma once

#include <array>
#include <span>
#include <vector>

namespace cardhouse {

/// A function given at 0, h, 2h, ... as one cubic an interval. Slopes at the points are differences of five points
/// (three and two at the ends), as LAMMPS takes them for embedded atoms, so that both interpolate alike.
class UniformSpline {
 public:
  struct ValueAndSlope {
    double value;
    double slope;
  };

  UniformSpline() = default;
  /// EXPECTS at least five values and a positive step.
  UniformSpline(std::span<const double> values, double step);

  /// Beyond the last point the function is constant and its slope that of the last point.
  ValueAndSlope at(double x) const {
    double p = x * per_step_;
    const std::size_t interval = p < last_ ? static_cast<std::size_t>(p > 0 ? p : 0) : last_interval_;
    p -= static_cast<double>(interval);
    p = p < 1 ? p : 1;
    const auto& [a, b, c, d] = cubics_[interval];
    return {((d * p + c) * p + b) * p + a, ((3 * d * p + 2 * c) * p + b) * per_step_};
  }
  double end() const { return last_ / per_step_; }  ///< the last point

 private:
  std::vector<std::array<double, 4>> cubics_;
  double per_step_ = 1;
  double last_ = 0;
  std::size_t last_interval_ = 0;
};

}  // namespace cardhouse
