#include "analysis/structure_modes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/structure/real_transform.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

constexpr double margin = 1.05;  // of the largest wavenumber of the grid over the largest wanted
constexpr int most_points = 1024;
constexpr std::size_t table_size = 8192;

std::array<Vector3, 3> reciprocal_vectors(const Cell& cell) {
  const auto& a = cell.vectors();
  const double scale = 2 * pi / cell.volume();
  return {scale * cross(a[1], a[2]), scale * cross(a[2], a[0]), scale * cross(a[0], a[1])};
}

int points_for(const Cell& cell, double largest_q) {
  double longest = 0;
  for (const Vector3& v : cell.vectors()) longest = std::max(longest, norm(v));
  const double needed = std::ceil(margin * largest_q * longest / pi);
  if (!(needed <= most_points)) {
    throw InputError(fmt::format("a cell of {:.0f} angstrom to {:.3g} 1/angstrom needs a grid of {:.0f} points an axis",
                                 longest, largest_q, needed),
                     "lower the largest q or use the pair histogram");
  }
  return fast_length(std::max(8, static_cast<int>(needed)));
}

int signed_index(int i, int points) {
  return i <= points / 2 ? i : i - points;
}

// The four values of the cubic B-spline around a point `x` in [0, 1) past the second of the four grid points.
std::array<double, 4> spline(double x) {
  const double y = 1 - x;
  return {y * y * y / 6, (4 - 6 * x * x + 3 * x * x * x) / 6, (4 - 6 * y * y + 3 * y * y * y) / 6, x * x * x / 6};
}

void spread(const Atoms& atoms, Element element, double shift, int points, std::span<double> grid) {
  std::fill(grid.begin(), grid.end(), 0.0);
  for (std::size_t atom = 0; atom < atoms.size(); ++atom) {
    if (atoms.elements[atom] != element) continue;
    const Vector3 fractional = atoms.cell.to_fractional(atoms.positions[atom]);
    std::array<std::array<double, 4>, 3> weights;
    std::array<std::array<std::size_t, 4>, 3> indices;
    for (int axis = 0; axis < 3; ++axis) {
      const double place = (fractional[axis] - std::floor(fractional[axis])) * points + shift;
      const int base = static_cast<int>(place);
      weights[axis] = spline(place - base);
      for (int n = 0; n < 4; ++n) indices[axis][n] = static_cast<std::size_t>((base + n - 1 + points) % points);
    }
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j < 4; ++j) {
        double* row = grid.data() + (indices[0][i] * points + indices[1][j]) * points;
        const double weight = weights[0][i] * weights[1][j];
        for (int l = 0; l < 4; ++l) row[indices[2][l]] += weight * weights[2][l];
      }
    }
  }
}

// f_a(q)/sqrt(sum f^2) of one element at equidistant q.
std::vector<double> relative_power(const Atoms& atoms, Element element, double largest_q, ScatteringPower power) {
  std::vector<double> table;
  for (std::size_t i = 0; i < table_size + 2; ++i) table.push_back(largest_q * static_cast<double>(i) / table_size);
  const std::vector<double> means = mean_square_power(atoms, table, power);
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i] = power(element, table[i]) / std::sqrt(means[i] * static_cast<double>(atoms.size()));
  }
  return table;
}

double interpolate(const std::vector<double>& table, double place) {
  const auto i = std::min(static_cast<std::size_t>(place), table_size);
  const double share = place - static_cast<double>(i);
  return table[i] * (1 - share) + table[i + 1] * share;
}

// What divides the transform of the B-spline out and turns the shifted grid back, along one axis.
std::vector<std::complex<double>> axis_factors(int points, double shift) {
  std::vector<std::complex<double>> factors(points);
  for (int i = 0; i < points; ++i) {
    const double x = pi * signed_index(i, points) / points;
    const double sinc = i == 0 ? 1 : std::sin(x) / x;
    factors[i] = std::polar(std::pow(sinc, -4), 2 * x * shift);
  }
  return factors;
}

}  // namespace

int fast_length(int n) {
  for (n += n % 2;; n += 2) {
    int rest = n;
    for (int prime : {2, 3, 5, 7})
      while (rest % prime == 0) rest /= prime;
    if (rest == 1) return n;
  }
}

std::vector<double> mean_square_power(const Atoms& atoms, std::span<const double> q, ScatteringPower power) {
  std::vector<double> result(q.size());
  for (Element element : all_elements()) {
    const std::size_t n = count(atoms, element);
    if (n == 0) continue;
    const double share = static_cast<double>(n) / static_cast<double>(atoms.size());
    for (std::size_t i = 0; i < q.size(); ++i) result[i] += share * std::pow(power(element, q[i]), 2);
  }
  return result;
}

double StructureModes::wavenumber(int i, int j, int l) const {
  return norm(reciprocal_[0] * signed_index(i, points_) + reciprocal_[1] * signed_index(j, points_) +
              reciprocal_[2] * l);
}

StructureModes::StructureModes(const Atoms& atoms, double largest_q, ScatteringPower power)
    : cell_(atoms.cell),
      largest_q_(largest_q),
      points_(points_for(atoms.cell, largest_q)),
      reciprocal_(reciprocal_vectors(atoms.cell)) {
  EXPECTS(largest_q > 0);
  if (atoms.size() == 0) throw InputError("a structure without atoms does not scatter");
  RealTransform transform(points_);
  std::vector<std::complex<double>> amplitudes(transform.modes().size());
  const int last = points_ / 2 + 1;
  for (Element element : all_elements()) {
    if (count(atoms, element) == 0) continue;
    const std::vector<double> table = relative_power(atoms, element, largest_q, power);
    for (const double shift : {0.0, 0.5}) {
      spread(atoms, element, shift, points_, transform.real());
      transform.forward();
      const auto factors = axis_factors(points_, shift);
      const auto modes = transform.modes();
#pragma omp parallel for schedule(static)
      for (int i = 0; i < points_; ++i) {
        for (int j = 0; j < points_; ++j) {
          const std::size_t row = (static_cast<std::size_t>(i) * points_ + j) * last;
          const std::complex<double> factor = 0.5 * factors[i] * factors[j];
          for (int l = 0; l < last; ++l) {
            const double q = wavenumber(i, j, l);
            if (q > largest_q_) continue;
            amplitudes[row + l] +=
                interpolate(table, q / largest_q_ * table_size) * (factor * factors[l]) * modes[row + l];
          }
        }
      }
    }
  }
  values_.resize(amplitudes.size());
  std::transform(amplitudes.begin(), amplitudes.end(), values_.begin(), [](const auto& a) { return std::norm(a); });
}

}  // namespace cardhouse
