#pragma once

#include <array>
#include <span>
#include <utility>
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
/// Sites that are filled with a probability c (sodium in its carbon) scatter with their mean, and with what is left
/// over between the reflections, S = (|sum c f exp(-i k r)|^2 + sum c (1 - c) f^2)/sum c f^2 (Laue's monotonic
/// scattering for sites filled independently; Warren, X-ray Diffraction, 1969, section 12.1).
///
/// The grid has as many points along every vector as the longest needs: right for all cells, thrifty for cubes.
class StructureModes {
 public:
  /// Modes up to `largest_q` > 0 [1/angstrom]; others are zero. `occupied` holds a probability for every atom, or
  /// nothing when all are there. Throws InputError for a structure without atoms, for occupations that do not fit and
  /// for grids of more than 1024 points along an axis.
  StructureModes(const Atoms& atoms, double largest_q, ScatteringPower power = form_factor,
                 std::span<const double> occupied = {});

  const Cell& cell() const { return cell_; }
  int points() const { return points_; }
  double largest_q() const { return largest_q_; }
  /// S of mode (i, j, l), l = 0..points/2, stored in the order of RealTransform; only one of k and -k for l > 0.
  /// Mode 0 is the scattering of the mean density, which a periodic crystal has at q = 0 only.
  const std::vector<double>& values() const { return values_; }
  /// sum c f^2/sum c at each q: the intensity per atom without correlation.
  std::vector<double> mean_square(std::span<const double> q) const;
  /// |k| of a mode [1/angstrom].
  double wavenumber(int i, int j, int l) const;

 private:
  void add_diffuse(const std::vector<double>& table);

  Cell cell_;
  double largest_q_;
  ScatteringPower power_;
  int points_;
  std::array<Vector3, 3> reciprocal_;
  std::vector<std::pair<Element, double>> contents_;  // atoms of each element, by occupation
  std::vector<double> values_;
};

/// The smallest number not below n without prime factors over 7, even: Fourier transforms of it are fast.
int fast_length(int n);

}  // namespace cardhouse
