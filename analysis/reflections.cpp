#include "analysis/reflections.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;
using Index = std::ptrdiff_t;

Index first_at_least(std::span<const double> q, double value) {
  return std::lower_bound(q.begin(), q.end(), value) - q.begin();
}

// Vertex of the parabola through the points about the maximum that stand above 85 % of the height (least squares).
double vertex(std::span<const double> q, const std::vector<double>& net, Index top) {
  Index low = top, high = top;
  while (low > 0 && net[low - 1] > 0.85 * net[top]) --low;
  while (high + 1 < static_cast<Index>(net.size()) && net[high + 1] > 0.85 * net[top]) ++high;
  if (high - low < 2) low = top - 1, high = top + 1;
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, t0 = 0, t1 = 0, t2 = 0;
  for (Index i = low; i <= high; ++i) {
    const double x = q[i] - q[top], y = net[i];
    s0 += 1, s1 += x, s2 += x * x, s3 += x * x * x, s4 += x * x * x * x;
    t0 += y, t1 += x * y, t2 += x * x * y;
  }
  const double determinant = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  const double linear = s0 * (t1 * s4 - t2 * s3) - t0 * (s1 * s4 - s2 * s3) + s2 * (s1 * t2 - s2 * t1);
  const double square = s0 * (s2 * t2 - s3 * t1) - s1 * (s1 * t2 - s2 * t1) + t0 * (s1 * s3 - s2 * s2);
  if (determinant == 0 || square / determinant >= 0) return q[top];
  return std::clamp(q[top] - 0.5 * linear / square, q[low], q[high]);
}

// Where the net curve falls through half of the height, going from `top` by `direction`.
double half_height(std::span<const double> q, const std::vector<double>& net, Index top, Index direction) {
  const double half = 0.5 * net[top];
  Index i = top;
  while (net[i + direction] > half) i += direction;
  const double share = (net[i] - half) / (net[i] - net[i + direction]);
  return q[i] + share * (q[i + direction] - q[i]);
}

double size_of(double width, double scherrer_constant) {
  return 2 * pi * scherrer_constant / width;
}

}  // namespace

std::optional<Peak> find_peak(std::span<const double> q, std::span<const double> values,
                              const ReflectionSearch& search) {
  EXPECTS(q.size() == values.size());
  const Index first = first_at_least(q, search.background_low), last = first_at_least(q, search.background_high) - 1;
  const Index low = first_at_least(q, search.low), high = first_at_least(q, search.high) - 1;
  if (low >= high || first >= low || high >= last) return std::nullopt;
  const auto begin = values.begin();
  const Index top = std::max_element(begin + low, begin + high + 1) - begin;
  if (top == low || top == high) return std::nullopt;
  const Index left = std::min_element(begin + first, begin + top) - begin;
  const Index right = std::min_element(begin + top + 1, begin + last + 1) - begin;

  // Outside left..right the net curve stays zero, so that no search leaves this interval.
  std::vector<double> net(values.size(), 0.0);
  for (Index i = left; i <= right; ++i) {
    const double share = (q[i] - q[left]) / (q[right] - q[left]);
    net[i] = values[i] - (values[left] + share * (values[right] - values[left]));
  }
  const Index net_top = std::max_element(net.begin() + low, net.begin() + high + 1) - net.begin();
  if (net[net_top] <= 0 || net_top <= left || net_top >= right) return std::nullopt;
  return Peak{vertex(q, net, net_top), net[net_top],
              half_height(q, net, net_top, 1) - half_height(q, net, net_top, -1)};
}

std::optional<Reflection> find_reflection(const ScatteringCurve& curve, const ReflectionSearch& search) {
  const auto reduced = [&](const std::vector<double>& structure_factor) {
    std::vector<double> values(curve.q.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = curve.q[i] * (structure_factor[i] - 1);
    return values;
  };
  const double resolution = curve.resolution;
  const double limit = 1.5 * resolution;
  const auto true_width = [&](const Peak& peak) {
    const double width = std::max(peak.width, limit);
    return std::sqrt(width * width - resolution * resolution);
  };
  const std::optional<Peak> peak = find_peak(curve.q, reduced(curve.structure_factor), search);
  if (!peak) return std::nullopt;
  std::vector<double> positions, spacings, heights, widths, sizes;
  for (const auto& without : curve.leave_one_out) {
    const std::optional<Peak> partial = find_peak(curve.q, reduced(without), search);
    if (!partial) continue;
    positions.push_back(partial->position);
    spacings.push_back(2 * pi / partial->position);
    heights.push_back(partial->height);
    widths.push_back(true_width(*partial));
    sizes.push_back(size_of(widths.back(), search.scherrer_constant));
  }
  const double width = true_width(*peak);
  Reflection reflection{jackknife(peak->position, positions),
                        jackknife(2 * pi / peak->position, spacings),
                        jackknife(peak->height, heights),
                        jackknife(width, widths),
                        jackknife(size_of(width, search.scherrer_constant), sizes),
                        peak->width <= limit};
  if (reflection.size_is_lower_bound) reflection.size.error = reflection.width.error = 0;
  return reflection;
}

}  // namespace cardhouse
