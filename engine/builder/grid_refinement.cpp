#include "engine/builder/grid_refinement.hpp"

#include <algorithm>

#include "engine/structure/real_transform.hpp"

namespace cardhouse {
namespace {

// Copies the modes (i, j, 0..half) of a grid of `from` points into one of `to`, for every |i|, |j|, k below `limit`.
struct ModeCopy {
  std::span<const std::complex<double>> modes;
  int from, to, limit;

  static std::size_t first(int i, int j, int points) {
    const auto wrapped = [points](int index) { return static_cast<std::size_t>(index < 0 ? index + points : index); };
    return (wrapped(i) * static_cast<std::size_t>(points) + wrapped(j)) * static_cast<std::size_t>(points / 2 + 1);
  }

  void into(std::span<std::complex<double>> target, double factor) const {
    for (int i = 1 - limit; i < limit; ++i)
      for (int j = 1 - limit; j < limit; ++j) {
        const auto row = modes.subspan(first(i, j, from), static_cast<std::size_t>(limit));
        std::transform(row.begin(), row.end(), target.subspan(first(i, j, to)).begin(),
                       [factor](const std::complex<double>& mode) { return factor * mode; });
      }
  }
};

}  // namespace

ScalarGrid refined(const ScalarGrid& field, int points) {
  if (points == field.points()) return field;
  ScalarGrid result(field.cube().edge, points);
  RealTransform fine(points);
  {
    RealTransform coarse(field.points());
    std::copy(field.values.begin(), field.values.end(), coarse.real().begin());
    coarse.forward();
    std::fill(fine.modes().begin(), fine.modes().end(), 0.0);
    const int limit = (std::min(points, field.points()) + 1) / 2;
    ModeCopy{coarse.modes(), field.points(), points, limit}.into(fine.modes(), 1.0 / static_cast<double>(field.size()));
  }
  fine.inverse();
  std::copy(fine.real().begin(), fine.real().end(), result.values.begin());
  return result;
}

}  // namespace cardhouse
