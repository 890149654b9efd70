#pragma once

#include "engine/structure/vector3.hpp"
#include "potentials/nep_kernels.hpp"

namespace cardhouse {

/// Real spherical harmonics of l = 1 to 4, without normalisation: for each l the polynomial Z_l0(z), then Z_lm(z) times
/// the real and the imaginary part of (x + iy)^m, m = 1 to l, at a unit vector (doi:10.1063/5.0106617, section II B).
void find_nep_harmonics(const Vector3& unit, double* harmonics);

/// sum_m weights[m] times the gradient of harmonic m by x, y and z, as if they were free.
Vector3 nep_harmonics_gradient(const Vector3& unit, const double* weights);

/// Which invariants are made of the sums s_m of one radial function; each is one row of the descriptor.
struct NepInvariants {
  std::size_t largest_l;
  bool has_four_body;
  bool has_five_body;

  std::size_t rows() const { return largest_l + has_four_body + has_five_body; }
  /// q_l = C_l0 s_l0^2 + 2 sum_m C_lm s_lm^2, then q_222 and q_1111; values[row].
  void evaluate(const double* sums, double* values) const;
  /// pulls[m] = sum_row slopes[row] dq_row/ds_m.
  void differentiate(const double* sums, const double* slopes, double* pulls) const;
};

}  // namespace cardhouse
