#pragma once

#include <span>
#include <vector>

#include "analysis/pair_histogram.hpp"

namespace cardhouse {

/// Wavelength of Cu K alpha 1 [angstrom] (Hoelzer et al. 1997, doi:10.1103/PhysRevA.56.4554).
inline constexpr double copper_k_alpha = 1.5406;

/// Powder scattering against q = 4 pi sin(theta)/lambda [1/angstrom].
struct ScatteringCurve {
  std::vector<double> q;
  std::vector<double> structure_factor;  ///< I / sum_i f_i^2; 1 for atoms without correlation
  std::vector<double> error;             ///< of it, one sigma (jackknife over octants); 0 for a cluster
  std::vector<double> intensity;         ///< I per atom [electrons^2]
  /// The structure factor with one octant left out, for errors of quantities read off the curve; empty for a cluster.
  std::vector<std::vector<double>> leave_one_out;
  /// Full width at half height that the finite window of distances gives to a sharp peak [1/angstrom]; 0 for a cluster.
  double resolution = 0;
};

/// Equidistant q from `low` to `high`, both included. EXPECTS n >= 2 and low > 0.
std::vector<double> q_grid(double low = 0.3, double high = 8, std::size_t n = 771);

/// Debye's equation (Debye 1915, doi:10.1002/andp.19153510606) on a pair histogram,
///   I(q) = sum_a N_a f_a^2 + sum_ab f_a f_b sum_r [H_ab(r) - N_a N_b/V 4 pi r^2 dr] w(r) sin(qr)/(qr).
/// In a periodic cell the uniform density is subtracted (it scatters at q = 0 only) and the window of Lorch (1969,
/// doi:10.1088/0022-3719/2/2/305) w = sin(pi r/r_m)/(pi r/r_m) ends the sum at the range r_m of the histogram without
/// ripples, at the price of the resolution 5.4/r_m. A cluster has neither: then this is the exact sum up to the bin
/// width.
ScatteringCurve scattering(const PairHistogram& histogram, std::span<const double> q);

/// Debye's double sum itself, I/N [electrons^2] of a finite cluster: exact, O(N^2) per q.
std::vector<double> debye_sum(std::span<const Vector3> positions, std::span<const Element> elements,
                              std::span<const double> q);

/// Scattering angle 2 theta [degree] of q, and back. EXPECTS q <= 4 pi/wavelength.
double two_theta(double q, double wavelength = copper_k_alpha);
double q_of_two_theta(double two_theta, double wavelength = copper_k_alpha);

/// What a diffractometer with unpolarised radiation records: I(q) (1 + cos^2 2 theta)/2 (Warren, X-ray Diffraction,
/// 1969, section 10.1; Debye's sum contains the Lorentz factor already). Points beyond back-scattering are left out.
struct Diffractogram {
  std::vector<double> two_theta;  ///< [degree]
  std::vector<double> intensity;  ///< per atom [electrons^2]
};
Diffractogram diffractogram(const ScatteringCurve& curve, double wavelength = copper_k_alpha);

}  // namespace cardhouse
