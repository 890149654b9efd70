#pragma once
// The single terms of the bonded sp2 energy (sp2_bonded.hpp) and their gradients with respect to bond vectors. Finite
// for any of them, coinciding atoms, straight angles and collinear neighbours included.

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/structure/vector3.hpp"
#include "potentials/bonded_parameters.hpp"

namespace cardhouse::bonded {

inline constexpr double shortest_quartic = 0.8;  ///< of a bond's rest length
// Added to squares.
inline constexpr double tiny_length = 1e-12;  ///< [angstrom^2]
inline constexpr double tiny_corner = 1e-12;  ///< [angstrom^4]
inline constexpr double tiny_plane = 1e-6;    ///< [angstrom^4]

/// k/(8 d^2) (r^2 - d^2)^2; adds its gradient. The quartic is stationary at r = 0, where a crumpled network could be
/// caught; below `shortest_quartic` its parabola goes on instead.
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
  const double r = std::sqrt(squared + tiny_length);
  const double slope = 4 * scale * excess * shortest;
  const double curvature = 4 * scale * (3 * shortest * shortest - rest);
  const double step = r - shortest;
  gradient += (slope + curvature * step) / r * arm;
  return energy + (slope + 0.5 * curvature * step) * step;
}

/// (k/2)(theta - theta0)^2 of the angle between two arms; writes its gradients. d(theta)/da = (a x n)/|a|^2 with the
/// unit normal n of a x b, which stays bounded where the arms are parallel and n is undefined.
inline double angle_energy(const AngleTerm& term, const Vector3& a, const Vector3& b,
                           std::array<Vector3, 2>& gradients) {
  const Vector3 normal = cross(a, b);
  const double area = squared_norm(normal);
  const double deviation = std::atan2(std::sqrt(area), dot(a, b)) - term.angle;
  const double torque = term.stiffness * deviation / std::sqrt(area + tiny_corner);
  gradients[0] = (torque / (squared_norm(a) + tiny_length)) * cross(a, normal);
  gradients[1] = (torque / (squared_norm(b) + tiny_length)) * cross(normal, b);
  return 0.5 * term.stiffness * deviation * deviation;
}

/// gamma h^2 with the distance h = |a.(b x c)|/|n| of the centre from the plane of its three neighbours, whose normal
/// is n = a x b + b x c + c x a; writes its gradients.
inline double plane_energy(const std::array<Vector3, 3>& arms, std::array<Vector3, 3>& gradients) {
  const auto& [a, b, c] = arms;
  const Vector3 ab = cross(a, b), bc = cross(b, c), ca = cross(c, a);
  const Vector3 normal = ab + bc + ca;
  const double volume = dot(a, bc);
  const double ratio = volume / (squared_norm(normal) + tiny_plane);
  const double by_volume = 2 * out_of_plane_stiffness * ratio;
  const double by_normal = -by_volume * ratio;
  gradients[0] = by_volume * bc + by_normal * cross(b - c, normal);
  gradients[1] = by_volume * ca + by_normal * cross(c - a, normal);
  gradients[2] = by_volume * ab + by_normal * cross(a - b, normal);
  return out_of_plane_stiffness * ratio * volume;
}

/// How atoms repel each other that are not bonded but touch.
struct Contact {
  double reach;      ///< [angstrom]
  double stiffness;  ///< [eV/angstrom^2]
};

/// (k/2)(r0 - r)^2 of two atoms at displacement d within the reach r0, else 0; writes its gradient by d.
inline double contact_energy(const Contact& contact, const Vector3& d, Vector3& gradient) {
  const double squared = squared_norm(d);
  gradient = {};
  if (squared >= contact.reach * contact.reach) return 0;
  const double r = std::sqrt(squared + tiny_length);
  const double overlap = contact.reach - r;
  gradient = (-contact.stiffness * overlap / r) * d;
  return 0.5 * contact.stiffness * overlap * overlap;
}

}  // namespace cardhouse::bonded
