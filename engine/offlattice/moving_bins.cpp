#include "engine/offlattice/moving_bins.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/structure/cell_bins.hpp"

namespace cardhouse {

MovingBins::MovingBins(const Cell& cell, double width, std::size_t expected)
    : cell_(cell), counts_(bin_counts(cell, width, std::max<std::size_t>(expected, 1))) {
  for (int axis = 0; axis < 3; ++axis) steps_[axis] = cell.vectors()[axis] / counts_[axis];
  for (const double j : {-0.5, 0.5})
    for (const double k : {-0.5, 0.5})
      circumradius_ = std::max(circumradius_, norm(0.5 * steps_[0] + j * steps_[1] + k * steps_[2]));
  bins_.resize(static_cast<std::size_t>(counts_[0]) * counts_[1] * counts_[2]);
}

std::size_t MovingBins::bin_of(const Vector3& position) const {
  const Vector3 f = cell_.to_fractional(position);
  std::size_t bin = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const int along = std::clamp(static_cast<int>(f[axis] * counts_[axis]), 0, counts_[axis] - 1);
    bin = bin * counts_[axis] + along;
  }
  return bin;
}

MovingBins::Entry& MovingBins::find(std::uint32_t index, const Vector3& position) {
  auto& bin = bins_[bin_of(cell_.wrap(position))];
  const auto found = std::find_if(bin.begin(), bin.end(), [&](const Entry& entry) { return entry.index == index; });
  EXPECTS(found != bin.end());
  return *found;
}

void MovingBins::add(std::uint32_t index, const Vector3& position) {
  const Vector3 home = cell_.wrap(position);
  bins_[bin_of(home)].push_back({home, index});
}

void MovingBins::remove(std::uint32_t index, const Vector3& position) {
  find(index, position) = bins_[bin_of(cell_.wrap(position))].back();
  bins_[bin_of(cell_.wrap(position))].pop_back();
}

void MovingBins::rename(std::uint32_t from, std::uint32_t to, const Vector3& position) {
  find(from, position).index = to;
}

}  // namespace cardhouse
