#include "engine/builder/scalar_grid.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double close_enough = 1e-3;  // angstrom; what is left after such a step is far smaller

}  // namespace

ScalarGrid::ScalarGrid(double edge, int points, double initial)
    : values(static_cast<std::size_t>(points) * points * points, initial), cube_{edge}, points_(points) {
  EXPECTS(edge > 0 && points >= 4);
}

// Truncation and one comparison, for std::floor is a call where the processor's rounding may not be used.
ScalarGrid::Place ScalarGrid::split(double scaled) const {
  if (!(std::abs(scaled) < 2 * points_)) scaled -= points_ * std::floor(scaled / points_);
  int below = static_cast<int>(scaled);
  if (scaled < below) --below;
  const double rest = scaled - below;
  while (below < 0) below += points_;
  while (below >= points_) below -= points_;
  return {below, rest};
}

ScalarGrid::Sample ScalarGrid::sample(const Vector3& position) const {
  const double points_per_length = points_ / cube_.edge;
  const auto [i, x] = split(points_per_length * position.x);
  const auto [j, y] = split(points_per_length * position.y);
  const auto [k, z] = split(points_per_length * position.z);
  const double* rows[4] = {&values[index(i, j, 0)], &values[index(i, j + 1, 0)], &values[index(i + 1, j, 0)],
                           &values[index(i + 1, j + 1, 0)]};
  const int next = fold(k + 1);
  double along[4], slope[4];  // interpolated along z on the four edges (x, y) = 00, 01, 10, 11
  for (int row = 0; row < 4; ++row) {
    slope[row] = rows[row][next] - rows[row][k];
    along[row] = rows[row][k] + z * slope[row];
  }
  const double low = along[0] + y * (along[1] - along[0]), high = along[2] + y * (along[3] - along[2]);
  const Vector3 gradient{high - low, (1 - x) * (along[1] - along[0]) + x * (along[3] - along[2]),
                         (1 - x) * (slope[0] + y * (slope[1] - slope[0])) + x * (slope[2] + y * (slope[3] - slope[2]))};
  return {low + x * (high - low), gradient * points_per_length};
}

Vector3 project_to_zero(const ScalarGrid& field, Vector3 position) {
  for (int step = 0; step < 3; ++step) {
    const auto [value, gradient] = field.sample(position);
    const double square = squared_norm(gradient);
    if (square < 1e-10) break;
    const double length = std::abs(value) / std::sqrt(square);
    position -= value / square * std::min(1.0, 0.5 / std::max(length, 1e-12)) * gradient;
    if (length < close_enough) break;
  }
  return field.cube().wrap(position);
}

int transform_friendly(int wanted) {
  EXPECTS(wanted > 0);
  for (int number = wanted + wanted % 2;; number += 2) {
    int rest = number;
    for (const int prime : {2, 3, 5})
      while (rest % prime == 0) rest /= prime;
    if (rest == 1) return number;
  }
}

}  // namespace cardhouse
