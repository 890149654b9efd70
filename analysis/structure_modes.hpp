#pragma once

#include <array>
#include <span>
#include <vector>

#include "analysis/form_factors.hpp"
#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// How strongly an atom scatters at q [1/angstrom]: `form_factor` for X-rays [electrons], `neutron_length` [angstrom].
using ScatteringPower = double (*)(Element, double q);

/// sum_i f_i^2/N at each q: the intensity per atom without correlation.
std::vector<double> mean_square_power(const Atoms& atoms, std::span<const double> q, ScatteringPower power);

/// Structure factor S(k) = |sum_i f_i exp(-i k r_i)|^2 / sum_i f_i^2 at the wave vectors k = 2 pi (h a* + k b* + l c*)
/// that a periodic cell allows, by one pair of Fourier transforms an element instead of a sum over atoms at every k.
///
/// Each element is spread with the cubic B-spline (order 4) on points^3 grid points and divided by its transform,
/// prod_i [sin(pi m_i/n)/(pi m_i/n)]^4 (Essmann et al. 1995, doi:10.1063/1.470117). The mean of two grids shifted by
/// half a spacing along all axes cancels the strongest, odd images of the grid (Hockney & Eastwood, Computer Simulation
/// Using Particles, 1988, section 7.8): at the largest q an amplitude is in error by less than 1 % of a typical one,
/// at half of it by less than 0.1 %, and the errors have random signs.
///
/// The grid has as many points along every vector as the longest needs: right for all cells, thrifty for cubes.
class StructureModes {
 public:
  /// Modes up to `largest_q` > 0 [1/angstrom]; others are zero. Throws InputError for a structure
  /// without atoms and for grids of more than 1024 points along an axis.
  StructureModes(const Atoms& atoms, double largest_q, ScatteringPower power = form_factor);

  const Cell& cell() const { return cell_; }
  int points() const { return points_; }
  double largest_q() const { return largest_q_; }
  /// S of mode (i, j, l), l = 0..points/2, stored in the order of RealTransform; only one of k and -k for l > 0.
  /// Mode 0 is the scattering of the mean density, which a periodic crystal has at q = 0 only.
  const std::vector<double>& values() const { return values_; }
  /// |k| of a mode [1/angstrom].
  double wavenumber(int i, int j, int l) const;

 private:
  Cell cell_;
  double largest_q_;
  int points_;
  std::array<Vector3, 3> reciprocal_;
  std::vector<double> values_;
};

/// The smallest number not below n without prime factors over 7, even: Fourier transforms of it are fast.
int fast_length(int n);

}  // namespace cardhouse
