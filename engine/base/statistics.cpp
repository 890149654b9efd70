#include "engine/base/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

double mean_value(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Sum of (x_i - mean)(x_{i+lag} - mean) over n, the biased estimate that keeps the spectrum positive.
double autocovariance(std::span<const double> deviations, std::size_t lag) {
  double sum = 0;
  for (std::size_t i = lag; i < deviations.size(); ++i) sum += deviations[i] * deviations[i - lag];
  return sum / static_cast<double>(deviations.size());
}

/// Series for P(a, x), the lower regularised incomplete gamma function (Numerical Recipes 3rd ed., 6.2.5); x < a + 1.
double lower_gamma_series(double a, double x) {
  double term = 1 / a;
  double sum = term;
  for (double n = a + 1; std::abs(term) > std::abs(sum) * std::numeric_limits<double>::epsilon(); ++n) {
    term *= x / n;
    sum += term;
  }
  return sum * std::exp(a * std::log(x) - x - std::lgamma(a));
}

/// Continued fraction for Q(a, x) = 1 - P(a, x) by Lentz's method (Numerical Recipes 3rd ed., 6.2.7); x >= a + 1.
double upper_gamma_fraction(double a, double x) {
  constexpr double tiny = std::numeric_limits<double>::min() / std::numeric_limits<double>::epsilon();
  double b = x + 1 - a;
  double c = 1 / tiny;
  double d = 1 / b;
  double fraction = d;
  double change = 0;
  for (double i = 1; std::abs(change - 1) > std::numeric_limits<double>::epsilon(); ++i) {
    const double numerator = -i * (i - a);
    b += 2;
    d = numerator * d + b;
    if (std::abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (std::abs(c) < tiny) c = tiny;
    d = 1 / d;
    change = d * c;
    fraction *= change;
  }
  return fraction * std::exp(a * std::log(x) - x - std::lgamma(a));
}

/// Upper tail of the Kolmogorov distribution: 2 sum (-1)^(j-1) exp(-2 j^2 z^2), or for small z the equivalent theta
/// series that converges there (Numerical Recipes 3rd ed., 6.14.56 and 6.14.57).
double kolmogorov_tail(double z) {
  constexpr double pi = std::numbers::pi;
  if (z < 0.04) return 1;
  double sum = 0;
  if (z < 1.18) {
    for (int j = 1; j <= 7; j += 2) sum += std::exp(-j * j * pi * pi / (8 * z * z));
    return 1 - std::sqrt(2 * pi) / z * sum;
  }
  for (int j = 1; j <= 4; ++j) sum += (j % 2 == 1 ? 2 : -2) * std::exp(-2 * j * j * z * z);
  return sum;
}

}  // namespace

void RunningMoments::add(double value) {
  ++count_;
  const double step = value - mean_;
  mean_ += step / static_cast<double>(count_);
  squares_ += step * (value - mean_);
}

double RunningMoments::variance() const {
  return count_ < 2 ? 0 : squares_ / static_cast<double>(count_ - 1);
}

double RunningMoments::standard_error() const {
  return count_ < 2 ? 0 : std::sqrt(variance() / static_cast<double>(count_));
}

Estimate mean_of(std::span<const double> values) {
  EXPECTS(!values.empty());
  RunningMoments moments;
  for (const double value : values) moments.add(value);
  return {moments.mean(), moments.standard_error()};
}

double autocorrelation_time(std::span<const double> series) {
  if (series.size() < 2) return 0.5;
  std::vector<double> deviations(series.begin(), series.end());
  const double mean = mean_value(series);
  for (double& value : deviations) value -= mean;
  const double variance = autocovariance(deviations, 0);
  // A constant series keeps only the rounding of its mean.
  if (variance <= std::pow(1e-14 * mean, 2)) return 0.5;

  double tau = 0.5;
  for (std::size_t window = 1; window < series.size() && static_cast<double>(window) < 5 * tau + 1; ++window)
    tau += autocovariance(deviations, window) / variance;
  return std::max(tau, 0.5);
}

Estimate correlated_mean(std::span<const double> series) {
  const Estimate independent = mean_of(series);
  return {independent.value, independent.error * std::sqrt(2 * autocorrelation_time(series))};
}

std::size_t equilibration_start(std::span<const double> series) {
  constexpr std::size_t starts = 50;
  const std::size_t stride = std::max<std::size_t>(1, series.size() / (2 * starts));
  std::size_t best_start = 0;
  double most_samples = 0;
  for (std::size_t k = 0; k < starts && 2 * k * stride <= series.size(); ++k) {
    const auto rest = series.subspan(k * stride);
    const double samples = static_cast<double>(rest.size()) / (2 * autocorrelation_time(rest));
    if (samples <= most_samples) continue;
    most_samples = samples;
    best_start = k * stride;
  }
  return best_start;
}

double chi_square_tail(double statistic, double degrees_of_freedom) {
  EXPECTS(degrees_of_freedom > 0 && statistic >= 0);
  const double a = degrees_of_freedom / 2;
  const double x = statistic / 2;
  if (x == 0) return 1;
  if (std::isinf(x)) return 0;
  return x < a + 1 ? 1 - lower_gamma_series(a, x) : upper_gamma_fraction(a, x);
}

double chi_square_p_value(std::span<const std::size_t> counts, std::span<const double> probabilities) {
  EXPECTS(counts.size() == probabilities.size() && counts.size() >= 2);
  EXPECTS(std::abs(std::accumulate(probabilities.begin(), probabilities.end(), 0.0) - 1) < 1e-9);
  const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
  EXPECTS(total > 0);
  double statistic = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * probabilities[i];
    EXPECTS(expected > 0);
    statistic += std::pow(static_cast<double>(counts[i]) - expected, 2) / expected;
  }
  return chi_square_tail(statistic, static_cast<double>(counts.size() - 1));
}

double kolmogorov_p_value(std::vector<double> uniforms) {
  EXPECTS(!uniforms.empty());
  std::sort(uniforms.begin(), uniforms.end());
  const auto n = static_cast<double>(uniforms.size());
  double distance = 0;
  for (std::size_t i = 0; i < uniforms.size(); ++i) {
    const auto below = static_cast<double>(i);
    distance = std::max({distance, uniforms[i] - below / n, (below + 1) / n - uniforms[i]});
  }
  // Correction for finite samples (Stephens, J. R. Stat. Soc. B 32, 115, 1970; Numerical Recipes 3rd ed., 14.3.3).
  return kolmogorov_tail((std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance);
}

}  // namespace cardhouse
