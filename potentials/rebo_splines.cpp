#include "potentials/rebo_splines.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Polynomial = std::array<double, 6>;  // coefficients of x^0, x^1, ...

/// The polynomial of t = (x - start)/width written in powers of x.
Polynomial in_powers_of_x(const Polynomial& of_t, double start, double width) {
  Polynomial result{};
  for (int power = 5; power >= 0; --power) {  // Horner: result = result * t + coefficient
    Polynomial next{};
    for (int k = 0; k < 6; ++k) {
      next[k] += -start / width * result[k];
      if (k < 5) next[k + 1] += result[k] / width;
    }
    next[0] += of_t[power];
    result = next;
  }
  return result;
}

/// The quintic with value, slope and curvature given at the knots `left` and left + 1.
Polynomial quintic(const QuinticSpline::Knots& knots, std::size_t left) {
  const std::size_t right = left + 1;
  const double width = knots.at[right] - knots.at[left];
  const double value = knots.value[left];
  const double slope = knots.slope[left] * width;
  const double half_curvature = knots.curvature[left] * width * width / 2;
  const double rise = knots.value[right] - value - slope - half_curvature;
  const double bend = knots.slope[right] * width - slope - 2 * half_curvature;
  const double twist = knots.curvature[right] * width * width / 2 - half_curvature;
  const Polynomial of_t{value,
                        slope,
                        half_curvature,
                        10 * rise - 4 * bend + twist,
                        -15 * rise + 7 * bend - 2 * twist,
                        6 * rise - 3 * bend + twist};
  return in_powers_of_x(of_t, knots.at[left], width);
}

}  // namespace

ValueAndSlope half_cosine(double x, const std::array<double, 2>& range) {
  if (x <= range[0]) return {1, 0};
  if (x >= range[1]) return {0, 0};
  const double frequency = std::numbers::pi / (range[1] - range[0]);
  const double phase = frequency * (x - range[0]);
  return {0.5 * (1 + std::cos(phase)), -0.5 * frequency * std::sin(phase)};
}

QuinticSpline::QuinticSpline(const Knots& knots) {
  const std::size_t n = knots.at.size();
  EXPECTS(2 <= n && n <= most_knots);
  EXPECTS(std::is_sorted(knots.at.begin(), knots.at.end(), std::less_equal<>()));
  EXPECTS(knots.value.size() == n && knots.slope.size() == n && knots.curvature.size() == n);
  starts_.fill(std::numeric_limits<double>::infinity());
  for (std::size_t piece = 0; piece + 1 < n; ++piece) {
    if (piece > 0) starts_[piece - 1] = knots.at[piece];
    pieces_[piece] = quintic(knots, piece);
  }
}

CoordinationTable::CoordinationTable(std::size_t n_conjugations)
    : n_conjugations_(n_conjugations), nodes_(n_coordinations * n_coordinations * n_conjugations) {
  EXPECTS(n_conjugations > 0);
}

CoordinationTable::Node& CoordinationTable::node(std::size_t first, std::size_t second, std::size_t conjugation) {
  EXPECTS(first < n_coordinations && second < n_coordinations && 1 <= conjugation && conjugation <= n_conjugations_);
  return nodes_[(first * n_coordinations + second) * n_conjugations_ + conjugation - 1];
}

const CoordinationTable::Node& CoordinationTable::node(std::size_t first, std::size_t second,
                                                       std::size_t conjugation) const {
  EXPECTS(first < n_coordinations && second < n_coordinations && 1 <= conjugation && conjugation <= n_conjugations_);
  return nodes_[(first * n_coordinations + second) * n_conjugations_ + conjugation - 1];
}

std::array<double, 2> CoordinationTable::support() const {
  const std::size_t row = nodes_.size() / n_coordinations;
  const auto is_set = [](const Node& node) { return node.value != 0 || node.slope != std::array<double, 3>{}; };
  const auto begin = std::find_if(nodes_.begin(), nodes_.end(), is_set) - nodes_.begin();
  const auto end = std::find_if(nodes_.rbegin(), nodes_.rend(), is_set).base() - nodes_.begin();
  return {static_cast<double>(begin / row) - 1, end == 0 ? -1 : static_cast<double>((end - 1) / row) + 1};
}

/// Where an argument lies, and the four cubics of Hermite there with their derivatives.
struct CoordinationTable::Axis {
  std::size_t node;       ///< below or at the argument, counted from the first
  std::size_t n_corners;  ///< one when the argument is a whole number
  double value[2];        ///< weights of the values at both ends
  double slope[2];        ///< weights of the slopes at both ends
  double value_slope[2];
  double slope_slope[2];

  Axis(double x, std::size_t n_nodes) {
    x = std::clamp(x, 0.0, static_cast<double>(n_nodes - 1));
    node = static_cast<std::size_t>(x);
    const double t = x - static_cast<double>(node);
    n_corners = t > 0 ? 2 : 1;
    value[1] = t * t * (3 - 2 * t), value[0] = 1 - value[1];
    slope[0] = t * (1 - t) * (1 - t), slope[1] = -t * t * (1 - t);
    value_slope[1] = 6 * t * (1 - t), value_slope[0] = -value_slope[1];
    slope_slope[0] = (1 - t) * (1 - 3 * t), slope_slope[1] = t * (3 * t - 2);
  }
};

CoordinationTable::Node CoordinationTable::interpolate(double first, double second, double conjugation) const {
  const Axis x(first, n_coordinations);
  const Axis y(second, n_coordinations);
  const Axis z(conjugation - 1, n_conjugations_);
  Node result;
  for (std::size_t a = 0; a < x.n_corners; ++a) {
    for (std::size_t b = 0; b < y.n_corners; ++b) {
      for (std::size_t c = 0; c < z.n_corners; ++c) {
        const Node& corner = nodes_[((x.node + a) * n_coordinations + y.node + b) * n_conjugations_ + z.node + c];
        const auto& [f, d] = corner;
        const double yz = y.value[b] * z.value[c];
        const double along_x = f * x.value[a] + d[0] * x.slope[a];
        const double across = d[1] * y.slope[b] * z.value[c] + d[2] * y.value[b] * z.slope[c];
        result.value += along_x * yz + x.value[a] * across;
        result.slope[0] += (f * x.value_slope[a] + d[0] * x.slope_slope[a]) * yz + x.value_slope[a] * across;
        result.slope[1] += along_x * y.value_slope[b] * z.value[c] +
                           x.value[a] * (d[1] * y.slope_slope[b] * z.value[c] + d[2] * y.value_slope[b] * z.slope[c]);
        result.slope[2] += along_x * y.value[b] * z.value_slope[c] +
                           x.value[a] * (d[1] * y.slope[b] * z.value_slope[c] + d[2] * y.value[b] * z.slope_slope[c]);
      }
    }
  }
  return result;
}

}  // namespace cardhouse
