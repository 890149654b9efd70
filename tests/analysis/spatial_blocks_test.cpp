#include "analysis/spatial_blocks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

TEST(SpatialBlocks, number_the_octants_by_the_upper_halves) {
  const Cell cell({10, 0, 0}, {5, 10, 0}, {0, 0, 10});
  EXPECT_EQ(octant(cell, {1, 1, 1}), 0);
  EXPECT_EQ(octant(cell, cell.to_cartesian({0.6, 0.1, 0.1})), 1);
  EXPECT_EQ(octant(cell, cell.to_cartesian({0.1, 0.6, -0.1})), 6);
}

TEST(SpatialBlocks, jackknife_of_a_mean_is_its_standard_error) {
  Stream stream(5, Purpose::Test);
  std::vector<double> values;
  OctantRatio ratio;
  for (std::uint8_t b = 0; b < n_octants; ++b) {
    values.push_back(stream.normal());
    ratio.add(b, values.back());
  }
  const Estimate expected = mean_of(values);
  EXPECT_NEAR(ratio.estimate().value, expected.value, 1e-12);
  EXPECT_NEAR(ratio.estimate().error, expected.error, 1e-12);
}

TEST(SpatialBlocks, know_no_error_when_everything_lies_in_one_octant) {
  OctantRatio ratio;
  EXPECT_TRUE(ratio.empty());
  EXPECT_EQ(ratio.estimate().value, 0);
  ratio.add(3, 2, 4);
  EXPECT_EQ(ratio.estimate().value, 0.5);
  EXPECT_EQ(ratio.estimate().error, 0);
}

}  // namespace
}  // namespace cardhouse
