#include "engine/sodium/wall_finder.hpp"

#include <algorithm>
#include <cmath>

#include "engine/sodium/ring_faces.hpp"

namespace cardhouse {
namespace {

constexpr double ray_start = 1.0;       // beyond the ring's own sheet [angstrom]
constexpr double ray_step = 2.0;        // [angstrom]
constexpr double wall_roughness = 1.2;  // atoms this much behind the first still belong to the wall [angstrom]

std::vector<double> points_for(const Atoms& atoms) {
  return std::vector<double>(atoms.size(), 0.0);
}

}  // namespace

WallFinder::WallFinder(const CarbonStructure& structure, const SiteGeometry& geometry)
    : geometry_(geometry), normals_(sheet_normals(structure)), locator_(structure.atoms, points_for(structure.atoms)) {}

std::vector<WallFinder::Hit> WallFinder::first_hits(const Vector3& origin, const Vector3& direction) const {
  const double reach = std::hypot(geometry_.ray_radius, ray_step / 2 + wall_roughness);
  std::vector<AtomLocator::Image> images;
  for (double start = ray_start; start < geometry_.pore_widest; start += ray_step) {
    const double middle = start + ray_step / 2;
    locator_.gather(origin + direction * middle, reach, images);
    std::vector<Hit> hits;
    double first = start + ray_step;
    for (const AtomLocator::Image& image : images) {
      const Vector3 displacement = image.displacement + direction * middle;
      const double height = dot(displacement, direction);
      const bool on_line = norm(displacement - direction * height) <= geometry_.ray_radius;
      if (height < ray_start || !on_line) continue;
      hits.push_back({image.atom, displacement, height});
      first = std::min(first, height);
    }
    if (first >= std::min(start + ray_step, geometry_.pore_widest)) continue;
    std::erase_if(hits, [first](const Hit& hit) { return hit.height > first + wall_roughness; });
    return hits;
  }
  return {};
}

OppositeWall WallFinder::look(const Vector3& origin, const Vector3& direction) const {
  const std::vector<Hit> hits = first_hits(origin, direction);
  if (hits.empty()) return {};
  const double least_cosine = std::cos(geometry_.steepest_wall);
  Vector3 normal;
  double distance = 0;
  for (const Hit& hit : hits) {
    const Vector3& plane = normals_[hit.atom];
    const double cosine = dot(plane, direction);
    if (std::abs(cosine) < least_cosine) {
      distance += hit.height;
      continue;
    }
    distance += dot(hit.displacement, plane) / cosine;
    normal += cosine > 0 ? plane : -plane;
  }
  distance /= static_cast<double>(hits.size());
  return {distance, normal == Vector3{} ? 0 : dot(normalized(normal), direction)};
}

}  // namespace cardhouse
