#include "engine/builder/scalar_grid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

ScalarGrid random_grid() {
  ScalarGrid grid(8, 6);
  Stream stream(3, Purpose::Test);
  for (double& value : grid.values) value = stream.normal();
  return grid;
}

TEST(ScalarGrid, gives_the_stored_values_at_grid_points) {
  const ScalarGrid grid = random_grid();
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      EXPECT_NEAR(grid.sample(grid.position(i, j, 5)).value, grid.values[grid.index(i, j, 5)], 1e-12);
}

TEST(ScalarGrid, is_exact_for_a_product_of_linear_functions_within_a_voxel) {
  ScalarGrid grid(4, 4);
  const auto product = [](const Vector3& p) { return (1 + p.x) * (2 - p.y) * (0.5 + p.z); };
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j)
      for (int k = 0; k < 4; ++k) grid.values[grid.index(i, j, k)] = product(grid.position(i, j, k));
  const Vector3 point{1.3, 2.7, 0.2};
  EXPECT_NEAR(grid.sample(point).value, product(point), 1e-12);
}

TEST(ScalarGrid, gradient_is_the_derivative_of_the_value) {
  const ScalarGrid grid = random_grid();
  const Vector3 point{1.1, 7.9, 4.5};  // the second coordinate interpolates across the boundary
  const double step = 1e-6;
  for (int axis = 0; axis < 3; ++axis) {
    Vector3 up = point, down = point;
    up[axis] += step, down[axis] -= step;
    const double derivative = (grid.sample(up).value - grid.sample(down).value) / (2 * step);
    EXPECT_NEAR(grid.sample(point).gradient[axis], derivative, 1e-8);
  }
}

TEST(ScalarGrid, is_periodic) {
  const ScalarGrid grid = random_grid();
  EXPECT_NEAR(grid.sample({1.1, 2.2, 3.3}).value, grid.sample({9.1, -5.8, 3.3}).value, 1e-12);
}

TEST(ProjectToZero, reaches_the_level_set) {
  ScalarGrid grid(10, 20);
  for (int i = 0; i < 20; ++i)
    for (int j = 0; j < 20; ++j)
      for (int k = 0; k < 20; ++k)
        grid.values[grid.index(i, j, k)] = std::sin(2 * std::numbers::pi * grid.position(i, j, k).x / 10);
  EXPECT_NEAR(project_to_zero(grid, {4.2, 1, 1}).x, 5, 1e-3);
  EXPECT_NEAR(std::abs(project_to_zero(grid, {5.6, 1, 1}).x - 5), 0, 1e-3);
}

TEST(ProjectToZero, leaves_a_point_without_gradient_alone) {
  const ScalarGrid flat(10, 5, 1.0);
  EXPECT_EQ(project_to_zero(flat, {1, 2, 3}), (Vector3{1, 2, 3}));
}

TEST(TransformFriendly, is_the_next_even_number_of_small_primes) {
  EXPECT_EQ(transform_friendly(43), 48);
  EXPECT_EQ(transform_friendly(45), 48);
  EXPECT_EQ(transform_friendly(54), 54);
  EXPECT_EQ(transform_friendly(97), 100);
}

}  // namespace
}  // namespace cardhouse
