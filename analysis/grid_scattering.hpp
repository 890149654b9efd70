#pragma once

#include <span>
#include <vector>

#include "analysis/scattering.hpp"
#include "analysis/structure_modes.hpp"

namespace cardhouse {

/// What `scattering(PairHistogram::periodic(atoms, range), q)` measures, without counting pairs: the modes S(k) are
/// transformed back to the pair correlation P(r) on the grid, and then as there
///   S(q) = sum_{r < range} P(r) w(r) sin(qr)/(qr),   w(r) = sin(pi r/range)/(pi r/range) (Lorch 1969,
/// doi:10.1088/0022-3719/2/2/305), the uniform density being subtracted. Work grows with the volume and not with the
/// range: to 20 angstrom a quarter less than by pairs. With several elements the window acts on S and not on each
/// product f_a f_b: 1e-3 of S with 2 % oxygen. No errors: the octants of the histogram give them. A range of zero is
/// the inradius of the cell, at most 40 angstrom. EXPECTS 0 < q and range <= inradius.
ScatteringCurve grid_scattering(const Atoms& atoms, std::span<const double> q, double range = 0,
                                ScatteringPower power = form_factor);

/// The same from modes at hand, which must reach 1.3 times the largest q (EXPECTS).
ScatteringCurve grid_scattering(const StructureModes& modes, std::span<const double> q, double range = 0);

/// The same for a finite cluster (debye_sum, [electrons^2] per atom): it is put into an empty cube so wide that it does
/// not overlap with its images.
std::vector<double> grid_cluster(std::span<const Vector3> positions, std::span<const Element> elements,
                                 std::span<const double> q, ScatteringPower power = form_factor);

/// Spherical average of the modes of a periodic cell over shells of |k|, from 2 pi/L on: the curve of small angles.
struct ShellCurve {
  std::vector<double> q;                 ///< mean |k| of the modes of the shell [1/angstrom]
  std::vector<double> structure_factor;  ///< mean S(k)
  /// Standard error of the mean: modes of a disordered structure are independent, with a standard deviation as large as
  /// their mean. k and -k count once. Shells of one mode have the error S.
  std::vector<double> error;
  std::vector<double> intensity;   ///< S sum f^2/N, per atom [electrons^2]
  std::vector<std::size_t> modes;  ///< independent modes of the shell
  double smallest_q = 0;           ///< 2 pi over the longest width of the cell [1/angstrom]
};

/// Shells of equal width, by default of the smallest wave vector of the cell; empty shells are left out.
ShellCurve shell_average(const Atoms& atoms, double largest_q, double shell_width = 0,
                         ScatteringPower power = form_factor);
/// The same from modes at hand, up to their largest q.
ShellCurve shell_average(const StructureModes& modes, double shell_width = 0);

}  // namespace cardhouse
