#include "potentials/mesh_settings.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

/// The smallest even number from n on whose only prime factors are 2, 3, 5 and 7: quick for FFTW.
int quick_size(int n) {
  for (int size = n + n % 2;; size += 2) {
    int rest = size;
    for (const int prime : {2, 3, 5, 7}) {
      while (rest % prime == 0) rest /= prime;
    }
    if (rest == 1) return size;
  }
}

int order_for(double force) {
  return force >= 1e-4 ? 6 : force >= 1e-7 ? 8 : 12;
}

/// Weight of the alias of a wave of m periods; what the mesh cannot hold is lost wholly.
double alias_weight(int m, int points, int order) {
  if (2 * m >= points) return 1;
  return std::pow(static_cast<double>(m) / (points - m), order);
}

}  // namespace

std::array<Vector3, 3> reciprocal_rows(const Cell& cell) {
  const Vector3 x = cell.to_fractional({1, 0, 0});
  const Vector3 y = cell.to_fractional({0, 1, 0});
  const Vector3 z = cell.to_fractional({0, 0, 1});
  return {Vector3{x.x, y.x, z.x}, Vector3{x.y, y.y, z.y}, Vector3{x.z, y.z, z.z}};
}

double mesh_force_error(const Cell& cell, std::size_t n_charges, const MeshSettings& settings) {
  constexpr double tau = 2 * std::numbers::pi;
  const auto rows = reciprocal_rows(cell);
  const auto& points = settings.points;
  const auto last = [&points](int axis) { return 2 * points[axis] / 3; };  // beyond, the kernel has died
  std::array<std::vector<double>, 3> weights;                              // [axis][|m|]
  for (int axis = 0; axis < 3; ++axis) {
    for (int m = 0; m <= last(axis); ++m) weights[axis].push_back(alias_weight(m, points[axis], settings.order));
  }
  double others = 0;               // squares of the force of another charge
  std::array<double, 3> itself{};  // force of a charge on itself, of one phase for all waves
  for (int i = -last(0); i <= last(0); ++i) {
    for (int j = -last(1); j <= last(1); ++j) {
      for (int k = i == 0 && j == 0 ? 1 : 0; k <= last(2); ++k) {
        const double k2 = squared_norm(tau * (i * rows[0] + j * rows[1] + k * rows[2]));
        const double kernel = std::exp(-k2 / (4 * settings.splitting * settings.splitting)) / k2;
        const double both = k > 0 ? 2 : 1;  // k and -k
        const std::array<int, 3> m{std::abs(i), std::abs(j), k};
        for (int axis = 0; axis < 3; ++axis) {
          const double weight = weights[axis][m[axis]];
          const double step = tau * norm(rows[axis]);
          const double alias = step * (points[axis] - m[axis]);
          others += both * kernel * kernel * weight * weight * (3 * k2 + alias * alias);
          itself[axis] += both * kernel * weight * step * points[axis];
        }
      }
    }
  }
  const double own = 0.5 * (itself[0] * itself[0] + itself[1] * itself[1] + itself[2] * itself[2]);
  const double factor = 2 * tau * constants::coulomb / cell.volume();
  return factor * std::sqrt(static_cast<double>(n_charges) * others + own);
}

MeshSettings choose_mesh(const Cell& cell, std::size_t n_charges, const MeshAccuracy& accuracy) {
  EXPECTS(accuracy.force > 0 && accuracy.cutoff > 0 && n_charges > 0);
  const double each = 0.5 * accuracy.force;  // for real space and for the mesh; a margin of 1.4 remains
  const double density = static_cast<double>(n_charges) / (accuracy.cutoff * cell.volume());
  const double steps = std::log(2 * constants::coulomb * std::sqrt(density) / each);
  MeshSettings settings{.splitting = std::sqrt(std::max(1.0, steps)) / accuracy.cutoff,
                        .cutoff = accuracy.cutoff,
                        .points = {},
                        .order = order_for(accuracy.force)};
  for (double spacing = 1.5 / settings.splitting;; spacing *= 0.93) {
    for (int axis = 0; axis < 3; ++axis) {
      const int least = static_cast<int>(std::ceil(cell.widths()[axis] / spacing));
      settings.points[axis] = quick_size(std::max(least, settings.order));
    }
    if (mesh_force_error(cell, n_charges, settings) <= each) return settings;
  }
}

}  // namespace cardhouse
