#include "potentials/uniform_spline.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cardhouse {
namespace {

TEST(UniformSpline, is_exact_for_cubics_between_inner_points) {
  const auto f = [](double x) { return 2 - x + 0.5 * x * x - 0.1 * x * x * x; };
  std::vector<double> values;
  for (int k = 0; k < 10; ++k) values.push_back(f(0.3 * k));
  const UniformSpline spline(values, 0.3);
  for (const double x : {0.6, 0.75, 1.0, 1.7, 2.05}) {  // from the third point to the last but two
    EXPECT_NEAR(spline.at(x).value, f(x), 1e-14);
    EXPECT_NEAR(spline.at(x).slope, -1 + x - 0.3 * x * x, 1e-13);
  }
}

TEST(UniformSpline, takes_the_values_at_all_points_and_stays_constant_beyond_the_last) {
  const std::vector<double> values{1, 4, 2, 8, 5, 7};
  const UniformSpline spline(values, 0.5);
  for (std::size_t k = 0; k < values.size(); ++k) EXPECT_NEAR(spline.at(0.5 * k).value, values[k], 1e-14);
  EXPECT_DOUBLE_EQ(spline.end(), 2.5);
  EXPECT_NEAR(spline.at(4).value, 7, 1e-14);
  EXPECT_NEAR(spline.at(4).slope, 4, 1e-13);
}

TEST(UniformSpline, has_the_slope_of_its_value) {
  const std::vector<double> values{1, 4, 2, 8, 5, 7};
  const UniformSpline spline(values, 0.5);
  for (double x = 0.03; x < 2.5; x += 0.11) {
    const double h = 1e-6;
    EXPECT_NEAR((spline.at(x + h).value - spline.at(x - h).value) / (2 * h), spline.at(x).slope, 1e-6) << x;
  }
}

}  // namespace
}  // namespace cardhouse
