#include "engine/kinetics/rate_law.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

TEST(RateLaw, is_the_prefactor_without_a_barrier) {
  EXPECT_DOUBLE_EQ((RateLaw{3e11, 0, 0}.at(1000)), 3e11);
}

TEST(RateLaw, slope_of_the_logarithm_is_the_barrier_plus_n_kT) {
  const RateLaw law{2e9, 1.5, 1.2};
  const double t = 900;
  const double beta = 1 / (constants::boltzmann * t);
  const double step = 1e-4 * beta;
  const auto log_rate = [&](double b) { return std::log(law.at(1 / (constants::boltzmann * b))); };
  const double slope = -(log_rate(beta + step) - log_rate(beta - step)) / (2 * step);
  EXPECT_NEAR(slope, law.barrier + law.temperature_power * constants::boltzmann * t, 1e-6);
}

TEST(RateLaw, agrees_with_the_molar_form_of_the_same_numbers) {
  const RateLaw law{3e11, 0, from_unit(62, "kcal/mol")};
  const double expected = 3e11 * std::exp(-62 * 4184 / (8.314462618 * 1173.15));  // about 0.84 1/s at 900 degC
  EXPECT_NEAR(law.at(1173.15) / expected, 1, 1e-7);
}

}  // namespace
}  // namespace cardhouse
