#include "engine/sodium/block_grid.hpp"

#include <gtest/gtest.h>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

TEST(BlockGrid, never_calls_points_within_reach_far_apart_in_any_cell) {
  Stream stream(1, Purpose::Test);
  for (const Cell& cell :
       {Cell::cubic(61), Cell::orthorhombic(13, 40, 90), Cell({50, 0, 0}, {20, 45, 0}, {-9, 12, 60})}) {
    std::vector<Vector3> points;
    for (int i = 0; i < 400; ++i)
      points.push_back(cell.to_cartesian({2 * stream.uniform() - 0.5, stream.uniform(), stream.uniform()}));
    const BlockGrid grid(cell, points, 12.0);
    int apart = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
      for (std::size_t j = 0; j < points.size(); ++j) {
        const bool near = norm(cell.minimum_image(points[j] - points[i])) <= 12.0;
        ASSERT_TRUE(!near || grid.may_be_near(i, j));
        apart += !grid.may_be_near(i, j);
      }
    EXPECT_GT(apart, 10000);
  }
}

TEST(BlockGrid, tells_nothing_in_a_cell_that_reach_spans) {
  const std::vector<Vector3> points{{0, 0, 0}, {5, 5, 5}};
  EXPECT_TRUE(BlockGrid(Cell::cubic(10), points, 12.0).may_be_near(0, 1));
}

}  // namespace
}  // namespace cardhouse
