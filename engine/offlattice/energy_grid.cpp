#include "engine/offlattice/energy_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/base/contracts.hpp"

namespace cardhouse {

std::array<int, 3> EnergyGrid::point(std::size_t index) const {
  const auto k = static_cast<int>(index % shape[2]);
  const auto j = static_cast<int>(index / shape[2] % shape[1]);
  return {static_cast<int>(index / shape[2] / shape[1]), j, k};
}

Vector3 EnergyGrid::position(const std::array<int, 3>& point) const {
  return cell.to_cartesian({1.0 * point[0] / shape[0], 1.0 * point[1] / shape[1], 1.0 * point[2] / shape[2]});
}

EnergyGrid scan_energy(const Cell& cell, double spacing, const EnergyFunction& energy) {
  EXPECTS(spacing > 0);
  EnergyGrid grid{cell, {}, {}};
  for (int axis = 0; axis < 3; ++axis)
    grid.shape[axis] = std::max(1, static_cast<int>(std::ceil(norm(cell.vectors()[axis]) / spacing - 1e-9)));
  grid.values.resize(static_cast<std::size_t>(grid.shape[0]) * grid.shape[1] * grid.shape[2]);
  const auto points = static_cast<std::int64_t>(grid.values.size());
#pragma omp parallel for schedule(dynamic, 256)
  for (std::int64_t p = 0; p < points; ++p) grid.values[p] = energy(grid.position(grid.point(p)));
  return grid;
}

}  // namespace cardhouse
