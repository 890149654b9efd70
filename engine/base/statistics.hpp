#pragma once
// Averages with honest errors, and the tests that judge samplers.

#include <cstddef>
#include <span>
#include <vector>

namespace cardhouse {

/// A value with its standard error (one sigma).
struct Estimate {
  double value = 0;
  double error = 0;
};

/// Mean and variance of a stream of values (Welford 1962, doi:10.1080/00401706.1962.10490022).
class RunningMoments {
 public:
  void add(double value);
  std::size_t count() const { return count_; }
  double mean() const { return mean_; }
  double variance() const;        ///< unbiased; 0 for fewer than two values
  double standard_error() const;  ///< of the mean, for independent values
 private:
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

/// Mean of independent values with its standard error. EXPECTS at least one value; error 0 for exactly one.
Estimate mean_of(std::span<const double> values);

/// Integrated autocorrelation time tau >= 0.5 in steps, with the automatic window of Sokal (window >= 5 tau;
/// Madras & Sokal 1988, doi:10.1007/BF01022990). A constant series gives 0.5. Work: length of the series times tau.
double autocorrelation_time(std::span<const double> series);

/// Mean of a correlated series with error sqrt(2 tau var / n).
Estimate correlated_mean(std::span<const double> series);

/// First index after equilibration: the start t0 that maximises the number of independent samples (n - t0)/(2 tau)
/// (Chodera 2016, doi:10.1021/acs.jctc.5b00784), searched on a grid of at most 50 starts in the first half.
std::size_t equilibration_start(std::span<const double> series);

/// Upper tail of the chi-square distribution: P(X >= statistic) = Q(degrees_of_freedom / 2, statistic / 2), Q the upper
/// regularised incomplete gamma function (Numerical Recipes 3rd ed., 6.2).
double chi_square_tail(double statistic, double degrees_of_freedom);

/// chi-square p-value of counts against expected probabilities (which sum to one; expected counts should be >= 5).
double chi_square_p_value(std::span<const std::size_t> counts, std::span<const double> probabilities);

/// Kolmogorov-Smirnov p-value (asymptotic, Numerical Recipes 3rd ed. 6.14.12) of values that should be uniform on
/// (0, 1): apply the expected cumulative distribution before calling.
double kolmogorov_p_value(std::vector<double> uniforms);

}  // namespace cardhouse
