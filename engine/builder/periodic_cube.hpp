#pragma once

#include <cmath>

#include "engine/structure/vector3.hpp"

namespace cardhouse {

/// A periodic cube with one corner at the origin: the cell the builder works in, and cheaper to fold into than Cell.
struct PeriodicCube {
  double edge;  ///< [angstrom]

  /// The image with coordinates in [0, edge).
  Vector3 wrap(Vector3 position) const {
    for (int axis = 0; axis < 3; ++axis) {
      position[axis] -= edge * std::floor(position[axis] / edge);
      if (position[axis] >= edge) position[axis] = 0;  // a tiny negative number rounds up to the edge
    }
    return position;
  }
  /// The shortest displacement between two wrapped positions.
  Vector3 separation(const Vector3& from, const Vector3& to) const {
    return {fold(to.x - from.x), fold(to.y - from.y), fold(to.z - from.z)};
  }
  double distance(const Vector3& from, const Vector3& to) const { return norm(separation(from, to)); }

 private:
  double fold(double difference) const {
    const double half = 0.5 * edge;
    return difference > half ? difference - edge : difference < -half ? difference + edge : difference;
  }
};

}  // namespace cardhouse
