#include "engine/app/stages/spacing_feedback.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

// A box as the feedback sees it: a line with scatter.
double box(double ratio, double slope, double scatter, Stream& stream) {
  return 3.75 + slope * (ratio - 1.14) + scatter * stream.normal();
}

TEST(NextSpacingRatio, follows_the_usual_slope_after_one_pass) {
  EXPECT_NEAR(next_spacing_ratio({{1.13, {3.78, 0.05}}}, 3.75), 1.14, 1e-12);
}

TEST(NextSpacingRatio, learns_the_slope_from_far_passes) {
  const std::vector<SpacingPass> passes{{0.94, {4.55, 0}}, {1.34, {2.95, 0}}};  // a slope of -4
  EXPECT_NEAR(next_spacing_ratio(passes, 3.75), 1.14, 1e-3);
  EXPECT_NEAR(next_spacing_ratio(passes, 3.95), 1.09, 2e-3);
}

TEST(NextSpacingRatio, does_not_trust_the_slope_of_near_passes) {
  const std::vector<SpacingPass> rising{{1.140, {3.74, 0}}, {1.145, {3.80, 0}}};
  const double next = next_spacing_ratio(rising, 3.75);
  EXPECT_GT(next, 1.145);
  EXPECT_LT(next, 1.155);
}

using NextRatio = double (*)(const std::vector<SpacingPass>&, double);

// A secant through the last two passes, as if boxes did not scatter.
double secant(const std::vector<SpacingPass>& passes, double target) {
  const SpacingPass& last = passes.back();
  if (passes.size() < 2) return next_spacing_ratio(passes, target);
  const SpacingPass& before = passes[passes.size() - 2];
  return last.ratio +
         (target - last.spacing.value) * (last.ratio - before.ratio) / (last.spacing.value - before.spacing.value);
}

int passes_until_met(double slope, NextRatio next, Stream& stream) {
  std::vector<SpacingPass> passes;
  double ratio = 1.10;
  do {
    passes.push_back({ratio, {box(ratio, slope, 0.04, stream), 0.04}});
    ratio = next(passes, 3.75);
  } while (std::abs(passes.back().spacing.value - 3.75) > 0.03 && passes.size() < 100);
  return static_cast<int>(passes.size());
}

int late_searches(double slope, NextRatio next) {
  Stream stream(1, Purpose::Test);
  int late = 0;
  for (int search = 0; search < 2000; ++search) late += passes_until_met(slope, next, stream) > 8;
  return late;
}

// A box at the right ratio is within 0.03 with probability 0.547, so that seven of them miss in 0.4 % of 2000 searches,
// 8 +- 3. The line is not known from the start: 40 may be late, eleven standard deviations more. The twin that believes
// the last two boxes must be caught.
TEST(NextSpacingRatio, meets_the_target_within_eight_passes_of_scattering_boxes) {
  for (const double slope : {-2.3, -3.0, -3.7}) {
    EXPECT_LT(late_searches(slope, next_spacing_ratio), 40) << slope;
    EXPECT_GT(late_searches(slope, secant), 40) << slope;
  }
}

TEST(FirstSpacingRatio, is_larger_without_handles) {
  CarbonTargets handled, healed;
  handled.handles_removed = 0;
  EXPECT_LT(first_spacing_ratio(handled), first_spacing_ratio(healed));
}

}  // namespace
}  // namespace cardhouse
