#include "engine/structure/neighbour_list.hpp"

#include <gtest/gtest.h>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

std::vector<Vector3> random_points(const Cell& cell, std::size_t n, Stream& stream) {
  std::vector<Vector3> points(n);
  for (Vector3& p : points)
    p = cell.to_cartesian({3 * stream.uniform() - 1, 3 * stream.uniform() - 1, 3 * stream.uniform() - 1});
  return points;
}

// Every image within reach, by brute force over 7^3 cells.
std::size_t pairs_by_force(const Cell& cell, const std::vector<Vector3>& points, double cutoff) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = 0; j < points.size(); ++j) {
      const Vector3 base = cell.wrap(points[j]) - cell.wrap(points[i]);
      for (int a = -3; a <= 3; ++a)
        for (int b = -3; b <= 3; ++b)
          for (int c = -3; c <= 3; ++c) {
            const double r = norm(base + cell.to_cartesian({double(a), double(b), double(c)}));
            if (r < cutoff && r > 1e-6) ++found;
          }
    }
  return found;
}

TEST(NeighbourList, finds_every_image_that_brute_force_finds) {
  Stream stream(5, Purpose::Test);
  for (const Cell& cell : {Cell::cubic(9), Cell::orthorhombic(30, 7, 5), Cell({8, 0, 0}, {3, 9, 0}, {-2, 1, 12})})
    for (const double cutoff : {1.5, 3.0, 8.5}) {
      const auto points = random_points(cell, 40, stream);
      const NeighbourList list(cell, points, cutoff);
      std::size_t found = 0;
      for (std::size_t i = 0; i < list.size(); ++i) found += list.of(i).size();
      EXPECT_EQ(found, pairs_by_force(cell, points, cutoff)) << "cut-off " << cutoff;
    }
}

TEST(NeighbourList, displacements_are_opposite_for_the_two_directions) {
  Stream stream(6, Purpose::Test);
  const Cell cell = Cell::cubic(12);
  const auto points = random_points(cell, 60, stream);
  const NeighbourList list(cell, points, 4);
  Vector3 sum;
  for (std::size_t i = 0; i < list.size(); ++i)
    for (const Neighbour& n : list.of(i)) {
      sum += n.displacement;
      EXPECT_LT(norm(n.displacement), 4);
      EXPECT_NEAR(norm(cell.minimum_image(points[i] + n.displacement - points[n.index])), 0, 1e-9);
    }
  EXPECT_NEAR(norm(sum), 0, 1e-9);
}

TEST(NeighbourList, a_point_sees_its_own_images_in_a_small_cell) {
  const std::vector<Vector3> one{{0.1, 0.2, 0.3}};
  EXPECT_EQ(NeighbourList(Cell::cubic(2), one, 2.5).of(0).size(), 6u);
  EXPECT_EQ(NeighbourList(Cell::cubic(2), one, 1.9).of(0).size(), 0u);
}

TEST(NeighbourList, relates_two_sets_of_points) {
  const Cell cell = Cell::cubic(10);
  const std::vector<Vector3> queries{{9.5, 5, 5}, {2, 2, 2}};
  const std::vector<Vector3> points{{0.5, 5, 5}, {9.5, 5, 5}};
  const NeighbourList list(cell, queries, points, 1.5);
  ASSERT_EQ(list.of(0).size(), 2u);
  EXPECT_NEAR(list.of(0)[0].displacement.x, 1, 1e-12);
  EXPECT_NEAR(norm(list.of(0)[1].displacement), 0, 1e-12);
  EXPECT_TRUE(list.of(1).empty());
}

}  // namespace
}  // namespace cardhouse
