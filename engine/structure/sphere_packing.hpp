#pragma once

#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/structure/periodic_cube.hpp"

namespace cardhouse {

/// A sphere in a periodic cube [angstrom].
struct Sphere {
  Vector3 centre;
  double radius;
};

/// Moves `spheres` until no two, and none with an `obstacle`, overlap by more than 0.01 angstrom: every
/// overlapping pair is pushed apart along its line of centres by the overlap, an obstacle does not move. Ends after
/// `sweeps` at the latest; returns whether it got there. A sphere wider than the cube overlaps itself and never fits.
bool push_apart(std::vector<Sphere>& spheres, std::span<const Sphere> obstacles, const PeriodicCube& cube,
                int sweeps = 400);

/// Sum of the overlaps of every sphere with others, with obstacles and with its own images [angstrom].
std::vector<double> overlaps(std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                             const PeriodicCube& cube);

/// A uniformly random position where a sphere of this radius overlaps nothing (random sequential addition), or, after
/// 300 refusals, the last position tried.
Vector3 find_room(double radius, std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                  const PeriodicCube& cube, Stream& stream);

}  // namespace cardhouse
