#include "engine/builder/triangle_distance.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

const std::array<Vector3, 3> corners{{{0, 0, 0}, {4, 0, 0}, {0, 3, 0}}};

TEST(TriangleDistance, to_inside_sides_and_corners) {
  EXPECT_DOUBLE_EQ(triangle_distance({1, 1, 2}, corners), 2);
  EXPECT_DOUBLE_EQ(triangle_distance({2, -3, 4}, corners), 5);
  EXPECT_DOUBLE_EQ(triangle_distance({-3, -4, 0}, corners), 5);
  EXPECT_DOUBLE_EQ(triangle_distance({4, 3, 0}, corners), 2.4);  // to the long side
  EXPECT_DOUBLE_EQ(triangle_distance({1, 0.5, 0}, corners), 0);
}

TEST(TriangleDistance, of_a_triangle_thin_as_a_line) {
  EXPECT_DOUBLE_EQ(triangle_distance({2, 3, 0}, {{{0, 0, 0}, {4, 0, 0}, {2, 0, 0}}}), 3);
}

// Against the nearest of many points of the triangle.
TEST(TriangleDistance, agrees_with_a_search) {
  Stream stream(3, Purpose::Test);
  const auto draw = [&] { return Vector3{stream.normal(), stream.normal(), stream.normal()}; };
  for (int round = 0; round < 100; ++round) {
    const std::array<Vector3, 3> drawn{draw(), draw(), draw()};
    const Vector3 point = 2 * draw();
    double nearest = std::numeric_limits<double>::infinity();
    for (int i = 0; i <= 60; ++i)
      for (int j = 0; i + j <= 60; ++j) {
        const Vector3 inside = drawn[0] + i / 60.0 * (drawn[1] - drawn[0]) + j / 60.0 * (drawn[2] - drawn[0]);
        nearest = std::min(nearest, norm(point - inside));
      }
    const double distance = triangle_distance(point, drawn);
    EXPECT_LE(distance, nearest + 1e-12);
    EXPECT_NEAR(distance, nearest, 0.05);
  }
}

}  // namespace
}  // namespace cardhouse
