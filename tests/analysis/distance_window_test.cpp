#include "analysis/distance_window.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/scattering.hpp"

namespace cardhouse {
namespace {

// Pairs at one distance: S = 1 + sin(qr)/(qr).
std::vector<double> pairs_at(double distance, const std::vector<double>& q) {
  std::vector<double> result;
  for (const double x : q) result.push_back(1 + std::sin(x * distance) / (x * distance));
  return result;
}

TEST(DistanceWindow, weakens_every_distance_by_its_weight) {
  const double range = 20;
  const std::vector<double> q = q_grid(2, 5, 31);
  const DistanceWindow window(q, range);
  for (const double distance : {3.5, 8.0, 15.0}) {
    const std::vector<double> seen = window.apply(pairs_at(distance, window.model_q()));
    const double u = std::numbers::pi * distance / range, weight = std::sin(u) / u;
    for (std::size_t i = 0; i < q.size(); ++i) {
      const double expected = weight * std::sin(q[i] * distance) / (q[i] * distance);
      EXPECT_NEAR(seen[i] - 1, expected, 0.004) << distance << " " << q[i];
    }
  }
}

TEST(DistanceWindow, hides_what_lies_beyond_it) {
  const std::vector<double> q = q_grid(2, 5, 31);
  const DistanceWindow window(q, 20);
  const std::vector<double> seen = window.apply(pairs_at(28, window.model_q()));
  for (const double value : seen) EXPECT_NEAR(value, 1, 0.004);
}

TEST(DistanceWindow, leaves_atoms_without_correlation_alone) {
  const std::vector<double> q = q_grid(1, 5, 20);
  const DistanceWindow window(q, 30);
  for (const double value : window.apply(std::vector<double>(window.model_q().size(), 1.0))) EXPECT_EQ(value, 1);
}

}  // namespace
}  // namespace cardhouse
