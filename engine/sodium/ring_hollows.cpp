#include "engine/sodium/ring_hollows.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "engine/sodium/wall_finder.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr double push_step = 0.1;      // outward, until the clearance is met [angstrom]
constexpr double farthest_push = 0.8;  // [angstrom]

// Height above a free face at which sodium clears all atoms, if there is one.
std::optional<double> free_height(const WallFinder& walls, const RingPlane& plane, const Hollow& hollow,
                                  const SiteGeometry& geometry) {
  const double middle = hollow.room > 0 ? hollow.room / 2 : geometry.pore_widest;
  const bool midway = hollow.in_slit() && hollow.slit <= geometry.slit_split;
  for (double height = midway ? middle : std::min(geometry.height, middle);
       height <= std::min(geometry.height + farthest_push, middle) + 1e-9; height += push_step)
    if (walls.distance_to_atoms(plane.centre + plane.normal * height) >= geometry.clearance) return height;
  return std::nullopt;
}

// The hollow on the side of the ring its normal points to.
std::optional<Hollow> place(const WallFinder& walls, const RingPlane& plane, const SiteGeometry& geometry) {
  const OppositeWall wall = walls.look(plane.centre, plane.normal);
  Hollow hollow;
  hollow.normal = plane.normal;
  hollow.room = wall.room();
  if (hollow.room > 0 && hollow.room < geometry.gallery_narrowest) return std::nullopt;
  const bool between_faces = wall.tilt_cosine > 0;
  if (between_faces && hollow.room <= geometry.gallery_widest) {
    hollow.position = plane.centre + plane.normal * (hollow.room / 2);
    hollow.spacing = hollow.room;
    hollow.gallery_faces = 1;
    if (walls.distance_to_atoms(hollow.position) < geometry.gallery_clearance) return std::nullopt;
    return hollow;
  }
  if (between_faces && hollow.room < geometry.pore_narrowest) hollow.slit = hollow.room;
  const std::optional<double> height = free_height(walls, plane, hollow, geometry);
  if (!height) return std::nullopt;
  hollow.position = plane.centre + plane.normal * *height;
  return hollow;
}

// Mean of two hollows, weighted by the faces each was found from.
Hollow mean_of_two(const Hollow& a, const Hollow& b, const Cell& cell) {
  const auto na = static_cast<double>(a.faces.size());
  const auto nb = static_cast<double>(b.faces.size());
  const double share = nb / (na + nb);
  Hollow mean = a;
  mean.position = a.position + cell.minimum_image(b.position - a.position) * share;
  mean.normal = normalized(a.normal * na + (dot(a.normal, b.normal) < 0 ? -b.normal : b.normal) * nb);
  mean.faces.insert(mean.faces.end(), b.faces.begin(), b.faces.end());
  mean.gallery_faces = a.gallery_faces + b.gallery_faces;
  if (mean.gallery_faces > 0)
    mean.spacing = (a.spacing * a.gallery_faces + b.spacing * b.gallery_faces) / mean.gallery_faces;
  mean.slit = a.slit > 0 && b.slit > 0 ? a.slit + (b.slit - a.slit) * share : std::max(a.slit, b.slit);
  mean.room = a.room > 0 && b.room > 0 ? std::min(a.room, b.room) : std::max(a.room, b.room);
  mean.curvature = a.curvature + (b.curvature - a.curvature) * share;
  return mean;
}

// Pairs closer than `distance`, nearest first. Distances are compared on a grid far below any that matters, so that
// rounding does not decide between equals; the order of the hollows does.
std::vector<std::pair<std::uint32_t, std::uint32_t>> close_pairs(const std::vector<Hollow>& hollows, double distance,
                                                                 const Cell& cell) {
  constexpr double grid = 1e-6;
  std::vector<Vector3> positions;
  for (const Hollow& hollow : hollows) positions.push_back(hollow.position);
  const NeighbourList near(cell, positions, distance);
  std::vector<std::tuple<long, std::uint32_t, std::uint32_t>> ranked;
  for (std::uint32_t i = 0; i < hollows.size(); ++i)
    for (const Neighbour& other : near.of(i))
      if (other.index > i) ranked.emplace_back(std::lround(norm(other.displacement) / grid), i, other.index);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const auto& [rank, i, j] : ranked) pairs.emplace_back(i, j);
  return pairs;
}

}  // namespace

bool faces_pore(const Hollow& hollow, const SiteGeometry& geometry) {
  return !hollow.in_gallery() && hollow.room >= geometry.pore_narrowest;
}

std::vector<Hollow> merge_close(std::vector<Hollow> hollows, double distance, const Cell& cell) {
  while (true) {
    const auto pairs = close_pairs(hollows, distance, cell);
    if (pairs.empty()) return hollows;
    std::vector<std::uint8_t> paired(hollows.size(), 0);
    std::vector<std::uint8_t> absorbed(hollows.size(), 0);
    for (const auto& [i, j] : pairs) {
      if (paired[i] || paired[j]) continue;
      hollows[i] = mean_of_two(hollows[i], hollows[j], cell);
      paired[i] = paired[j] = absorbed[j] = 1;
    }
    std::vector<Hollow> kept;
    for (std::size_t i = 0; i < hollows.size(); ++i)
      if (!absorbed[i]) kept.push_back(std::move(hollows[i]));
    hollows = std::move(kept);
  }
}

std::vector<Hollow> find_hollows(const CarbonStructure& structure, const std::vector<RingFace>& faces,
                                 const SiteGeometry& geometry) {
  const WallFinder walls(structure, geometry);
  const Cell& cell = structure.atoms.cell;
  std::vector<std::optional<Hollow>> sides(2 * faces.size());
#pragma omp parallel for schedule(dynamic, 64)
  for (std::size_t s = 0; s < sides.size(); ++s) {
    RingPlane plane = faces[s / 2].plane;
    if (s % 2 == 1) plane.normal = -plane.normal;
    sides[s] = place(walls, plane, geometry);
    if (!sides[s]) continue;
    sides[s]->faces = {static_cast<std::uint32_t>(s / 2)};
    sides[s]->curvature = curvature(faces, s / 2, plane.normal, cell);
  }
  std::vector<Hollow> hollows;
  for (std::optional<Hollow>& side : sides)
    if (side) hollows.push_back(std::move(*side));
  hollows = merge_close(std::move(hollows), geometry.merge_distance, cell);
  std::erase_if(hollows, [&](const Hollow& hollow) {
    const double least = hollow.in_gallery() ? geometry.gallery_clearance : geometry.clearance;
    return walls.distance_to_atoms(hollow.position) < least;
  });
  return hollows;
}

}  // namespace cardhouse
