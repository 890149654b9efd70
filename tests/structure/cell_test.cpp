#include "engine/structure/cell.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

const Cell triclinic{{10, 0, 0}, {3, 9, 0}, {-2, 1, 8}};

Vector3 random_vector(double scale, Stream& stream) {
  return {scale * (stream.uniform() - 0.5), scale * (stream.uniform() - 0.5), scale * (stream.uniform() - 0.5)};
}

TEST(Cell, fractional_and_cartesian_are_inverse) {
  Stream stream(1, Purpose::Test);
  for (int i = 0; i < 100; ++i) {
    const Vector3 p = random_vector(100, stream);
    EXPECT_NEAR(norm(triclinic.to_cartesian(triclinic.to_fractional(p)) - p), 0, 1e-12);
  }
}

TEST(Cell, wraps_into_the_unit_cell_by_whole_lattice_vectors) {
  Stream stream(2, Purpose::Test);
  for (int i = 0; i < 100; ++i) {
    const Vector3 p = random_vector(200, stream);
    const Vector3 f = triclinic.to_fractional(triclinic.wrap(p));
    const Vector3 shift = triclinic.to_fractional(p - triclinic.wrap(p));
    for (int axis = 0; axis < 3; ++axis) {
      EXPECT_GE(f[axis], -1e-12);
      EXPECT_LT(f[axis], 1);
      EXPECT_NEAR(shift[axis], std::round(shift[axis]), 1e-10);
    }
  }
}

TEST(Cell, minimum_image_is_the_shortest_of_many_images) {
  Stream stream(3, Purpose::Test);
  for (int trial = 0; trial < 200; ++trial) {
    const Vector3 p = random_vector(60, stream);
    const Vector3 folded = triclinic.wrap(p);
    double shortest = 1e9;
    for (int i = -3; i <= 3; ++i)
      for (int j = -3; j <= 3; ++j)
        for (int k = -3; k <= 3; ++k)
          shortest = std::min(shortest, norm(folded + triclinic.to_cartesian({double(i), double(j), double(k)})));
    EXPECT_NEAR(norm(triclinic.minimum_image(p)), shortest, 1e-10);
  }
}

TEST(Cell, widths_of_a_sheared_cell_are_smaller_than_its_edges) {
  const Cell sheared{{10, 0, 0}, {10, 10, 0}, {0, 0, 10}};
  EXPECT_NEAR(sheared.widths().x, 10 / std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(sheared.inradius(), 5 / std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(sheared.volume(), 1000, 1e-9);
}

TEST(Cell, rejects_flat_and_left_handed_cells) {
  EXPECT_THROW(Cell::cubic(0), InputError);
  EXPECT_THROW(Cell({1, 0, 0}, {0, 1, 0}, {0, 0, -1}), InputError);
  EXPECT_THROW(Cell({1, 0, 0}, {2, 0, 0}, {0, 0, 1}), InputError);
}

}  // namespace
}  // namespace cardhouse
