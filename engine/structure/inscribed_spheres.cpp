#include "engine/structure/inscribed_spheres.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {
namespace {

// Along the gradient the clearance grows by the length of the step, and the sphere here lies inside the sphere there.
// The best of 26 grid directions is at most 27 degrees off the gradient in a cubic grid: it keeps cos(27 deg) = 0.89 of
// that.
constexpr double kept_growth = 0.85;

struct GridNeighbour {
  std::array<int, 3> step;
  float growth;
};

std::vector<GridNeighbour> grid_neighbours(const VoidMap& map) {
  std::vector<GridNeighbour> neighbours;
  for (int n = 0; n < 27; ++n) {
    const std::array<int, 3> step{n / 9 - 1, n / 3 % 3 - 1, n % 3 - 1};
    if (n == 13) continue;
    const Vector3 vector = step[0] * map.steps()[0] + step[1] * map.steps()[1] + step[2] * map.steps()[2];
    neighbours.push_back({step, static_cast<float>(kept_growth * norm(vector))});
  }
  return neighbours;
}

bool on_ridge(const VoidMap& map, const std::array<int, 3>& point, float clearance,
              const std::vector<GridNeighbour>& neighbours) {
  const auto& shape = map.shape();
  for (const GridNeighbour& neighbour : neighbours) {
    std::array<int, 3> other;
    for (int axis = 0; axis < 3; ++axis) other[axis] = fold_index(point[axis] + neighbour.step[axis], shape[axis]);
    if (map.clearances()[map.index(other)] >= clearance + neighbour.growth) return false;
  }
  return true;
}

std::vector<std::uint32_t> ridge_points(const VoidMap& map) {
  const std::vector<GridNeighbour> neighbours = grid_neighbours(map);
  std::vector<char> keep(map.size(), 0);
#pragma omp parallel for schedule(static)
  for (std::size_t p = 0; p < map.size(); ++p) {
    const float clearance = map.clearances()[p];
    if (clearance > 0) keep[p] = on_ridge(map, map.grid_point(p), clearance, neighbours);
  }
  std::vector<std::uint32_t> ridge;
  for (std::size_t p = 0; p < map.size(); ++p) {
    if (keep[p]) ridge.push_back(static_cast<std::uint32_t>(p));
  }
  std::stable_sort(ridge.begin(), ridge.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return map.clearances()[a] > map.clearances()[b]; });
  return ridge;
}

// Draws balls into the planes first <= i < last of the periodic grid, one run of points along the third axis at a time.
class BallPainter {
 public:
  BallPainter(const VoidMap& map, int first, int last, InscribedSpheres& spheres)
      : map_(map), first_(first), last_(last), spheres_(spheres) {
    const Vector3& c = map.steps()[2];
    along_ = c / squared_norm(c);
  }

  void paint(std::uint32_t centre) {
    const double radius = map_.clearances()[centre];
    const std::array<int, 3> point = map_.grid_point(centre);
    const int reach_i = reach(radius, 0), reach_j = reach(radius, 1);
    for (int i = -reach_i; i <= reach_i; ++i) {
      const int plane = fold_index(point[0] + i, map_.shape()[0]);
      if (plane < first_ || plane >= last_) continue;
      for (int j = -reach_j; j <= reach_j; ++j) {
        // Points at q + k c, q = i a + j b: |q + k c| < radius is an interval of k.
        const Vector3 q = i * map_.steps()[0] + j * map_.steps()[1];
        const double middle = -dot(q, along_);
        const double rest = radius * radius - squared_norm(q + middle * map_.steps()[2]);
        if (rest <= 0) continue;
        const double half = std::sqrt(rest * squared_norm(along_));
        const std::array<int, 3> row{plane, fold_index(point[1] + j, map_.shape()[1]), 0};
        const int first = static_cast<int>(std::ceil(middle - half)),
                  last = static_cast<int>(std::floor(middle + half));
        write_run(map_.index(row), point[2] + first, last - first + 1, centre);
      }
    }
  }

 private:
  int reach(double radius, int axis) const {
    return static_cast<int>(radius * map_.shape()[axis] / map_.cell().widths()[axis]) + 1;
  }
  void write_run(std::size_t row, int first, int length, std::uint32_t centre) {
    const int n = map_.shape()[2];
    const float radius = map_.clearances()[centre];
    int k = fold_index(first, n);
    for (int count = std::min(length, n); count > 0; --count) {
      if (spheres_.centre[row + k] == InscribedSpheres::none) {
        spheres_.centre[row + k] = centre;
        spheres_.radius[row + k] = radius;
      }
      if (++k == n) k = 0;
    }
  }

  const VoidMap& map_;
  int first_, last_;
  InscribedSpheres& spheres_;
  Vector3 along_;
};

}  // namespace

InscribedSpheres inscribe_spheres(const VoidMap& map) {
  EXPECTS(map.size() < InscribedSpheres::none);
  InscribedSpheres spheres{std::vector<float>(map.size(), 0.0F),
                           std::vector<std::uint32_t>(map.size(), InscribedSpheres::none)};
  const std::vector<std::uint32_t> ridge = ridge_points(map);
  const int planes = map.shape()[0], slices = std::min(planes, omp_get_max_threads());
#pragma omp parallel for schedule(static, 1)
  for (int slice = 0; slice < slices; ++slice) {
    BallPainter painter(map, slice * planes / slices, (slice + 1) * planes / slices, spheres);
    for (const std::uint32_t centre : ridge) painter.paint(centre);
  }
  return spheres;
}

}  // namespace cardhouse
