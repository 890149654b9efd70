#include "engine/sodium/pore_grid.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr double tie = 1e-6;  // distances closer than this are equal [angstrom]
constexpr std::int32_t unseen = -1;
constexpr std::int32_t no_room = -2;

std::vector<Vector3> positions_of(const std::vector<Hollow>& hollows) {
  std::vector<Vector3> positions;
  for (const Hollow& hollow : hollows) positions.push_back(hollow.position);
  return positions;
}

class PoreFiller {
 public:
  PoreFiller(const AtomLocator& atoms, const std::vector<Hollow>& hollows, const Vector3& origin,
             const SiteGeometry& geometry)
      : atoms_(atoms),
        geometry_(geometry),
        grid_(atoms.cell(), geometry.metal_lattice, origin),
        pore_of_(grid_.size(), no_room) {
    for (const Hollow& hollow : hollows) (faces_pore(hollow, geometry) ? walls_ : others_).push_back(hollow);
  }

  std::vector<PorePoint> run() {
    if (walls_.empty()) return {};
    find_room();
    for (const Hollow& wall : walls_) flood(grid_.nearest(wall.position + wall.normal * raise));
    std::vector<PorePoint> points;
    const std::vector<int> chosen = choose_lattices();
    for (std::size_t i = 0; i < grid_.size(); ++i)
      if (pore_of_[i] >= 0 && grid_.lattice_of(i) == chosen[static_cast<std::size_t>(pore_of_[i])])
        points.push_back({grid_.position(i)});
    cover_walls(points);
    return points;
  }

 private:
  static constexpr double raise = 1.0;  // from a hollow into its pore [angstrom]

  void find_room() {
#pragma omp parallel for schedule(dynamic, 1024)
    for (std::size_t i = 0; i < grid_.size(); ++i) {
      const double distance = atoms_.nearest(grid_.position(i)).distance;
      if (distance >= geometry_.metal_distance && distance <= geometry_.pore_widest / 2) pore_of_[i] = unseen;
    }
    std::vector<Vector3> places;
    std::vector<std::size_t> points;
    for (std::size_t i = 0; i < grid_.size(); ++i)
      if (pore_of_[i] == unseen) places.push_back(grid_.position(i)), points.push_back(i);
    const NeighbourList near(atoms_.cell(), places, positions_of(others_), geometry_.metal_separation);
    for (std::size_t k = 0; k < points.size(); ++k)
      if (!near.of(k).empty()) pore_of_[points[k]] = no_room;
  }

  // Makes everything connected with `start` one pore, unless it is one already.
  void flood(std::size_t start) {
    if (pore_of_[start] != unseen) return;
    const std::int32_t pore = pore_count_++;
    pore_of_[start] = pore;
    std::vector<std::size_t> front{start};
    while (!front.empty()) {
      const std::size_t here = front.back();
      front.pop_back();
      for (const std::uint32_t next : grid_.beside(here))
        if (pore_of_[next] == unseen) pore_of_[next] = pore, front.push_back(next);
    }
  }

  // For each pore the lattice with most points in it.
  std::vector<int> choose_lattices() const {
    std::vector<std::array<std::size_t, PoreGrid::lattice_count>> counts(static_cast<std::size_t>(pore_count_));
    for (std::size_t i = 0; i < grid_.size(); ++i)
      if (pore_of_[i] >= 0)
        ++counts[static_cast<std::size_t>(pore_of_[i])][static_cast<std::size_t>(grid_.lattice_of(i))];
    std::vector<int> chosen;
    for (const auto& of_pore : counts)
      chosen.push_back(static_cast<int>(std::max_element(of_pore.begin(), of_pore.end()) - of_pore.begin()));
    return chosen;
  }

