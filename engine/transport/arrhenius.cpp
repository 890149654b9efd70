#include "engine/transport/arrhenius.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

double inverse_thermal(const RateAtTemperature& point) {
  return 1 / (constants::boltzmann * point.temperature);
}

}  // namespace

std::optional<ArrheniusFit> fit_arrhenius(std::span<const RateAtTemperature> points) {
  for (const RateAtTemperature& point : points) EXPECTS(point.temperature > 0 && point.value.value > 0);
  if (points.empty()) return std::nullopt;
  const auto [least, most] = std::ranges::minmax(points, {}, &RateAtTemperature::temperature);
  if (least.temperature == most.temperature) return std::nullopt;
  const bool known = std::ranges::all_of(points, [](const RateAtTemperature& point) { return point.value.error > 0; });
  double weights = 0, mean_x = 0, mean_y = 0;
  const auto weight_of = [&](const RateAtTemperature& point) {
    return known ? std::pow(point.value.value / point.value.error, 2) : 1.0;
  };
  for (const RateAtTemperature& point : points) {
    weights += weight_of(point);
    mean_x += weight_of(point) * inverse_thermal(point);
    mean_y += weight_of(point) * std::log(point.value.value);
  }
  mean_x /= weights;
  mean_y /= weights;
  double xx = 0, xy = 0, yy = 0;
  for (const RateAtTemperature& point : points) {
    const double x = inverse_thermal(point) - mean_x;
    const double y = std::log(point.value.value) - mean_y;
    xx += weight_of(point) * x * x;
    xy += weight_of(point) * x * y;
    yy += weight_of(point) * y * y;
  }
  const double slope = xy / xx;
  const double freedom = static_cast<double>(points.size()) - 2;
  const double scatter = freedom > 0 ? std::max(0.0, yy - slope * xy) / freedom : 0;
  const double variance = known ? std::max(1.0, scatter) : scatter;
  return ArrheniusFit{{-slope, std::sqrt(variance / xx)},
                      {mean_y - slope * mean_x, std::sqrt(variance * (1 / weights + mean_x * mean_x / xx))},
                      known ? scatter : 0};
}

}  // namespace cardhouse
