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

// Occupation of every atom: all full when none are given.
class Occupations {
 public:
  Occupations(const Atoms& atoms, std::span<const double> values) : values_(values) {
    if (values.empty()) return;
    if (values.size() != atoms.size()) throw InputError("the occupations must be as many as the atoms");
    double sum = 0;
    for (const double value : values) {
      if (!(value >= 0 && value <= 1)) throw InputError("an occupation must lie between 0 and 1");
      sum += value;
    }
    if (sum == 0) throw InputError("a structure whose sites are all empty does not scatter");
  }
  double operator[](std::size_t atom) const { return values_.empty() ? 1.0 : values_[atom]; }

  struct Sums {
    double mean = 0, diffuse = 0;  // of c and of c (1 - c)
  };
  Sums of(const Atoms& atoms, Element element) const {
    Sums sums;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      if (atoms.elements[i] != element) continue;
      const double c = (*this)[i];
      sums.mean += c;
      sums.diffuse += c * (1 - c);
    }
    return sums;
  }

 private:
  std::span<const double> values_;
};

struct Spread {
  Element element;
  double shift;
  int points;
};

void spread(const Atoms& atoms, const Occupations& occupations, const Spread& how, std::span<double> grid) {
  const int points = how.points;
  std::fill(grid.begin(), grid.end(), 0.0);
  for (std::size_t atom = 0; atom < atoms.size(); ++atom) {
    if (atoms.elements[atom] != how.element) continue;
    const Vector3 fractional = atoms.cell.to_fractional(atoms.positions[atom]);
    std::array<std::array<double, 4>, 3> weights;
    std::array<std::array<std::size_t, 4>, 3> indices;
    for (int axis = 0; axis < 3; ++axis) {
      const double place = (fractional[axis] - std::floor(fractional[axis])) * points + how.shift;
      const int base = static_cast<int>(place);
      weights[axis] = spline(place - base);
      for (int n = 0; n < 4; ++n) indices[axis][n] = static_cast<std::size_t>((base + n - 1 + points) % points);
    }
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j < 4; ++j) {
        double* row = grid.data() + (indices[0][i] * points + indices[1][j]) * points;
        const double weight = occupations[atom] * weights[0][i] * weights[1][j];
        for (int l = 0; l < 4; ++l) row[indices[2][l]] += weight * weights[2][l];
      }
    }
  }
}

// Of the elements at equidistant q: f_a/sqrt(sum c f^2), and what sites filled at random scatter between the
// reflections, sum c (1 - c) f^2/sum c f^2.
struct RelativePowers {
  std::array<std::vector<double>, 2 + static_cast<std::size_t>(Element::Zn)> amplitude;
  std::vector<double> diffuse;
};

RelativePowers relative_powers(const Atoms& atoms, const Occupations& occupations, double largest_q,
                               ScatteringPower power) {
  RelativePowers result;
  std::vector<double> squares(table_size + 2, 0.0);
  result.diffuse.assign(squares.size(), 0.0);
  for (const Element element : all_elements()) {
    if (count(atoms, element) == 0) continue;
    const Occupations::Sums sums = occupations.of(atoms, element);
    std::vector<double>& amplitude = result.amplitude[static_cast<std::size_t>(element)];
    for (std::size_t i = 0; i < squares.size(); ++i) {
      amplitude.push_back(power(element, largest_q * static_cast<double>(i) / table_size));
      squares[i] += sums.mean * amplitude[i] * amplitude[i];
      result.diffuse[i] += sums.diffuse * amplitude[i] * amplitude[i];
    }
  }
  for (std::size_t i = 0; i < squares.size(); ++i) {
    for (auto& amplitude : result.amplitude)
      if (!amplitude.empty()) amplitude[i] /= std::sqrt(squares[i]);
    result.diffuse[i] /= squares[i];
  }
  return result;
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

std::vector<double> StructureModes::mean_square(std::span<const double> q) const {
  std::vector<double> result(q.size(), 0.0);
  double atoms = 0;
  for (const auto& [element, number] : contents_) {
    atoms += number;
    for (std::size_t i = 0; i < q.size(); ++i) result[i] += number * std::pow(power_(element, q[i]), 2);
  }
  for (double& value : result) value /= atoms;
  return result;
}

StructureModes::StructureModes(const Atoms& atoms, double largest_q, ScatteringPower power,
                               std::span<const double> occupied)
    : cell_(atoms.cell),
      largest_q_(largest_q),
      power_(power),
      points_(points_for(atoms.cell, largest_q)),
      reciprocal_(reciprocal_vectors(atoms.cell)) {
  EXPECTS(largest_q > 0);
  if (atoms.size() == 0) throw InputError("a structure without atoms does not scatter");
  const Occupations occupations(atoms, occupied);
  const RelativePowers powers = relative_powers(atoms, occupations, largest_q, power);
  RealTransform transform(points_);
  std::vector<std::complex<double>> amplitudes(transform.modes().size());
  const int last = points_ / 2 + 1;
  for (Element element : all_elements()) {
    if (count(atoms, element) == 0) continue;
    contents_.emplace_back(element, occupations.of(atoms, element).mean);
    const std::vector<double>& table = powers.amplitude[static_cast<std::size_t>(element)];
    for (const double shift : {0.0, 0.5}) {
      spread(atoms, occupations, {element, shift, points_}, transform.real());
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
  if (!occupied.empty()) add_diffuse(powers.diffuse);
}

void StructureModes::add_diffuse(const std::vector<double>& table) {
  const int last = points_ / 2 + 1;
  std::size_t mode = 0;
  for (int i = 0; i < points_; ++i) {
    for (int j = 0; j < points_; ++j) {
      for (int l = 0; l < last; ++l, ++mode) {
        const double q = wavenumber(i, j, l);
        if (q <= largest_q_) values_[mode] += interpolate(table, q / largest_q_ * table_size);
      }
    }
  }
}

}  // namespace cardhouse
