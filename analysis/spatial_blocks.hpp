#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/structure/cell.hpp"

namespace cardhouse {

/// One structure is one sample. Its error bars come from dividing the cell into eight octants and asking how much a
/// result changes when one of them is left out (jackknife; Tukey 1958, Efron & Stein 1981, doi:10.1214/aos/1176345462).
/// Octants are nearly independent when they are wider than the correlation length of the structure (2-3 nm in hard
/// carbon); in smaller cells the error is a lower estimate.
inline constexpr std::size_t n_octants = 8;

/// Octant 0..7 of a position: bits for the upper half along the three cell vectors.
std::uint8_t octant(const Cell& cell, const Vector3& position);

/// `value` with the jackknife error sqrt((n-1)/n sum (x_i - mean)^2) of the n results that leave one block out. Error 0
/// for fewer than two.
Estimate jackknife(double value, std::span<const double> leave_one_out);

/// A ratio of two sums over a structure, with its error.
class OctantRatio {
 public:
  void add(std::uint8_t octant, double numerator, double denominator = 1) {
    numerators_[octant] += numerator;
    denominators_[octant] += denominator;
  }
  /// sum of numerators / sum of denominators; zero when nothing was added (see empty()).
  Estimate estimate() const;
  bool empty() const;

 private:
  std::array<double, n_octants> numerators_{};
  std::array<double, n_octants> denominators_{};
};

}  // namespace cardhouse
