#pragma once

#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/builder/periodic_cube.hpp"

namespace cardhouse {

/// A sphere in a periodic cube, or, with `flat` above zero, all points within `radius` of a disc: a pill with two
/// flat faces [angstrom].
struct Sphere {
  Vector3 centre;
  double radius;
  double flat = 0;          ///< radius of the disc
  Vector3 normal{0, 0, 1};  ///< of the disc, a unit vector
};

/// From the nearest point of the first one's disc to the nearest point of the second one's, given the separation of
/// their centres: that separation itself for two spheres. Discs that meet give next to nothing.
Vector3 disc_separation(const Sphere& first, const Sphere& second, const Vector3& centres);

/// Moves `spheres` until no two, and none with an `obstacle`, overlap by more than 0.01 angstrom: every
/// overlapping pair is pushed apart along disc_separation() by the overlap, an obstacle does not move and nothing
/// turns. Ends after `sweeps` at the latest; returns whether it got there. A sphere wider than the cube overlaps itself
/// and never fits.
bool push_apart(std::vector<Sphere>& spheres, std::span<const Sphere> obstacles, const PeriodicCube& cube,
                int sweeps = 400);

/// Sum of the overlaps of every sphere with others, with obstacles and with its own images [angstrom].
std::vector<double> overlaps(std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                             const PeriodicCube& cube);

/// A uniformly random centre where this sphere overlaps nothing (random sequential addition), or, after
/// 300 refusals, the last position tried.
Vector3 find_room(Sphere trial, std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                  const PeriodicCube& cube, Stream& stream);

}  // namespace cardhouse
