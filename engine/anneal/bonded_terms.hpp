#pragma once
// The single terms of the bonded sp2 energy and their gradients with respect to bond vectors (formulas and constants:
// potentials/sp2_bonded.hpp).

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/structure/vector3.hpp"
#include "potentials/bonded_parameters.hpp"

namespace cardhouse::bonded {

/// Below this share of the rest length a bond goes on as the parabola that touches its quartic.
inline constexpr double shortest_quartic = 0.8;

/// k/(8 d^2) (r^2 - d^2)^2.
inline double bond_energy(const BondTerm& term, const Vector3& arm, Vector3& gradient) {
  const double rest = term.length * term.length;
  const double scale = term.stiffness / (8 * rest);
  const double shortest = shortest_quartic * term.length;
  const double squared = squared_norm(arm);
  const double excess = std::max(squared, shortest * shortest) - rest;
  const double energy = scale * excess * excess;
  if (squared >= shortest * shortest) {
    gradient += 4 * scale * excess * arm;
    return energy;
  }
  const double r = std::sqrt(squared + 1e-12);
  const double slope = 4 * scale * excess * shortest;
  const double curvature = 4 * scale * (3 * shortest * shortest - rest);
  const double step = r - shortest;
  gradient += (slope + curvature * step) / r * arm;
  return energy + (slope + 0.5 * curvature * step) * step;
}

/// (k/2)(theta - theta0)^2; writes the gradients with respect to both arms.
inline double angle_energy(const AngleTerm& term, const Vector3& a, const Vector3& b,
                           std::array<Vector3, 2>& gradients) {
  const Vector3 normal = cross(a, b);
  const double area = squared_norm(normal);
  const double deviation = std::atan2(std::sqrt(area), dot(a, b)) - term.angle;
  const double torque = term.stiffness * deviation / std::sqrt(area + 1e-12);
  gradients[0] = (torque / (squared_norm(a) + 1e-12)) * cross(a, normal);
  gradients[1] = (torque / (squared_norm(b) + 1e-12)) * cross(normal, b);
  return 0.5 * term.stiffness * deviation * deviation;
}

/// gamma h^2 with the distance h of the centre from the plane of its three neighbours; writes the gradients.
inline double plane_energy(const std::array<Vector3, 3>& arms, std::array<Vector3, 3>& gradients) {
  const auto& [a, b, c] = arms;
  const Vector3 ab = cross(a, b), bc = cross(b, c), ca = cross(c, a);
  const Vector3 normal = ab + bc + ca;
  const double volume = dot(a, bc);
  const double ratio = volume / (squared_norm(normal) + 1e-6);
  const double by_volume = 2 * out_of_plane_stiffness * ratio;
  const double by_normal = -by_volume * ratio;
  gradients[0] = by_volume * bc + by_normal * cross(b - c, normal);
  gradients[1] = by_volume * ca + by_normal * cross(c - a, normal);
  gradients[2] = by_volume * ab + by_normal * cross(a - b, normal);
  return out_of_plane_stiffness * ratio * volume;
}

}  // namespace cardhouse::bonded
