#include "engine/offlattice/moving_bins.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "engine/structure/neighbour_list.hpp"
#include "tests/offlattice/explicit_sodium.hpp"

namespace cardhouse {
namespace {

using Found = std::vector<std::pair<std::uint32_t, double>>;

Found sorted(Found found) {
  std::sort(found.begin(), found.end());
  return found;
}

Found by_bins(const MovingBins& bins, const Vector3& centre, double reach) {
  Found found;
  bins.visit_near(centre, reach, [&](std::uint32_t index, double r2) {
    found.emplace_back(index, r2);
    return true;
  });
  return sorted(found);
}

Found by_list(const Cell& cell, const std::vector<Vector3>& points, const Vector3& centre, double reach) {
  Found found;
  const NeighbourList list(cell, std::vector<Vector3>{centre}, points, reach);
  for (const Neighbour& near : list.of(0)) found.emplace_back(near.index, squared_norm(near.displacement));
  return sorted(found);
}

TEST(MovingBins, find_the_images_that_a_neighbour_list_finds_after_points_came_went_and_moved) {
  Stream stream(5, Purpose::Test);
  const Cell cell({9, 0, 0}, {2, 8, 0}, {-1, 1.5, 10});
  for (const double reach : {2.0, 5.0, 13.0}) {  // the last reaches over several images
    MovingBins bins(cell, 2.0, 60);
    std::vector<Vector3> points;
    for (std::uint32_t k = 0; k < 60; ++k) {
      points.push_back(explicit_sodium::random_point(cell, stream) + 3.0 * cell.vectors()[k % 3]);
      bins.add(k, points.back());
    }
    for (std::uint32_t k = 0; k < 30; ++k) {
      bins.remove(k, points[k]);
      points[k] = explicit_sodium::random_point(cell, stream);
      bins.add(k, points[k]);
    }
    bins.remove(7, points[7]);
    bins.rename(59, 7, points[59]);
    points[7] = points[59];
    points.pop_back();
    for (int trial = 0; trial < 10; ++trial) {
      const Vector3 centre = explicit_sodium::random_point(cell, stream);
      const Found expected = by_list(cell, points, centre, reach);
      const Found found = by_bins(bins, centre - 2.0 * cell.vectors()[1], reach);
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t k = 0; k < found.size(); ++k) {
        EXPECT_EQ(found[k].first, expected[k].first);
        EXPECT_NEAR(found[k].second, expected[k].second, 1e-10);
      }
    }
  }
}

TEST(MovingBins, stop_when_a_visit_says_so) {
  MovingBins bins(Cell::cubic(10), 2, 3);
  for (std::uint32_t k = 0; k < 3; ++k) bins.add(k, {1.0 * k, 0, 0});
  int visits = 0;
  EXPECT_FALSE(bins.visit_near({}, 4, [&](std::uint32_t, double) { return ++visits < 2; }));
  EXPECT_EQ(visits, 2);
}

}  // namespace
}  // namespace cardhouse
