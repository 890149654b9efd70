#include "engine/sodium/noisy_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

const std::vector<WindowedParameter> windows{{"height", 1.0, 0.0, 4.0}, {"decay", 0.5, 0.1, 3.0}};

std::vector<double> decay(std::span<const double> p) {
  std::vector<double> values;
  for (const double x : {0.0, 0.5, 1.0, 2.0}) values.push_back(p[0] * std::exp(-p[1] * x));
  return values;
}

std::vector<Estimate> measured(std::vector<double> parameters, double error) {
  std::vector<Estimate> result;
  for (const double value : decay(parameters)) result.push_back({value, error});
  return result;
}

TEST(NoisyFit, recovers_what_the_data_were_made_from) {
  const NoisyFit fit = fit_noisy_model(decay, windows, measured({2.5, 1.4}, 0.01), {.steps = 30, .gain = 1e-6});
  EXPECT_NEAR(fit.parameters[0].value, 2.5, 1e-3);
  EXPECT_NEAR(fit.parameters[1].value, 1.4, 1e-3);
  EXPECT_TRUE(fit.at_bound.empty());
}

TEST(NoisyFit, recovers_it_within_its_errors_when_model_and_data_scatter) {
  Stream stream(1, Purpose::Test);
  int outside = 0;
  for (int draw = 0; draw < 40; ++draw) {
    std::vector<Estimate> wanted = measured({2.5, 1.4}, 0.05);
    for (Estimate& value : wanted) value.value += 0.05 * stream.normal();
    const NoisyModel noisy = [&](std::span<const double> p) {
      std::vector<double> values = decay(p);
      for (double& value : values) value += 0.01 * stream.normal();
      return values;
    };
    const NoisyFit fit = fit_noisy_model(noisy, windows, wanted);
    const double truth[] = {2.5, 1.4};
    for (std::size_t p = 0; p < 2; ++p)
      outside += std::abs(fit.parameters[p].value - truth[p]) > 2 * fit.parameters[p].error ? 1 : 0;
  }
  EXPECT_LE(outside, 13);  // 80 draws, 3.6 expected of a normal law; by chance above in less than 1e-4
}

TEST(NoisyFit, stays_inside_the_windows_and_names_what_stops_at_their_ends) {
  for (const double height : {9.0, -3.0}) {
    const NoisyModel watched = [](std::span<const double> p) {
      EXPECT_GE(p[0], 0);
      EXPECT_LE(p[0], 4);
      EXPECT_GE(p[1], 0.1);
      EXPECT_LE(p[1], 3);
      return decay(p);
    };
    const NoisyFit fit = fit_noisy_model(watched, windows, measured({height, 1.4}, 0.01), {.steps = 40});
    EXPECT_EQ(fit.parameters[0].value, height > 0 ? 4 : 0);
    ASSERT_FALSE(fit.at_bound.empty());
    EXPECT_EQ(fit.at_bound.front(), "height");
  }
}

TEST(NoisyFit, leaves_alone_what_the_data_say_nothing_of) {
  const NoisyModel first_only = [](std::span<const double> p) { return std::vector<double>{p[0]}; };
  const std::vector<Estimate> wanted{{3.0, 0.01}};
  const NoisyFit fit = fit_noisy_model(first_only, windows, wanted, {.steps = 30});
  EXPECT_NEAR(fit.parameters[0].value, 3, 0.01);
  EXPECT_NEAR(fit.parameters[0].error, 0.01, 1e-4);
  EXPECT_EQ(fit.parameters[1].value, 0.5);
  EXPECT_NEAR(fit.open[1], 1, 1e-9);
  EXPECT_NEAR(fit.parameters[1].error, 2.9 / std::sqrt(12.0), 1e-9);
}

TEST(NoisyFit, refuses_a_model_that_gives_no_number) {
  const NoisyModel broken = [](std::span<const double>) {
    return std::vector<double>(4, std::numeric_limits<double>::quiet_NaN());
  };
  EXPECT_THROW(fit_noisy_model(broken, windows, measured({1, 1}, 1)), InputError);
}

}  // namespace
}  // namespace cardhouse
