#include "engine/structure/void_map.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {
namespace {

// The map is filled in blocks of edge^3 points. The clearance f is 1-Lipschitz, so with block centre c and
// half-diagonal h only atoms of clearance <= f(c) + 2h seen from c can be nearest to a point of the block.
constexpr int edge = 4;
constexpr int block_points = edge * edge * edge;

struct BlockGeometry {
  std::array<float, block_points> x, y, z;  // offsets of the points from the block centre
  double half_diagonal = 0;
};

BlockGeometry block_geometry(const std::array<Vector3, 3>& steps) {
  BlockGeometry block;
  const double middle = 0.5 * (edge - 1);
  int n = 0;
  for (int i = 0; i < edge; ++i) {
    for (int j = 0; j < edge; ++j) {
      for (int k = 0; k < edge; ++k, ++n) {
        const Vector3 offset = (i - middle) * steps[0] + (j - middle) * steps[1] + (k - middle) * steps[2];
        block.x[n] = static_cast<float>(offset.x);
        block.y[n] = static_cast<float>(offset.y);
        block.z[n] = static_cast<float>(offset.z);
        block.half_diagonal = std::max(block.half_diagonal, norm(offset));
      }
    }
  }
  return block;
}

double smallest_clearance(const std::vector<AtomLocator::Image>& images, const std::vector<double>& radii) {
  double smallest = 1e300;
  for (const auto& image : images) {
    smallest = std::min(smallest, norm(image.displacement) - radii[image.radius_class]);
  }
  return smallest;
}

void block_clearances(const BlockGeometry& block, const std::vector<AtomLocator::Image>& images, double reach,
                      const std::vector<double>& radii, std::array<float, block_points>& result) {
  result.fill(1e30F);
  std::array<float, block_points> squares;
  for (std::uint32_t c = 0; c < radii.size(); ++c) {
    squares.fill(1e30F);
    const double limit = (reach + radii[c]) * (reach + radii[c]);
    bool any = false;
    for (const auto& image : images) {
      if (image.radius_class != c || squared_norm(image.displacement) > limit) continue;
      any = true;
      const auto x = static_cast<float>(image.displacement.x);
      const auto y = static_cast<float>(image.displacement.y);
      const auto z = static_cast<float>(image.displacement.z);
      for (int n = 0; n < block_points; ++n) {
        const float dx = x - block.x[n], dy = y - block.y[n], dz = z - block.z[n];
        const float square = dx * dx + dy * dy + dz * dz;
        squares[n] = square < squares[n] ? square : squares[n];
      }
    }
    if (!any) continue;
    const auto radius = static_cast<float>(radii[c]);
    for (int n = 0; n < block_points; ++n) result[n] = std::min(result[n], std::sqrt(squares[n]) - radius);
  }
}

// Clearances about a place, from the atoms that can be nearest there: within `room` of it they have clearances of at
// most its own + 2 room, seen from it.
class Surroundings {
 public:
  Surroundings(const AtomLocator& locator, const Vector3& place, double room)
      : locator_(locator), room_(room), place_(place) {
    gather(locator.nearest(place).clearance);
  }

  /// Sees to it that all within `reach` <= room of a place can be asked for.
  void hold(const Vector3& place, double reach) {
    const double way = norm(place - place_);
    if (way + reach <= room_) return;
    const double bound = clearance(place_) + way;
    place_ = place;
    gather(bound);
  }

  double clearance(const Vector3& place) const {
    const Vector3 offset = place - place_;
    double smallest = 1e300;
    for (const AtomLocator::Image& image : images_)
      smallest = std::min(smallest, norm(image.displacement - offset) - locator_.radii()[image.radius_class]);
    return smallest;
  }

 private:
  void gather(double bound) { locator_.gather(place_, bound + 2 * room_ + 1e-6, images_); }

  const AtomLocator& locator_;
  double room_;
  Vector3 place_;
  std::vector<AtomLocator::Image> images_;
};

}  // namespace

