#pragma once
// The tabulated functions of REBO potentials: angles by quintic pieces, coordinations by cubic ones.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "potentials/value_and_slope.hpp"

namespace cardhouse {

/// 1 up to range[0], 0 from range[1], half a cosine between (Brenner 2002, the weight of bonds).
ValueAndSlope half_cosine(double x, const std::array<double, 2>& range);

/// Piecewise quintic polynomial through given values, slopes and curvatures (two continuous derivatives).
class QuinticSpline {
 public:
  struct Knots {
    std::vector<double> at;
    std::vector<double> value;
    std::vector<double> slope;
    std::vector<double> curvature;
  };
  static constexpr std::size_t most_knots = 5;

  /// EXPECTS 2 to most_knots rising knots, and as many values, slopes and curvatures.
  explicit QuinticSpline(const Knots& knots);

  /// Outside the knots the first and last pieces go on.
  ValueAndSlope operator()(double x) const {
    std::size_t piece = 0;
    for (const double start : starts_) piece += x > start;
    const auto& c = pieces_[piece];
    ValueAndSlope result{c[5], 0};
    for (int power = 4; power >= 0; --power) {
      result.slope = result.slope * x + result.value;
      result.value = result.value * x + c[power];
    }
    return result;
  }

 private:
  std::array<double, most_knots - 2> starts_;                 ///< of every piece but the first
  std::array<std::array<double, 6>, most_knots - 1> pieces_;  ///< coefficients of x^0, x^1, ...
};

/// A function of the coordinations of two atoms and of their conjugation. On the whole numbers its value and slopes are
/// given; between them it is the cubic of Hermite along every axis. Arguments outside the table count as its border.
class CoordinationTable {
 public:
  struct Node {
    double value = 0;
    std::array<double, 3> slope{};
  };
  static constexpr std::size_t n_coordinations = 5;  ///< 0, 1, ... 4

  /// All nodes zero, for conjugations 1, 2, ... n_conjugations. EXPECTS n_conjugations > 0.
  explicit CoordinationTable(std::size_t n_conjugations);

  Node& node(std::size_t first, std::size_t second, std::size_t conjugation);
  const Node& node(std::size_t first, std::size_t second, std::size_t conjugation) const;

  /// Below the first and above the second of these first coordinations the function is zero.
  std::array<double, 2> support() const;

  Node operator()(double first, double second, double conjugation) const {
    const Node* whole = find_whole(first, second, conjugation);
    return whole != nullptr ? *whole : interpolate(first, second, conjugation);
  }

 private:
  struct Axis;
  /// The node at these arguments when they are whole numbers of the table.
  const Node* find_whole(double first, double second, double conjugation) const {
    const int i = static_cast<int>(first);
    const int j = static_cast<int>(second);
    const int k = static_cast<int>(conjugation) - 1;
    if (i != first || j != second || k + 1 != conjugation) return nullptr;
    constexpr int n = n_coordinations;
    if (i < 0 || i >= n || j < 0 || j >= n || k < 0 || k >= static_cast<int>(n_conjugations_)) return nullptr;
    return &nodes_[(i * n + j) * n_conjugations_ + k];
  }
  Node interpolate(double first, double second, double conjugation) const;
  std::size_t n_conjugations_;
  std::vector<Node> nodes_;  ///< [first][second][conjugation]
};

}  // namespace cardhouse
