#include "engine/relax/bath.hpp"

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

/// Gamma deviate of shape >= 1 and scale 1.
double gamma_deviate(double shape, Stream& stream) {
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = stream.normal();
    const double root = 1 + c * x;
    const double u = stream.uniform();
    if (root <= 0) continue;
    const double v = root * root * root;
    if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

}  // namespace

double sum_of_squares(double n, Stream& stream) {
  EXPECTS(n >= 0);
  if (n == 0) return 0;
  if (n >= 2) return 2 * gamma_deviate(0.5 * n, stream);
  const double larger = gamma_deviate(0.5 * n + 1, stream);  // Marsaglia & Tsang 2000, section 6, for shapes below one
  return 2 * larger * std::pow(stream.uniform(), 2 / n);
}

double HeatBath::velocity_factor(double kinetic, double time, Stream& stream) const {
  EXPECTS(kinetic > 0 && degrees >= 1);
  const double kept = std::exp(-time / relaxation_time);
  const double ratio = 0.5 * constants::boltzmann * temperature / kinetic;  // Km/(f K)
  const double first = stream.normal();
  const double others = sum_of_squares(degrees - 1, stream);
  const double squared =
      kept + (1 - kept) * ratio * (first * first + others) + 2 * first * std::sqrt(kept * (1 - kept) * ratio);
  const bool turned = first * std::sqrt((1 - kept) * ratio) + std::sqrt(kept) < 0;
  return (turned ? -1 : 1) * std::sqrt(std::max(0.0, squared));
}

Vector3 PressureBath::strain(const Vector3& pressures, double volume, double time, Stream& stream) const {
  EXPECTS(cell != CellRelaxation::None);
  const double pace = compressibility * time / relaxation_time;
  const double noise = 2 * constants::boltzmann * temperature * pace / volume;
  if (cell == CellRelaxation::Isotropic) {
    const double mean = (pressures.x + pressures.y + pressures.z) / 3;
    const double growth = pace * (mean - pressure) + std::sqrt(noise) * stream.normal();
    return growth / 3 * Vector3{1, 1, 1};
  }
  Vector3 result;
  for (int axis = 0; axis < 3; ++axis)
    result[axis] = pace / 3 * (pressures[axis] - pressure) + std::sqrt(noise / 3) * stream.normal();
  return result;
}

}  // namespace cardhouse
