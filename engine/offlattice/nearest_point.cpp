#include "engine/offlattice/nearest_point.hpp"

#include <cmath>
#include <limits>

namespace cardhouse {
namespace {

constexpr double first_reach = 3;  // [angstrom]
constexpr double last_reach = 48;  // [angstrom]

}  // namespace

NearestPoint::NearestPoint(const Cell& cell, const std::vector<Vector3>& points)
    : bins_(cell, first_reach, points.size()) {
  for (std::uint32_t k = 0; k < points.size(); ++k) bins_.add(k, points[k]);
}

NearestPoint::Found NearestPoint::operator()(const Vector3& place) const {
  double best = std::numeric_limits<double>::infinity();
  std::int32_t nearest = -1;
  for (double reach = first_reach; nearest < 0 && reach <= last_reach; reach *= 2) {
    bins_.visit_near(place, reach, [&](std::uint32_t index, double r2) {
      if (r2 < best) best = r2, nearest = static_cast<std::int32_t>(index);
      return true;
    });
  }
  return {nearest, std::sqrt(best)};
}

}  // namespace cardhouse
