#include "engine/builder/grid_refinement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace cardhouse {
namespace {

constexpr double edge = 7;

// Three waves of at most three periods along an edge.
double waves(const Vector3& at) {
  const double step = 2 * std::numbers::pi / edge;
  return 0.3 + std::cos(step * (2 * at.x - 3 * at.y + at.z)) + 0.5 * std::sin(step * (3 * at.z - at.x)) +
         std::sin(step * at.y);
}

ScalarGrid sampled(int points) {
  ScalarGrid field(edge, points);
  for (int i = 0; i < points; ++i)
    for (int j = 0; j < points; ++j)
      for (int k = 0; k < points; ++k) field.values[field.index(i, j, k)] = waves(field.position(i, j, k));
  return field;
}

double largest_difference(const ScalarGrid& a, const ScalarGrid& b) {
  EXPECT_EQ(a.points(), b.points());
  double largest = 0;
  for (std::size_t point = 0; point < a.size(); ++point)
    largest = std::max(largest, std::abs(a.values[point] - b.values[point]));
  return largest;
}

TEST(GridRefinement, is_exact_for_waves_that_both_grids_resolve) {
  for (const int from : {7, 8, 11})
    for (const int to : {7, 8, 12, 15}) EXPECT_LT(largest_difference(refined(sampled(from), to), sampled(to)), 1e-12);
}

TEST(GridRefinement, drops_waves_that_the_new_grid_does_not_resolve) {
  const ScalarGrid coarse = refined(sampled(12), 6);  // keeps two periods along an edge, not three
  double sum = 0, squares = 0;
  for (const double value : coarse.values) sum += value, squares += value * value;
  EXPECT_NEAR(sum / static_cast<double>(coarse.size()), 0.3, 1e-12);
  EXPECT_NEAR(squares / static_cast<double>(coarse.size()), 0.3 * 0.3 + 0.5, 1e-12);
}

}  // namespace
}  // namespace cardhouse
