#include "engine/transport/diffusion.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

/// Slope of the least-squares line; the ratio of the values for a single point.
double slope(std::span<const double> x, std::span<const double> y) {
  if (x.size() == 1) return y[0] / x[0];
  double mean_x = 0;
  double mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / static_cast<double>(x.size());
    mean_y += y[i] / static_cast<double>(x.size());
  }
  double xy = 0;
  double xx = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x);
  }
  return xy / xx;
}

}  // namespace

SquaredDisplacements squared_displacements(const DisplacementHistory& history) {
  const auto& frames = history.frames;
  EXPECTS(frames.size() >= 2 && !frames[0].empty());
  const std::size_t sodium = frames[0].size();
  const std::size_t lags = std::max<std::size_t>(1, (frames.size() - 1) / 4);
  SquaredDisplacements result;
  for (std::size_t lag = 0; lag <= lags; ++lag) {
    double single = 0;
    double total = 0;
    for (std::size_t start = 0; start + lag < frames.size(); ++start) {
      Vector3 sum;
      for (std::size_t k = 0; k < sodium; ++k) {
        const Vector3 way = frames[start + lag][k] - frames[start][k];
        single += squared_norm(way);
        sum += way;
      }
      total += squared_norm(sum);
    }
    const double count = static_cast<double>(sodium) * static_cast<double>(frames.size() - lag);
    result.tracer.push_back(single / count);
    result.jump.push_back(total / count);
  }
  return result;
}

DiffusionFit fit_diffusion(std::span<const double> squared, double interval) {
  EXPECTS(squared.size() >= 2 && interval > 0);
  std::vector<double> times;
  std::vector<double> log_times;
  std::vector<double> log_squared;
  const std::size_t first = std::max<std::size_t>(1, squared.size() / 5);
  for (std::size_t lag = first; lag < squared.size(); ++lag) {
    times.push_back(interval * static_cast<double>(lag));
    log_times.push_back(std::log(times.back()));
    log_squared.push_back(squared[lag] > 0 ? std::log(squared[lag]) : 0);
  }
  const auto part = squared.subspan(first);
  DiffusionFit fit;
  fit.diffusivity = slope(times, part) / 6;
  if (times.size() > 1 && std::ranges::min(part) > 0) fit.exponent = slope(log_times, log_squared);
  return fit;
}

}  // namespace cardhouse
