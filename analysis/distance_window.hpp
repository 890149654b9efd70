#pragma once

#include <span>
#include <vector>

namespace cardhouse {

/// What a model of the structure factor looks like when only distances up to a limit are known, as in `scattering`:
///   q (S(q) - 1) -> int_0^inf q' (S(q') - 1) [K(q - q') - K(q + q')] dq',
///   K(x) = 1/pi int_0^r_m w(r) cos(xr) dr = r_m/(2 pi^2) [Si(pi + x r_m) + Si(pi - x r_m)],
/// w = sin(pi r/r_m)/(pi r/r_m) being the window of Lorch (1969, doi:10.1088/0022-3719/2/2/305). With it a model is
/// fitted to the curve of a small cell without calling the breadth of the window the size of crystallites.
///
/// Models of stacks scatter below 0.8 1/angstrom as in empty space, which a dense carbon does not; there the integrand
/// goes to zero in a straight line instead (of little weight above 1 1/angstrom).
class DistanceWindow {
 public:
  /// For curves at `q` [1/angstrom], ascending and above 0.8, out of distances up to `range` > 0 [angstrom].
  DistanceWindow(std::span<const double> q, double range);

  /// Where the model is needed.
  const std::vector<double>& model_q() const { return model_q_; }
  /// The curve seen through the window; EXPECTS one value for every model_q().
  std::vector<double> apply(std::span<const double> structure_factor) const;

 private:
  std::vector<double> q_, model_q_;
  std::vector<double> weights_;  // q by model_q
};

}  // namespace cardhouse
