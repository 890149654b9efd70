#include "engine/base/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

/// x' = phi x + noise with variance one in equilibrium; its tau is (1 + phi)/(1 - phi)/2.
std::vector<double> autoregressive(std::size_t length, double phi, double start, Stream& stream) {
  std::vector<double> series(length);
  double x = start;
  for (double& value : series) value = x = phi * x + std::sqrt(1 - phi * phi) * stream.normal();
  return series;
}

TEST(RunningMoments, give_mean_and_unbiased_variance_of_an_exact_case) {
  RunningMoments moments;
  for (const double value : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) moments.add(value);
  EXPECT_EQ(moments.count(), 8U);
  EXPECT_DOUBLE_EQ(moments.mean(), 5);
  EXPECT_DOUBLE_EQ(moments.variance(), 32.0 / 7);
  EXPECT_DOUBLE_EQ(moments.standard_error(), std::sqrt(4.0 / 7));
}

TEST(RunningMoments, keep_the_variance_of_small_fluctuations_on_a_large_mean) {
  RunningMoments moments;
  for (const double value : {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}) moments.add(value);
  EXPECT_DOUBLE_EQ(moments.variance(), 30);
}

TEST(RunningMoments, know_no_error_of_fewer_than_two_values) {
  RunningMoments moments;
  EXPECT_EQ(moments.standard_error(), 0);
  moments.add(3);
  EXPECT_EQ(moments.variance(), 0);
  EXPECT_EQ(moments.mean(), 3);
}

TEST(MeanOf, is_the_mean_with_its_standard_error) {
  const Estimate estimate = mean_of(std::vector<double>{1, 2, 3, 4});
  EXPECT_DOUBLE_EQ(estimate.value, 2.5);
  EXPECT_DOUBLE_EQ(estimate.error, std::sqrt(5.0 / 12));
  EXPECT_EQ(mean_of(std::vector<double>{7}).error, 0);
#ifdef CARDHOUSE_CONTRACTS
  EXPECT_THROW(mean_of({}), ContractViolation);
#endif
}

TEST(AutocorrelationTime, is_one_half_without_correlation) {
  Stream stream(1, Purpose::Test);
  EXPECT_NEAR(autocorrelation_time(autoregressive(100000, 0, 0, stream)), 0.5, 0.05);
  EXPECT_EQ(autocorrelation_time(std::vector<double>(50, 0.1)), 0.5);
  EXPECT_EQ(autocorrelation_time(std::vector<double>{3}), 0.5);
}

TEST(AutocorrelationTime, never_falls_below_one_half_for_an_alternating_series) {
  std::vector<double> series(100);
  for (std::size_t i = 0; i < series.size(); ++i) series[i] = i % 2 == 0 ? 1 : -1;
  EXPECT_EQ(autocorrelation_time(series), 0.5);
}

TEST(AutocorrelationTime, of_an_autoregressive_process_is_the_exact_one) {
  // The estimate scatters by about tau sqrt(2 (2 W + 1) / n) (Madras & Sokal 1988), W = 5 tau: 4 % and 7 % here.
  Stream stream(2, Purpose::Test);
  EXPECT_NEAR(autocorrelation_time(autoregressive(100000, 0.8, 0, stream)) / 4.5, 1, 0.15);
  EXPECT_NEAR(autocorrelation_time(autoregressive(100000, 0.95, 0, stream)) / 19.5, 1, 0.25);
}

TEST(CorrelatedMean, has_an_error_that_covers_the_scatter_of_repeated_runs) {
  RunningMoments means;
  RunningMoments claimed;
  for (std::uint64_t run = 0; run < 200; ++run) {
    Stream stream(3, Purpose::Test, run);
    const Estimate estimate = correlated_mean(autoregressive(4000, 0.9, 0, stream));
    means.add(estimate.value);
    claimed.add(estimate.error);
  }
  // 200 runs fix the scatter to 5 %; the independent error would be too small by sqrt(19) = 4.4.
  EXPECT_NEAR(claimed.mean() / std::sqrt(means.variance()), 1, 0.2);
}

TEST(EquilibrationStart, cuts_off_a_slow_relaxation) {
  // 10 exp(-t/200) sinks below the unit noise at t = 461 and below a tenth of it at 921.
  Stream stream(4, Purpose::Test);
  auto relaxing = autoregressive(10000, 0.5, 0, stream);
  for (std::size_t t = 0; t < relaxing.size(); ++t) relaxing[t] += 10 * std::exp(-static_cast<double>(t) / 200);
  EXPECT_GE(equilibration_start(relaxing), 461U);
  EXPECT_LE(equilibration_start(relaxing), 1500U);
}

TEST(EquilibrationStart, cuts_off_nothing_without_need) {
  EXPECT_EQ(equilibration_start(std::vector<double>(1000, 2.0)), 0U);
  EXPECT_EQ(equilibration_start({}), 0U);
}

TEST(EquilibrationStart, stays_in_the_first_half) {
  std::vector<double> drifting(501);
  std::iota(drifting.begin(), drifting.end(), 0.0);
  EXPECT_LE(equilibration_start(drifting), 250U);
}

