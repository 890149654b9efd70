#include "engine/builder/pore_shells.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double held_gallery = 0.5;  // of the first gallery, in layer spacings

// Of a point, given from the centre of the pore.
double distance_to_disc(const Pore& pore, const Vector3& point) {
  const double height = dot(point, pore.normal);
  const double across = std::sqrt(std::max(0.0, squared_norm(point) - height * height));
  return std::hypot(std::max(0.0, across - pore.flat), height);
}

void stamp(ScalarGrid& distance, const Pore& pore, double reach) {
  const double spacing = distance.spacing(), radius = pore.wall_radius();
  const int points = distance.points();
  const int half = std::min(static_cast<int>((radius + pore.flat + reach) / spacing) + 1, (points - 1) / 2);
  const auto nearest = [&](double coordinate) { return static_cast<int>(std::round(coordinate / spacing)); };
  const int i0 = nearest(pore.centre.x), j0 = nearest(pore.centre.y), k0 = nearest(pore.centre.z);
  const int extra = points % 2 == 0 && half == (points - 1) / 2 ? 1 : 0;  // an even grid has one plane more
  for (int i = i0 - half; i <= i0 + half + extra; ++i)
    for (int j = j0 - half; j <= j0 + half + extra; ++j)
      for (int k = k0 - half; k <= k0 + half + extra; ++k) {
        double& value = distance.values[distance.index(i, j, k)];
        const Vector3 point = distance.cube().wrap(distance.position(i, j, k));
        value = std::min(value, distance_to_disc(pore, distance.cube().separation(pore.centre, point)) - radius);
      }
}

// The field at a distance from the wall that a shell wants.
double shell_profile(double distance, double spacing) {
  const double amplitude = lamellar_amplitude();
  return distance < -0.5 * spacing ? -amplitude : amplitude * std::sin(std::numbers::pi * distance / spacing);
}

}  // namespace

ScalarGrid wall_distance(const PoreLayout& layout, const ScalarGrid& like, double reach) {
  EXPECTS(reach > 0);
  ScalarGrid distance(like.cube().edge, like.points(), reach);
  for (const Pore& pore : layout.pores) stamp(distance, pore, reach);
  for (const Pore& bead : layout.channels) stamp(distance, bead, reach);
  return distance;
}

void wrap_pores(ScalarGrid& field, const ScalarGrid& distance, double spacing) {
  EXPECTS(field.size() == distance.size());
  const auto points = static_cast<std::ptrdiff_t>(field.size());
#pragma omp parallel for
  for (std::ptrdiff_t point = 0; point < points; ++point) {
    const double s = distance.values[point];
    if (s >= shell_reach * spacing) continue;
    const double weight = s < 0 ? 1 : std::exp(-s * s / (4 * spacing * spacing));
    field.values[point] += weight * (shell_profile(s, spacing) - field.values[point]);
  }
}

std::vector<HeldPoint> hold_walls(const ScalarGrid& distance, double spacing) {
  std::vector<HeldPoint> held;
  for (std::size_t point = 0; point < distance.size(); ++point)
    if (distance.values[point] < held_gallery * spacing)
      held.push_back({point, shell_profile(distance.values[point], spacing)});
  return held;
}

}  // namespace cardhouse
