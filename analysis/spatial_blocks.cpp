#include "analysis/spatial_blocks.hpp"

#include <cmath>
#include <numeric>

namespace cardhouse {

std::uint8_t octant(const Cell& cell, const Vector3& position) {
  const Vector3 fractional = cell.to_fractional(cell.wrap(position));
  return static_cast<std::uint8_t>((fractional.x >= 0.5) + 2 * (fractional.y >= 0.5) + 4 * (fractional.z >= 0.5));
}

Estimate jackknife(double value, std::span<const double> leave_one_out) {
  const auto n = static_cast<double>(leave_one_out.size());
  if (leave_one_out.size() < 2) return {value, 0};
  const double mean = std::accumulate(leave_one_out.begin(), leave_one_out.end(), 0.0) / n;
  double squares = 0;
  for (double x : leave_one_out) squares += (x - mean) * (x - mean);
  return {value, std::sqrt((n - 1) / n * squares)};
}

bool OctantRatio::empty() const {
  for (double denominator : denominators_) {
    if (denominator != 0) return false;
  }
  return true;
}

Estimate OctantRatio::estimate() const {
  const double numerator = std::accumulate(numerators_.begin(), numerators_.end(), 0.0);
  const double denominator = std::accumulate(denominators_.begin(), denominators_.end(), 0.0);
  if (denominator == 0) return {};
  std::vector<double> leave_one_out;
  for (std::size_t b = 0; b < n_octants; ++b) {
    const double rest = denominator - denominators_[b];
    if (denominators_[b] != 0 && rest != 0) leave_one_out.push_back((numerator - numerators_[b]) / rest);
  }
  return jackknife(numerator / denominator, leave_one_out);
}

}  // namespace cardhouse
