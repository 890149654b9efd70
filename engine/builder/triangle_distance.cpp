#include "engine/builder/triangle_distance.hpp"

#include <algorithm>

namespace cardhouse {
namespace {

double segment_distance(const Vector3& point, const Vector3& from, const Vector3& to) {
  const Vector3 along = to - from;
  const double share = std::clamp(dot(point - from, along) / squared_norm(along), 0.0, 1.0);
  return norm(point - from - share * along);
}

}  // namespace

double triangle_distance(const Vector3& point, const std::array<Vector3, 3>& corners) {
  const auto& [a, b, c] = corners;
  const Vector3 normal = cross(b - a, c - a);
  const bool above = dot(cross(b - a, normal), point - a) <= 0 && dot(cross(c - b, normal), point - b) <= 0 &&
                     dot(cross(a - c, normal), point - c) <= 0;
  if (above && squared_norm(normal) > 0) return std::abs(dot(point - a, normalized(normal)));
  return std::min({segment_distance(point, a, b), segment_distance(point, b, c), segment_distance(point, c, a)});
}

}  // namespace cardhouse
