#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/structure/cell.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

/// The same sum as ReciprocalMesh, wave by wave (Ewald 1921, doi:10.1002/andp.19213690304): exact to rounding, in O(N)
/// per wave; for some hundred charges.
class WaveSum {
 public:
  /// Waves whose factor e^(-k^2/(4 alpha^2)) is below `negligible` are left out. EXPECTS both positive.
  WaveSum(double splitting, double negligible);

  /// Takes positions [angstrom] and cell, for the calls below.
  void place(const Cell& cell, std::span<const Vector3> positions);
  /// Adds d2E/dq_i dq_j [eV/e^2] to an n x n matrix.
  void add_matrix(std::span<double> matrix) const;
  /// Adds dE/dq [eV/e].
  void add_potential(std::span<const double> charges, std::span<double> potential) const;
  /// Energy and virial; adds the forces [eV/angstrom].
  Evaluation add_forces(std::span<const double> charges, std::span<Vector3> forces) const;

 private:
  void set_phases(const Cell& cell, std::span<const Vector3> positions);

  double splitting_;
  double longest_;  ///< wave vector [1/angstrom]
  std::size_t atoms_ = 0;
  std::vector<Vector3> waves_;               ///< half of them: k, not -k [1/angstrom]
  std::vector<std::array<int, 3>> periods_;  ///< of each wave along the cell vectors
  std::array<int, 3> most_{};                ///< the largest of them
  std::vector<double> strengths_;            ///< of k and -k together [eV/e^2]
  std::vector<double> cosines_;              ///< [atom][wave]
  std::vector<double> sines_;
};

}  // namespace cardhouse
