#include "analysis/least_squares.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

std::vector<double> line(std::span<const double> p) {
  std::vector<double> values;
  for (int x = 0; x < 20; ++x) values.push_back(p[0] + p[1] * x);
  return values;
}

TEST(LeastSquares, of_a_line_gives_the_textbook_errors) {
  // Weighted regression with sigma = 0.5: var(slope) = sigma^2/sum (x - mean)^2 = 0.25/665, var(offset) = sigma^2
  // (1/20 + 9.5^2/665).
  const std::vector<double> exact{2, -0.3};
  const Measured measured{line(exact), std::vector<double>(20, 0.5)};
  const FitResult fit = fit_least_squares(line, {{"offset", 0, -10, 10}, {"slope", 0, -10, 10}}, measured);
  EXPECT_NEAR(fit.parameters[0].value, 2, 1e-8);
  EXPECT_NEAR(fit.parameters[1].value, -0.3, 1e-8);
  EXPECT_NEAR(fit.parameters[1].error, std::sqrt(0.25 / 665), 1e-6);
  EXPECT_NEAR(fit.parameters[0].error, std::sqrt(0.25 * (0.05 + 9.5 * 9.5 / 665)), 1e-6);
}

TEST(LeastSquares, states_errors_that_hold) {
  // exp(-x/tau) with noise, 200 times: (value - truth)/error has variance 1; its standard error is 0.1, four of them.
  double squares = 0;
  const CurveModel decay = [](std::span<const double> p) {
    std::vector<double> values;
    for (int x = 0; x < 30; ++x) values.push_back(p[0] * std::exp(-x / p[1]));
    return values;
  };
  for (int run = 0; run < 200; ++run) {
    Stream stream(80, Purpose::Test, run);
    Measured measured{decay(std::vector<double>{3, 7}), std::vector<double>(30, 0.05)};
    for (double& value : measured.values) value += 0.05 * stream.normal();
    const FitResult fit = fit_least_squares(decay, {{"amplitude", 1, 0, 100}, {"time", 3, 0.1, 100}}, measured);
    const double error = fit.parameters[1].error / std::sqrt(std::max(1.0, fit.reduced_chi_square));
    squares += std::pow((fit.parameters[1].value - 7) / error, 2) / 200;
  }
  EXPECT_NEAR(squares, 1, 0.4);
}

TEST(LeastSquares, finds_the_valley_of_rosenbrock) {
  const CurveModel model = [](std::span<const double> p) {
    return std::vector<double>{10 * (p[1] - p[0] * p[0]), 1 - p[0], 0.0};
  };
  const FitResult fit = fit_least_squares(model, {{"x", -1.2, -5, 5}, {"y", 1, -5, 5}}, {{0, 0, 0}, {1, 1, 1}});
  EXPECT_NEAR(fit.parameters[0].value, 1, 1e-6);
  EXPECT_NEAR(fit.parameters[1].value, 1, 1e-6);
}

TEST(LeastSquares, refuses_what_the_data_do_not_determine) {
  const CurveModel sum = [](std::span<const double> p) { return std::vector<double>(5, p[0] + p[1]); };
  const Measured measured{std::vector<double>(5, 1.0), std::vector<double>(5, 0.1)};
  EXPECT_THROW(fit_least_squares(sum, {{"a", 0, -9, 9}, {"b", 0, -9, 9}}, measured), InputError);
  EXPECT_THROW(fit_least_squares(line, {{"a", 0, -9, 9}, {"b", 0, -9, 9}}, {{1, 2}, {1, 1}}), InputError);
  const CurveModel constant = [](std::span<const double>) { return std::vector<double>(5, 1.0); };
  EXPECT_THROW(fit_least_squares(constant, {{"a", 0, -9, 9}}, measured), InputError);
}

}  // namespace
}  // namespace cardhouse
