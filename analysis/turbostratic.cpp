#include "analysis/turbostratic.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "analysis/reflections.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

struct Rod {
  int h, k, multiplicity;
};
constexpr Rod rods[] = {{0, 0, 1}, {1, 0, 6}, {1, 1, 6}, {2, 0, 6}, {2, 1, 12}, {3, 0, 6}, {2, 2, 6}};
constexpr int n_angles = 24;   // a smooth line shape, zero at its ends: the trapezoids converge exponentially
constexpr double reach = 2.2;  // of the line shape, in units of 1/La: exp(-pi 2.2^2) = 2.5e-7

double stack_interference(const TurbostraticCarbon& carbon, double s) {
  // The phase of Q taken between -pi and pi, so that Q^M is smooth across every (00l) also for a broken M.
  const double phase = 2 * pi * std::remainder(carbon.spacing * s, 1.0);
  const std::complex<double> log_q(-2 * pi * pi * carbon.spacing_variance * s * s, phase);
  const std::complex<double> q = std::exp(log_q), rest = 1.0 - q;
  if (std::norm(rest) < 1e-10) return carbon.layers;
  const double m = carbon.layers;
  return ((1.0 + q) / rest + 2.0 * q * (std::exp(m * log_q) - 1.0) / (m * rest * rest)).real();
}

// Mean over the sphere |s| of shape(s_r - s0) G(s_z), the angle phi being measured from the layer: s_r = s cos phi.
double rod_average(const TurbostraticCarbon& carbon, double s, double s0) {
  const double size = carbon.size / std::sqrt(1 + 2 * pi * carbon.in_plane_variance * std::pow(carbon.size * s0, 2));
  const double width = reach / size;
  if (s < s0 - width) return 0;
  const bool central = s0 == 0;
  const double from = std::acos(std::min(1.0, (s0 + width) / s));
  const double to = std::acos(std::clamp((s0 - width) / s, 0.0, 1.0));
  const double step = (to - from) / n_angles;
  double sum = 0;
  for (int i = 0; i <= n_angles; ++i) {
    const double phi = from + i * step;
    const double x = (s * std::cos(phi) - s0) * size;
    const double shape = std::exp(-pi * x * x);
    const double value = central ? std::cos(phi) * shape * stack_interference(carbon, s * std::sin(phi)) : shape;
    sum += (i == 0 || i == n_angles ? 0.5 : 1.0) * value;
  }
  sum *= step;
  return central ? sum * size * size : sum * size / (2 * pi * s);
}

}  // namespace

std::vector<double> turbostratic_structure_factor(const TurbostraticCarbon& carbon, std::span<const double> q) {
  const double a = carbon.lattice, area = 0.5 * std::sqrt(3.0) * a * a;
  std::vector<double> result(q.size());
#pragma omp parallel for schedule(static)
  for (std::size_t i = 0; i < q.size(); ++i) {
    const double s = q[i] / (2 * pi);
    double organised = 0;
    for (const Rod& rod : rods) {
      const double s0 = std::sqrt(4.0 / 3 * (rod.h * rod.h + rod.h * rod.k + rod.k * rod.k)) / a;
      const double factor = 4 * std::pow(std::cos(pi * (rod.h - rod.k) / 3), 2);
      organised += rod.multiplicity * factor / (2 * area) * rod_average(carbon, s, s0);
    }
    const double ordered = std::exp(-q[i] * q[i] * carbon.mean_square_displacement);
    result[i] = (1 - carbon.unorganised) * (ordered * organised + 1 - ordered) + carbon.unorganised;
  }
  return result;
}

std::optional<double> dahn_ratio(std::span<const double> q, std::span<const double> intensity) {
  const std::optional<Peak> peak = find_peak(q, intensity, search_002);
  if (!peak) return std::nullopt;
  const auto above = std::lower_bound(q.begin(), q.end(), peak->position) - q.begin();
  const auto i = static_cast<std::size_t>(above);
  const double share = (peak->position - q[i - 1]) / (q[i] - q[i - 1]);
  const double top = intensity[i - 1] * (1 - share) + intensity[i] * share;
  const double background = top - peak->height;
  if (!(background > 0)) return std::nullopt;
  return top / background;
}

}  // namespace cardhouse
