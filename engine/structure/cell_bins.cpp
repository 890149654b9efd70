#include "engine/structure/cell_bins.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {

std::array<int, 3> bin_counts(const Cell& cell, double width, std::size_t points) {
  EXPECTS(width > 0);
  constexpr double most_along_a_vector = 1 << 20;  // the product of three still fits into std::size_t
  constexpr std::size_t bins_per_point = 8;
  std::array<int, 3> bins{};
  for (int axis = 0; axis < 3; ++axis)
    bins[axis] = static_cast<int>(std::clamp(cell.widths()[axis] / width, 1.0, most_along_a_vector));
  const auto total = [&] { return static_cast<std::size_t>(bins[0]) * bins[1] * bins[2]; };
  while (total() > std::max<std::size_t>(1, bins_per_point * points)) {
    int& most = *std::max_element(bins.begin(), bins.end());
    most = (most + 1) / 2;
  }
  return bins;
}

}  // namespace cardhouse
