#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// Points of a periodic cell in blocks at least half of `reach` wide: tells in a few instructions, and in 4 bytes a
/// point, that two points are farther apart than `reach`. What it does not tell may be near or far.
class BlockGrid {
 public:
  BlockGrid() = default;
  /// EXPECTS reach > 0.
  BlockGrid(const Cell& cell, std::span<const Vector3> points, double reach);

  /// False only when no image of one is within `reach` of the other.
  bool may_be_near(std::size_t first, std::size_t second) const {
    const std::uint32_t a = blocks_[first];
    const std::uint32_t b = blocks_[second];
    for (int axis = 0; axis < 3; ++axis) {
      const auto difference = static_cast<int>(a >> (10 * axis) & 1023U) - static_cast<int>(b >> (10 * axis) & 1023U);
      const int steps = difference < 0 ? -difference : difference;
      if (steps > 2 && steps < counts_[axis] - 2) return false;
    }
    return true;
  }

 private:
  std::array<int, 3> counts_{1, 1, 1};
  std::vector<std::uint32_t> blocks_;  ///< ten bits an axis
};

}  // namespace cardhouse
