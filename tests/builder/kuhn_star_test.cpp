#include "engine/builder/kuhn_star.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

// Neighbours 0 and 1 are (1, 0, 0) and (-1, 0, 0).
TEST(KuhnStar, one_neighbour_or_all_but_one_are_a_disc) {
  for (int neighbour = 0; neighbour < kuhn_neighbours; ++neighbour) {
    EXPECT_TRUE(is_disc(1u << neighbour));
    EXPECT_TRUE(is_disc(all_kuhn_neighbours & ~(1u << neighbour)));
  }
}

TEST(KuhnStar, nothing_everything_and_opposite_neighbours_are_no_disc) {
  EXPECT_FALSE(is_disc(0));
  EXPECT_FALSE(is_disc(all_kuhn_neighbours));
  for (int neighbour = 0; neighbour < kuhn_neighbours; neighbour += 2) {
    EXPECT_FALSE(is_disc(3u << neighbour));
    EXPECT_FALSE(is_disc(all_kuhn_neighbours & ~(3u << neighbour)));
  }
}

TEST(KuhnStar, the_neighbours_on_one_side_of_a_plane_are_a_disc_and_the_belt_between_is_none) {
  KuhnSet above = 0, level = 0;
  for (int neighbour = 0; neighbour < kuhn_neighbours; ++neighbour) {
    const GridOffset step = kuhn_offset(neighbour);
    if (step.k > 0) above |= 1u << neighbour;
    if (step.k == 0) level |= 1u << neighbour;
  }
  EXPECT_TRUE(is_disc(above));
  EXPECT_TRUE(is_disc(above | level));
  EXPECT_FALSE(is_disc(level));
}

}  // namespace
}  // namespace cardhouse
