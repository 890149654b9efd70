#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "tests/builder/level_set_shapes.hpp"

namespace cardhouse {

/// Negative inside a torus lying in the middle of the cube: one piece, one handle.
inline ScalarGrid torus_field(double edge, int points, double ring_radius, double tube_radius) {
  return sampled(edge, points, [=](const Vector3& p) {
    const Vector3 r = p - 0.5 * edge * Vector3{1, 1, 1};
    return std::hypot(std::hypot(r.x, r.y) - ring_radius, r.z) - tube_radius;
  });
}

/// Two flat layers `spacing` apart, positive between them, pierced by necks of radius `neck` along z through the middle
/// of the gallery: each neck joins the layers by one handle more than their two pieces lose. `necks` are places (x, y).
inline ScalarGrid necked_layers(double edge, int points, double spacing, const std::vector<Vector3>& necks,
                                double neck = 2) {
  return sampled(edge, points, [=](const Vector3& p) {
    double value = 0.5 * spacing - std::abs(p.z - 0.5 * edge);
    for (const Vector3& at : necks) {
      const PeriodicCube cube{edge};
      const Vector3 r = cube.separation({at.x, at.y, p.z}, p);
      if (std::abs(p.z - 0.5 * edge) < spacing) value = std::min(value, std::hypot(r.x, r.y) - neck);
    }
    return value;
  });
}

}  // namespace cardhouse
