#include "engine/sodium/space_filling_curve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

TEST(SpaceFillingCurve, walks_the_eight_corners_of_a_cube_in_morton_order) {
  const Cell cell = Cell::cubic(2);
  std::vector<Vector3> corners;
  for (const double z : {0.5, 1.5})
    for (const double y : {0.5, 1.5})
      for (const double x : {0.5, 1.5}) corners.push_back({x, y, z});
  std::reverse(corners.begin(), corners.end());
  EXPECT_EQ(along_space_filling_curve(cell, corners), (std::vector<std::uint32_t>{7, 6, 5, 4, 3, 2, 1, 0}));
}

TEST(SpaceFillingCurve, is_a_permutation_that_brings_near_positions_together) {
  Stream stream(71, Purpose::Test);
  const Cell cell({20, 0, 0}, {5, 18, 0}, {-3, 2, 30});
  std::vector<Vector3> positions;
  for (int i = 0; i < 4096; ++i)
    positions.push_back({100 * stream.uniform(), 100 * stream.uniform(), 100 * stream.uniform() - 50});
  const std::vector<std::uint32_t> order = along_space_filling_curve(cell, positions);
  std::vector<std::uint32_t> sorted = order;
  std::ranges::sort(sorted);
  for (std::uint32_t i = 0; i < sorted.size(); ++i) ASSERT_EQ(sorted[i], i);
  double before = 0;
  double after = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    before += norm(cell.minimum_image(positions[i] - positions[i - 1]));
    after += norm(cell.minimum_image(positions[order[i]] - positions[order[i - 1]]));
  }
  EXPECT_LT(after, 0.2 * before);
}

}  // namespace
}  // namespace cardhouse
