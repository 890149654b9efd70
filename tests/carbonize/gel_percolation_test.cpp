#include "engine/carbonize/gel_percolation.hpp"

#include <gtest/gtest.h>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

constexpr std::array<std::size_t, 3> sides = {5, 4, 6};

std::size_t cell(std::size_t x, std::size_t y, std::size_t z) {
  return x + sides[0] * (y + sides[1] * z);
}

TEST(GelPercolation, a_line_across_wraps_and_one_with_a_gap_does_not) {
  std::vector<bool> line(5 * 4 * 6, false);
  for (std::size_t z = 0; z < 6; ++z) line[cell(2, 1, z)] = true;
  EXPECT_TRUE(percolates(line, sides));
  line[cell(2, 1, 3)] = false;
  EXPECT_FALSE(percolates(line, sides));
}

TEST(GelPercolation, a_block_that_does_not_reach_around_does_not_wrap) {
  std::vector<bool> block(5 * 4 * 6, false);
  for (std::size_t x = 3; x < 7; ++x) {  // across the boundary, but one plane short
    for (std::size_t y = 0; y < 3; ++y) {
      for (std::size_t z = 0; z < 5; ++z) block[cell(x % 5, y, z)] = true;
    }
  }
  EXPECT_FALSE(percolates(block, sides));
}

TEST(GelPercolation, a_staircase_wraps_diagonally) {
  constexpr std::array<std::size_t, 3> cube = {4, 4, 4};
  std::vector<bool> stairs(64, false);
  for (std::size_t i = 0; i < 4; ++i) {
    stairs[i + 4 * i] = true;
    stairs[(i + 1) % 4 + 4 * i] = true;
  }
  EXPECT_TRUE(percolates(stairs, cube));
}

// The site threshold of the simple cubic lattice is 0.3116 (Wang et al. 2013, doi:10.1103/PhysRevE.87.052107).
TEST(GelPercolation, random_cells_percolate_around_the_known_threshold) {
  constexpr std::array<std::size_t, 3> cube = {12, 12, 12};
  const auto share = [&](double probability) {
    int wrapped = 0;
    for (std::uint64_t trial = 0; trial < 100; ++trial) {
      Stream stream(11, Purpose::Test, trial);
      std::vector<bool> occupied(12 * 12 * 12);
      for (std::size_t i = 0; i < occupied.size(); ++i) occupied[i] = stream.uniform() < probability;
      wrapped += percolates(occupied, cube) ? 1 : 0;
    }
    return wrapped;
  };
  EXPECT_LT(share(0.26), 20);
  EXPECT_GT(share(0.36), 80);
}

TEST(GelPercolation, bethe_threshold_of_three_places_is_one_half) {
  EXPECT_EQ(bethe_threshold(3), 0.5);
}

}  // namespace
}  // namespace cardhouse
