#include "engine/sodium/block_grid.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {

BlockGrid::BlockGrid(const Cell& cell, std::span<const Vector3> points, double reach) {
  EXPECTS(reach > 0);
  const std::array<double, 3> widths{cell.widths().x, cell.widths().y, cell.widths().z};
  for (int axis = 0; axis < 3; ++axis)
    counts_[axis] = static_cast<int>(std::clamp(2 * widths[axis] / (reach * (1 + 1e-9)), 1.0, 1023.0));
  blocks_.reserve(points.size());
  for (const Vector3& point : points) {
    const Vector3 f = cell.to_fractional(cell.wrap(point));
    const std::array<double, 3> fractions{f.x, f.y, f.z};
    std::uint32_t packed = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const int block = std::clamp(static_cast<int>(fractions[axis] * counts_[axis]), 0, counts_[axis] - 1);
      packed |= static_cast<std::uint32_t>(block) << (10 * axis);
    }
    blocks_.push_back(packed);
  }
}

}  // namespace cardhouse
