#pragma once

#include <cmath>
#include <numbers>

#include "engine/builder/scalar_grid.hpp"

namespace cardhouse {

template <class Function>
ScalarGrid sampled(double edge, int points, Function&& function) {
  ScalarGrid field(edge, points);
  for (int i = 0; i < points; ++i)
    for (int j = 0; j < points; ++j)
      for (int k = 0; k < points; ++k) field.values[field.index(i, j, k)] = function(field.position(i, j, k));
  return field;
}

/// Negative inside a sphere in the middle of the cube.
inline ScalarGrid sphere_field(double edge, int points, double radius) {
  return sampled(edge, points, [&](const Vector3& p) { return norm(p - 0.5 * edge * Vector3{1, 1, 1}) - radius; });
}

/// Schoen's gyroid with one period in the cube: chi = -8 per cubic cell, area 3.0915 edge^2 for the minimal surface
/// and 3.0966 edge^2 for this trigonometric one (Jung, Chu & Torquato 2007, doi:10.1016/j.jcp.2006.10.007).
inline ScalarGrid gyroid_field(double edge, int points) {
  const double k = 2 * std::numbers::pi / edge;
  return sampled(edge, points, [k](const Vector3& p) {
    return std::sin(k * p.x) * std::cos(k * p.y) + std::sin(k * p.y) * std::cos(k * p.z) +
           std::sin(k * p.z) * std::cos(k * p.x);
  });
}

/// Flat layers across z, one every `spacing`; edge/spacing must be even.
inline ScalarGrid layered_field(double edge, int points, double spacing) {
  return sampled(edge, points, [&](const Vector3& p) { return std::cos(std::numbers::pi * p.z / spacing); });
}

}  // namespace cardhouse
