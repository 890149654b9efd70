#include "engine/builder/periodic_cube.hpp"

#include <gtest/gtest.h>

#include "engine/base/stream.hpp"
#include "engine/structure/cell.hpp"

namespace cardhouse {
namespace {

TEST(PeriodicCube, agrees_with_the_general_cell) {
  const PeriodicCube cube{7.5};
  const Cell cell = Cell::cubic(7.5);
  Stream stream(1, Purpose::Test);
  for (int i = 0; i < 1000; ++i) {
    const auto random = [&] { return 40 * (stream.uniform() - 0.5); };
    const Vector3 a = cube.wrap({random(), random(), random()}), b = cube.wrap({random(), random(), random()});
    EXPECT_NEAR(norm(cell.minimum_image(b - a) - cube.separation(a, b)), 0, 1e-12);
    EXPECT_NEAR(norm(cell.minimum_image(cell.wrap(a) - a)), 0, 1e-12);
  }
}

TEST(PeriodicCube, wraps_into_the_half_open_cube) {
  const PeriodicCube cube{3};
  EXPECT_EQ(cube.wrap({-1e-18, 3, 7.5}), (Vector3{0, 0, 1.5}));
}

}  // namespace
}  // namespace cardhouse
