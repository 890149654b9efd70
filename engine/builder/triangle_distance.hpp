#pragma once

#include <array>

#include "engine/structure/vector3.hpp"

namespace cardhouse {

/// Distance of a point to a triangle with its inside: to its plane where the foot falls inside, else to the nearest
/// side (Ericson 2005, Real-Time Collision Detection, section 5.1). A triangle may be as thin as a line, not as small
/// as a point.
double triangle_distance(const Vector3& point, const std::array<Vector3, 3>& corners);

}  // namespace cardhouse
