#include "engine/builder/simple_points.hpp"

#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/builder/kuhn_star.hpp"

namespace cardhouse {
namespace {

template <class IsNegative>
KuhnSet negative_neighbours(const ScalarGrid& field, const GridOffset& at, IsNegative&& is_negative) {
  KuhnSet negatives = 0;
  for (int neighbour = 0; neighbour < kuhn_neighbours; ++neighbour) {
    const GridOffset step = kuhn_offset(neighbour);
    if (is_negative(field.index(at.i + step.i, at.j + step.j, at.k + step.k))) negatives |= 1u << neighbour;
  }
  return negatives;
}

GridOffset place(const ScalarGrid& field, std::size_t point) {
  const auto number = static_cast<std::size_t>(field.points());
  return {static_cast<int>(point / number / number), static_cast<int>(point / number % number),
          static_cast<int>(point % number)};
}

}  // namespace

bool is_simple(const ScalarGrid& field, int i, int j, int k) {
  return is_disc(negative_neighbours(field, {i, j, k}, [&](std::size_t point) { return field.values[point] < 0; }));
}

std::size_t keep_topology(ScalarGrid& field, std::span<const double> before, double least) {
  EXPECTS(least > 0 && before.size() == field.size());
  std::vector<char> negative(field.size());
  std::vector<std::size_t> changed, waiting;
  for (std::size_t point = 0; point < field.size(); ++point) {
    negative[point] = before[point] < 0;
    if (negative[point] != (field.values[point] < 0)) changed.push_back(point);
  }
  do {  // a point may become simple when others have passed
    waiting.swap(changed);
    changed.clear();
    for (const std::size_t point : waiting) {
      const auto negatives =
          negative_neighbours(field, place(field, point), [&](std::size_t other) { return negative[other] != 0; });
      if (is_disc(negatives))
        negative[point] = !negative[point];
      else
        changed.push_back(point);
    }
  } while (changed.size() < waiting.size());
  for (const std::size_t point : changed) field.values[point] = before[point] < 0 ? -least : least;
  return changed.size();
}

}  // namespace cardhouse
