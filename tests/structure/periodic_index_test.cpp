#include "engine/structure/periodic_index.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

TEST(PeriodicIndex, counts_periods_downwards_below_zero) {
  EXPECT_EQ(floor_divide(5, 3), 1);
  EXPECT_EQ(floor_divide(0, 3), 0);
  EXPECT_EQ(floor_divide(-1, 3), -1);
  EXPECT_EQ(floor_divide(-3, 3), -1);
  EXPECT_EQ(floor_divide(-4, 3), -2);
}

TEST(PeriodicIndex, folds_every_index_into_the_first_period) {
  for (int period = 1; period <= 4; ++period)
    for (int index = -9; index <= 9; ++index) {
      const int folded = fold_index(index, period);
      EXPECT_GE(folded, 0);
      EXPECT_LT(folded, period);
      EXPECT_EQ((index - folded) % period, 0);
    }
}

}  // namespace
}  // namespace cardhouse
