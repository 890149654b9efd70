#include "engine/base/batch_math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

constexpr double two_units = 2 * std::numeric_limits<double>::epsilon();

std::vector<double> exponents() {
  std::vector<double> result{0, 1, -1, 1e-300, -1e-17, 0.5 * std::log(2.0), 707.9, -707.9};
  Stream stream(1, Purpose::Test);
  for (int i = 0; i < 20000; ++i) result.push_back((i % 2 ? 700 : 3) * (2 * stream.uniform() - 1));
  return result;
}

TEST(BatchMath, agrees_with_the_exponential_of_long_double) {
  const std::vector<double> at = exponents();
  std::vector<double> found = at;
  exponentials(found);
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double exact = static_cast<double>(std::exp(static_cast<long double>(at[i])));
    ASSERT_LE(std::abs(found[i] - exact), two_units * exact) << at[i];
  }
}

TEST(BatchMath, agrees_with_the_logarithm_of_long_double) {
  std::vector<double> at{1, 2, 0.5, 1e-300, 1e300, std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0), std::sqrt(0.5)};
  for (const double exponent : exponents()) at.push_back(std::exp(exponent * 0.95));
  std::vector<double> found = at;
  logarithms(found);
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double exact = static_cast<double>(std::log(static_cast<long double>(at[i])));
    ASSERT_LE(std::abs(found[i] - exact), two_units * std::abs(exact)) << at[i];
  }
}

TEST(BatchMath, holds_arguments_within_its_range) {
  std::vector<double> values{-1e5, 1e5};
  exponentials(values);
  EXPECT_DOUBLE_EQ(values[0], std::exp(-708.0));
  EXPECT_DOUBLE_EQ(values[1], std::exp(708.0));
  values = {0, -1};
  logarithms(values);
  EXPECT_DOUBLE_EQ(values[0], std::log(1e-300));
  EXPECT_DOUBLE_EQ(values[1], std::log(1e-300));
}

TEST(BatchMath, gives_the_same_wherever_a_number_stands) {
  const std::vector<double> at = exponents();
  std::vector<double> together(at.begin(), at.begin() + 101);
  std::vector<double> logs = together;
  for (double& x : logs) x = 1 + std::abs(x);
  const std::vector<double> log_arguments = logs;
  exponentials(together);
  logarithms(logs);
  for (std::size_t i = 0; i < together.size(); ++i) {
    double alone = at[i];
    exponentials({&alone, 1});
    EXPECT_EQ(together[i], alone) << i;
    alone = log_arguments[i];
    logarithms({&alone, 1});
    EXPECT_EQ(logs[i], alone) << i;
  }
}

}  // namespace
}  // namespace cardhouse
