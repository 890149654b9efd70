#include "engine/sodium/space_filling_curve.hpp"

#include <algorithm>
#include <numeric>

namespace cardhouse {

namespace {

constexpr int bits = 21;  // a coordinate: 63 in all

/// The bits of x, each followed by two zeros.
std::uint64_t spread(std::uint64_t x) {
  x = (x | x << 32) & 0x001f00000000ffff;
  x = (x | x << 16) & 0x001f0000ff0000ff;
  x = (x | x << 8) & 0x100f00f00f00f00f;
  x = (x | x << 4) & 0x10c30c30c30c30c3;
  x = (x | x << 2) & 0x1249249249249249;
  return x;
}

std::uint64_t place_on_curve(const Vector3& fractional) {
  const auto grid = [](double x) {
    constexpr double steps = 1 << bits;
    return spread(static_cast<std::uint64_t>(std::clamp(x * steps, 0.0, steps - 1)));
  };
  return grid(fractional.x) | grid(fractional.y) << 1 | grid(fractional.z) << 2;
}

}  // namespace

std::vector<std::uint32_t> along_space_filling_curve(const Cell& cell, std::span<const Vector3> positions) {
  std::vector<std::uint64_t> places;
  places.reserve(positions.size());
  for (const Vector3& position : positions) places.push_back(place_on_curve(cell.to_fractional(cell.wrap(position))));
  std::vector<std::uint32_t> order(positions.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t index) { return places[index]; });
  return order;
}

}  // namespace cardhouse
