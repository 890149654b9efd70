#pragma once
// The functions of one variable that EDIP for carbon is made of (Marks 2000, doi:10.1103/PhysRevB.63.035401).

#include <cmath>

#include "potentials/value_and_slope.hpp"

namespace cardhouse::edip {

/// exp(alpha/(1 - x^-3)) with x from 0 at `full` to 1 at `none`: the weights f and p of a distance.
inline ValueAndSlope fade(double r, double full, double none, double alpha) {
  if (r <= full) return {1, 0};
  if (r >= none) return {0, 0};
  const double x = (r - full) / (none - full);
  const double rest = 1 - x * x * x;
  const double value = std::exp(-alpha * x * x * x / rest);
  return {value, -3 * alpha * x * x / (rest * rest * (none - full)) * value};
}

/// pi_n: 1 at z = n, 0 beyond 1 of it.
inline ValueAndSlope bump(double z, double n) {
  const double d = z - n;
  if (std::abs(d) >= 1) return {0, 0};
  const double s = d * d - 1;
  return {s * s, 4 * s * d};
}

/// pi: whether an atom has a free p orbital.
inline ValueAndSlope unsaturated(double z) {
  return z < 3 ? ValueAndSlope{1, 0} : bump(z, 3);
}

/// tau: minus the cosine of the preferred angle, from 180 degrees at Z = 2 by 120 and 109.5 to 90 at Z = 6.
inline ValueAndSlope preferred_cosine(double coordination) {
  const double t = std::tanh(6 * (coordination - 2.5));
  return {1 - coordination / 12 * (1 + t), -(1 + t) / 12 - coordination / 2 * (1 - t * t)};
}

}  // namespace cardhouse::edip