VoidMap::VoidMap(const Atoms& atoms, const VoidMapOptions& options) : locator_(atoms) {
  EXPECTS(options.spacing > 0);
  for (int axis = 0; axis < 3; ++axis) {
    const Vector3& vector = cell().vectors()[axis];
    shape_[axis] = std::max(1, static_cast<int>(std::ceil(norm(vector) / options.spacing - 1e-9)));
    steps_[axis] = vector / shape_[axis];
    origin_ += options.shift[axis] * steps_[axis];
  }
  clearances_.resize(static_cast<std::size_t>(shape_[0]) * shape_[1] * shape_[2]);
  const int rows_i = (shape_[0] + edge - 1) / edge;
  const int rows_j = (shape_[1] + edge - 1) / edge;
#pragma omp parallel for schedule(dynamic, 4)
  for (int row = 0; row < rows_i * rows_j; ++row) fill_block_row(row / rows_j, row % rows_j);
}

void VoidMap::fill_block_row(int block_i, int block_j) {
  const BlockGeometry block = block_geometry(steps_);
  std::vector<AtomLocator::Image> images;
  std::array<float, block_points> values;
  const double middle = 0.5 * (edge - 1);
  const double row_step = edge * norm(steps_[2]);
  double guess = -1;  // an upper bound of the clearance at the block centre, from its predecessor in the row
  for (int k0 = 0; k0 < shape_[2]; k0 += edge) {
    const Vector3 centre =
        position({block_i * edge, block_j * edge, k0}) + middle * (steps_[0] + steps_[1] + steps_[2]);
    if (k0 == 0) guess = locator_.nearest(centre).clearance;
    locator_.gather(centre, guess + 2 * block.half_diagonal + 1e-6, images);
    const double clearance = smallest_clearance(images, locator_.radii());
    block_clearances(block, images, clearance + 2 * block.half_diagonal + 1e-6, locator_.radii(), values);
    guess = clearance + row_step;
    for (int n = 0; n < block_points; ++n) {
      const std::array<int, 3> point{block_i * edge + n / (edge * edge), block_j * edge + n / edge % edge,
                                     k0 + n % edge};
      if (point[0] < shape_[0] && point[1] < shape_[1] && point[2] < shape_[2]) clearances_[index(point)] = values[n];
    }
  }
}

std::array<int, 3> VoidMap::grid_point(std::size_t index) const {
  const auto plane = static_cast<std::size_t>(shape_[1]) * shape_[2];
  return {static_cast<int>(index / plane), static_cast<int>(index / shape_[2] % shape_[1]),
          static_cast<int>(index % shape_[2])};
}

std::size_t VoidMap::nearest_point(const Vector3& place) const {
  const Vector3 fractional = cell().to_fractional(place - origin_);
  std::array<int, 3> point;
  for (int axis = 0; axis < 3; ++axis) {
    const int count = shape_[static_cast<std::size_t>(axis)];
    point[static_cast<std::size_t>(axis)] = fold_index(static_cast<int>(std::lround(fractional[axis] * count)), count);
  }
  return index(point);
}

Vector3 VoidMap::position(const std::array<int, 3>& point) const {
  return origin_ + point[0] * steps_[0] + point[1] * steps_[1] + point[2] * steps_[2];
}

Vector3 VoidMap::climb(const Vector3& start, double tolerance) const {
  EXPECTS(tolerance > 0);
  Vector3 best = start;
  double step = std::max({norm(steps_[0]), norm(steps_[1]), norm(steps_[2])});
  Surroundings surroundings(locator_, start, 2 * step);
  double clearance = surroundings.clearance(start);
  while (step > tolerance) {
    const Vector3 from = best;
    surroundings.hold(from, step);
    for (int n = 0; n < 27; ++n) {
      const int i = n / 9 - 1, j = n / 3 % 3 - 1, k = n % 3 - 1;
      const Vector3 direction{double(i), double(j), double(k)};
      const Vector3 trial = from + step * normalized(direction);
      const double value = surroundings.clearance(trial);
      if (value > clearance + 1e-3 * step) {  // no endless creeping along a nearly flat channel
        clearance = value;
        best = trial;
      }
    }
    if (best == from) step *= 0.5;
  }
  return best;
}

}  // namespace cardhouse