  void cover_walls(std::vector<PorePoint>& points) const {
    std::vector<Vector3> places;
    for (const PorePoint& point : points) places.push_back(point.position);
    const NeighbourList near(atoms_.cell(), positions_of(walls_), places, geometry_.link_reach);
    for (std::size_t w = 0; w < walls_.size(); ++w) {
      double nearest = geometry_.link_reach;
      for (const Neighbour& point : near.of(w)) nearest = std::min(nearest, norm(point.displacement));
      const auto covers = [&](const Neighbour& point) { return norm(point.displacement) <= nearest + tie; };
      const auto sharing = std::count_if(near.of(w).begin(), near.of(w).end(), covers);
      for (const Neighbour& point : near.of(w)) {
        if (!covers(point)) continue;
        PorePoint& cover = points[point.index];
        const double area = surface(walls_[w]) / static_cast<double>(sharing);
        cover.covered_area += area;
        cover.curvature += (walls_[w].curvature - cover.curvature) * area / cover.covered_area;
      }
    }
  }

  // Area of a wall's hexagons, taken from the atoms to the surface that faces the pore.
  double surface(const Hollow& wall) const {
    const double shrinkage = std::max(0.0, 1 - wall.curvature * van_der_waals_radius(Element::C));
    return static_cast<double>(wall.faces.size()) * geometry_.hollow_area * shrinkage * shrinkage;
  }

  const AtomLocator& atoms_;
  const SiteGeometry& geometry_;
  PoreGrid grid_;
  std::vector<Hollow> walls_;   // hollows that face a pore
  std::vector<Hollow> others_;  // and those that do not
  std::vector<std::int32_t> pore_of_;
  std::int32_t pore_count_ = 0;
};

}  // namespace

PoreGrid::PoreGrid(const Cell& cell, double lattice, const Vector3& origin) : cell_(cell), origin_(origin) {
  EXPECTS(lattice > 0);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double length = norm(cell.vectors()[axis]);
    const int cells = std::max(1, static_cast<int>(std::lround(length / lattice)));
    counts_[axis] = steps * cells;
    lattice_[axis] = length / cells;
  }
}

std::size_t PoreGrid::size() const {
  return static_cast<std::size_t>(counts_[0]) * static_cast<std::size_t>(counts_[1]) *
         static_cast<std::size_t>(counts_[2]);
}

std::array<int, 3> PoreGrid::indices(std::size_t point) const {
  const auto plane = static_cast<std::size_t>(counts_[1]) * static_cast<std::size_t>(counts_[2]);
  const auto row = static_cast<std::size_t>(counts_[2]);
  return {static_cast<int>(point / plane), static_cast<int>(point % plane / row), static_cast<int>(point % row)};
}

std::size_t PoreGrid::index(std::array<int, 3> at) const {
  std::size_t result = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const int n = counts_[axis];
    result = result * static_cast<std::size_t>(n) + static_cast<std::size_t>(((at[axis] % n) + n) % n);
  }
  return result;
}

Vector3 PoreGrid::position(std::size_t point) const {
  const auto [i, j, k] = indices(point);
  const auto fraction = [](int i_, int n) { return static_cast<double>(i_) / n; };
  return origin_ + cell_.to_cartesian({fraction(i, counts_[0]), fraction(j, counts_[1]), fraction(k, counts_[2])});
}

// Corner and centre of a bcc cell are two steps apart along every edge.
int PoreGrid::lattice_of(std::size_t point) const {
  auto [i, j, k] = indices(point);
  const int half = i % steps >= steps / 2 ? steps / 2 : 0;
  return ((i - half) % steps * steps + (j + half) % steps) * steps + (k + half) % steps;
}

std::array<std::uint32_t, 6> PoreGrid::beside(std::size_t point) const {
  const auto [i, j, k] = indices(point);
  const auto at = [this](int a, int b, int c) { return static_cast<std::uint32_t>(index({a, b, c})); };
  return {at(i - 1, j, k), at(i + 1, j, k), at(i, j - 1, k), at(i, j + 1, k), at(i, j, k - 1), at(i, j, k + 1)};
}

std::size_t PoreGrid::nearest(const Vector3& place) const {
  const Vector3 f = cell_.to_fractional(place - origin_);
  return index({static_cast<int>(std::lround(f.x * counts_[0])), static_cast<int>(std::lround(f.y * counts_[1])),
                static_cast<int>(std::lround(f.z * counts_[2]))});
}

std::vector<PorePoint> fill_pores(const AtomLocator& atoms, const std::vector<Hollow>& hollows, const Vector3& origin,
                                  const SiteGeometry& geometry) {
  return PoreFiller(atoms, hollows, origin, geometry).run();
}

}  // namespace cardhouse
