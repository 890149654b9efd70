#include "analysis/distance_window.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

constexpr double lowest = 0.8;  // of the model [1/angstrom]

// K(x)/r_m at equidistant x r_m, by Simpson's rule over the window.
class Kernel {
 public:
  explicit Kernel(double largest) : values_(static_cast<std::size_t>(largest / step) + 3) {
    for (std::size_t n = 0; n < values_.size(); ++n) values_[n] = at(step * static_cast<double>(n));
  }
  double operator()(double x) const {
    const double place = std::abs(x) / step;
    const auto n = static_cast<std::size_t>(place);
    const double share = place - static_cast<double>(n);
    return values_[n] * (1 - share) + values_[n + 1] * share;
  }

 private:
  static constexpr double step = 0.05;

  static double at(double x) {
    const int n = 2 * (32 + static_cast<int>(x));  // intervals, several in every period of the cosine
    double sum = 0;
    for (int i = 0; i <= n; ++i) {
      const double u = static_cast<double>(i) / n;
      const double window = i == 0 ? 1 : std::sin(pi * u) / (pi * u);
      const double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * window * std::cos(x * u);
    }
    return sum / (3.0 * n * pi);
  }

  std::vector<double> values_;
};

}  // namespace

DistanceWindow::DistanceWindow(std::span<const double> q, double range) : q_(q.begin(), q.end()) {
  EXPECTS(!q.empty() && q.front() > lowest && range > 0);
  const double resolution = 5.4 / range;
  const double highest = q.back() + 3 * resolution;
  const auto n = static_cast<std::size_t>(std::ceil((highest - lowest) / std::min(0.04, 0.2 * resolution))) + 1;
  const double step = (highest - lowest) / static_cast<double>(n - 1);
  for (std::size_t k = 0; k < n; ++k) model_q_.push_back(lowest + step * static_cast<double>(k));
  const Kernel kernel(2 * highest * range);
  const auto response = [&](double at, double from) {
    return range * (kernel((at - from) * range) - kernel((at + from) * range));
  };
  for (const double at : q_) {
    double below = 0;  // of the straight line up to the lowest q, whose value there is one
    for (double from = 0.5 * step; from < lowest; from += step) below += step * from / lowest * response(at, from);
    for (std::size_t k = 0; k < n; ++k) {
      const double weight = k == 0 || k + 1 == n ? 0.5 * step : step;
      weights_.push_back(weight * response(at, model_q_[k]) + (k == 0 ? below : 0));
    }
  }
}

std::vector<double> DistanceWindow::apply(std::span<const double> structure_factor) const {
  EXPECTS(structure_factor.size() == model_q_.size());
  std::vector<double> result;
  for (std::size_t i = 0; i < q_.size(); ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < model_q_.size(); ++k)
      sum += weights_[i * model_q_.size() + k] * model_q_[k] * (structure_factor[k] - 1);
    result.push_back(1 + sum / q_[i]);
  }
  return result;
}

}  // namespace cardhouse
