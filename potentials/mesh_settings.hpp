#pragma once

#include <array>
#include <cstddef>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// How a Coulomb sum is split: erfc(alpha r)/r in real space, erf(alpha r)/r on a mesh.
struct MeshSettings {
  double splitting;           ///< alpha [1/angstrom]
  double cutoff;              ///< of the real-space part [angstrom]
  std::array<int, 3> points;  ///< of the mesh along the cell vectors
  int order;                  ///< of the B-splines, even: 2 is linear
};

/// What is asked of the sum.
struct MeshAccuracy {
  double force = 1e-4;  ///< rms error of the force on a charge of one e among charges of one e [eV/angstrom]
  double cutoff = 9.0;  ///< [angstrom]; the mesh becomes finer when it is smaller
};

/// Settings for `n_charges` charges, uncorrelated and one e each: alpha from the real-space error of Kolafa and Perram
/// 1992 (doi:10.1080/08927029208049126, eq. 18), then the coarsest mesh whose interpolation error (mesh_force_error)
/// stays below. Errors scale with the square of the charges. EXPECTS positive numbers and at least one charge.
MeshSettings choose_mesh(const Cell& cell, std::size_t n_charges, const MeshAccuracy& accuracy);

/// Estimated rms error of the mesh part for unit charges [eV/angstrom]. A B-spline of order p on a mesh of K points
/// sees a wave of m periods also as one of m - K periods, with the relative weight (m/(K - m))^p (Essmann 1995,
/// doi:10.1063/1.470117, eq. 4.1 and its aliases); summed over all waves in squares for
/// the force of other charges, and as they are for the force of a charge on itself.
double mesh_force_error(const Cell& cell, std::size_t n_charges, const MeshSettings& settings);

/// Rows of the inverse of the cell matrix, so that fractional coordinate k of r is row k times r [1/angstrom].
std::array<Vector3, 3> reciprocal_rows(const Cell& cell);

}  // namespace cardhouse