TEST(ChiSquareTail, equals_the_closed_forms_for_one_two_and_four_degrees_of_freedom) {
  for (const double x : {1e-6, 0.1, 1.0, 3.0, 4.0, 10.0, 50.0, 300.0}) {
    EXPECT_NEAR(chi_square_tail(x, 1) / std::erfc(std::sqrt(x / 2)), 1, 1e-12) << x;
    EXPECT_NEAR(chi_square_tail(x, 2) / std::exp(-x / 2), 1, 1e-12) << x;
    EXPECT_NEAR(chi_square_tail(x, 4) / (std::exp(-x / 2) * (1 + x / 2)), 1, 1e-12) << x;
  }
  EXPECT_EQ(chi_square_tail(0, 5), 1);
}

TEST(ChiSquareTail, agrees_with_printed_critical_values) {
  // Abramowitz & Stegun, table 26.8.
  EXPECT_NEAR(chi_square_tail(18.3070, 10), 0.05, 1e-6);
  EXPECT_NEAR(chi_square_tail(135.807, 100), 0.01, 1e-6);
}

TEST(ChiSquarePValue, of_an_exact_case) {
  // Statistic 16/20 * 2 = 1.6 with one degree of freedom.
  const std::vector<std::size_t> counts{24, 16};
  EXPECT_NEAR(chi_square_p_value(counts, std::vector<double>{0.5, 0.5}), std::erfc(std::sqrt(0.8)), 1e-12);
}

TEST(ChiSquarePValue, accepts_a_fair_die_and_rejects_one_that_favours_a_face_by_three_per_cent) {
  // False-alarm rate 1e-4, critical statistic 25.7. Moving 1000 of 33333 expected throws from one face to another adds
  // 2 * 1000^2 / 33333 = 60.
  Stream stream(5, Purpose::Test);
  std::vector<std::size_t> fair(6), biased(6);
  for (int i = 0; i < 200000; ++i) {
    ++fair[stream.below(6)];
    const auto face = stream.below(6);
    ++biased[face == 5 && stream.uniform() < 0.03 ? 0 : face];
  }
  const std::vector<double> sixths(6, 1.0 / 6);
  EXPECT_GT(chi_square_p_value(fair, sixths), 1e-4);
  EXPECT_LT(chi_square_p_value(biased, sixths), 1e-4);
}

TEST(KolmogorovPValue, of_an_exact_grid_is_one_and_of_a_point_is_zero) {
  std::vector<double> grid(1000);
  for (std::size_t i = 0; i < grid.size(); ++i) grid[i] = (static_cast<double>(i) + 0.5) / 1000;
  EXPECT_EQ(kolmogorov_p_value(grid), 1);
  EXPECT_LT(kolmogorov_p_value(std::vector<double>(1000, 0.5)), 1e-100);
}

TEST(KolmogorovPValue, agrees_with_the_printed_quantiles_of_the_limit) {
  // D sqrt(n) = 1.3581 at 5 % and 0.8276 at 50 % (Smirnov, Ann. Math. Stat. 19, 279, 1948); a grid shifted by D has
  // exactly this distance.
  const auto p_value_at = [](double z) {
    constexpr std::size_t n = 1000000;
    const double distance = z / (std::sqrt(double{n}) + 0.12 + 0.11 / std::sqrt(double{n}));
    std::vector<double> shifted(n);
    for (std::size_t i = 0; i < n; ++i) shifted[i] = std::min(1.0, static_cast<double>(i) / n + distance);
    return kolmogorov_p_value(shifted);
  };
  EXPECT_NEAR(p_value_at(1.3581), 0.05, 1e-4);
  EXPECT_NEAR(p_value_at(0.8276), 0.5, 1e-3);
  EXPECT_NEAR(p_value_at(1.1799), p_value_at(1.1801), 1e-3);  // the two series meet at 1.18
}

TEST(KolmogorovPValue, accepts_a_good_sampler_and_rejects_its_biased_twin) {
  // False-alarm rate 1e-4; the twin plays u^1.04, whose distribution is off by 0.014 at most: z = 4.6 for 1e5 values.
  Stream stream(6, Purpose::Test);
  std::vector<double> good(100000), biased(100000);
  for (double& value : good) value = stream.uniform();
  for (double& value : biased) value = std::pow(stream.uniform(), 1.04);
  EXPECT_GT(kolmogorov_p_value(good), 1e-4);
  EXPECT_LT(kolmogorov_p_value(biased), 1e-4);
}

TEST(KolmogorovPValue, is_itself_uniform_over_repeated_samples) {
  // False-alarm rate 1e-4.
  std::vector<double> p_values;
  for (std::uint64_t run = 0; run < 500; ++run) {
    Stream stream(7, Purpose::Test, run);
    std::vector<double> values(400);
    for (double& value : values) value = stream.uniform();
    p_values.push_back(kolmogorov_p_value(values));
  }
  EXPECT_GT(kolmogorov_p_value(p_values), 1e-4);
}

}  // namespace
}  // namespace cardhouse
