#include "potentials/uniform_spline.hpp"

#include "engine/base/contracts.hpp"

namespace cardhouse {

UniformSpline::UniformSpline(std::span<const double> f, double step)
    : per_step_(1 / step), last_(static_cast<double>(f.size()) - 1), last_interval_(f.size() - 2) {
  EXPECTS(f.size() >= 5 && step > 0);
  const std::size_t n = f.size();
  std::vector<double> slope(n);
  slope[0] = f[1] - f[0];
  slope[1] = 0.5 * (f[2] - f[0]);
  slope[n - 2] = 0.5 * (f[n - 1] - f[n - 3]);
  slope[n - 1] = f[n - 1] - f[n - 2];
  for (std::size_t k = 2; k + 2 < n; ++k) slope[k] = (f[k - 2] - f[k + 2] + 8 * (f[k + 1] - f[k - 1])) / 12;
  for (std::size_t k = 0; k + 1 < n; ++k) {
    const double rise = f[k + 1] - f[k];
    cubics_.push_back({f[k], slope[k], 3 * rise - 2 * slope[k] - slope[k + 1], slope[k] + slope[k + 1] - 2 * rise});
  }
}

}  // namespace cardhouse
