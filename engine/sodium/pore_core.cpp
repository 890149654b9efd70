#include "engine/sodium/pore_core.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

// Grid points with room for sodium; no farther from the atoms than half the widest pore.
std::vector<Vector3> roomy_points(const AtomLocator& atoms, const BccGrid& grid, const SiteGeometry& geometry) {
  std::vector<Vector3> points;
  for (const Vector3& point : grid.points) {
    const double distance = atoms.nearest(point).distance;
    if (distance >= geometry.core_distance && distance <= geometry.pore_widest / 2) points.push_back(point);
  }
  return points;
}

std::vector<Vector3> away_from(const std::vector<Hollow>& hollows, std::vector<Vector3> points, double distance,
                               const Cell& cell) {
  std::vector<Vector3> taken;
  for (const Hollow& hollow : hollows) taken.push_back(hollow.position);
  const NeighbourList near(cell, points, taken, distance);
  std::vector<Vector3> kept;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (near.of(i).empty()) kept.push_back(points[i]);
  return kept;
}

// The points that can be reached from the walls in hops of at most `reach`.
std::vector<Vector3> reached_from(const std::vector<Vector3>& walls, const std::vector<Vector3>& points, double reach,
                                  const Cell& cell) {
  const NeighbourList to_wall(cell, points, walls, reach);
  const NeighbourList near(cell, points, reach);
  std::vector<std::uint8_t> reached(points.size(), 0);
  std::vector<std::uint32_t> front;
  for (std::uint32_t i = 0; i < points.size(); ++i)
    if (!to_wall.of(i).empty()) reached[i] = 1, front.push_back(i);
  while (!front.empty()) {
    const std::uint32_t here = front.back();
    front.pop_back();
    for (const Neighbour& next : near.of(here))
      if (!reached[next.index]) reached[next.index] = 1, front.push_back(next.index);
  }
  std::vector<Vector3> kept;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (reached[i]) kept.push_back(points[i]);
  return kept;
}

}  // namespace

BccGrid fit_bcc_grid(const Cell& cell, double lattice, const Vector3& origin) {
  EXPECTS(lattice > 0);
  BccGrid grid;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double length = norm(cell.vectors()[axis]);
    grid.cells[axis] = std::max(1, static_cast<int>(std::lround(length / lattice)));
    grid.lattice[axis] = length / grid.cells[axis];
  }
  const auto fraction = [&grid](std::size_t axis, double i) { return i / grid.cells[axis]; };
  for (int i = 0; i < grid.cells[0]; ++i)
    for (int j = 0; j < grid.cells[1]; ++j)
      for (int k = 0; k < grid.cells[2]; ++k)
        for (const double half : {0.0, 0.5})
          grid.points.push_back(
              origin + cell.to_cartesian({fraction(0, i + half), fraction(1, j + half), fraction(2, k + half)}));
  return grid;
}

std::vector<Vector3> find_core_points(const AtomLocator& atoms, const std::vector<Hollow>& hollows, const BccGrid& grid,
                                      const SiteGeometry& geometry) {
  std::vector<Vector3> walls;
  for (const Hollow& hollow : hollows)
    if (faces_pore(hollow, geometry)) walls.push_back(hollow.position);
  if (walls.empty()) return {};
  const Cell& cell = atoms.cell();
  const std::vector<Vector3> points =
      away_from(hollows, roomy_points(atoms, grid, geometry), geometry.core_separation, cell);
  return reached_from(walls, points, geometry.link_reach, cell);
}

}  // namespace cardhouse
