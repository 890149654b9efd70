#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/structure/cell.hpp"
#include "potentials/mesh_settings.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

/// The smooth part of a periodic Coulomb sum by B-splines and Fourier transforms (smooth particle mesh, Essmann 1995,
/// doi:10.1063/1.470117): E = 1/2 sum_ij q_i q_j sum_{k != 0} (4 pi K/V) e^(-k^2/(4 alpha^2))/k^2 cos k(r_i - r_j),
/// K = e^2/(4 pi eps0), of every charge with every image of every charge, itself included. Any cell. In O(N log N);
/// charges are laid on the mesh by one thread, so that results do not depend on the number of threads.
class ReciprocalMesh {
 public:
  /// EXPECTS a positive splitting, an even order from 2 to 16 and at least as many points as the order.
  explicit ReciprocalMesh(const MeshSettings& settings);
  ~ReciprocalMesh();
  ReciprocalMesh(const ReciprocalMesh&) = delete;
  ReciprocalMesh& operator=(const ReciprocalMesh&) = delete;

  /// Takes positions [angstrom] and cell, for the calls below.
  void place(const Cell& cell, std::span<const Vector3> positions);
  /// Adds dE/dq of every charge [eV/e]; E is half the sum of q dE/dq.
  void add_potential(std::span<const double> charges, std::span<double> potential);
  /// Energy and virial; adds the forces [eV/angstrom].
  Evaluation add_forces(std::span<const double> charges, std::span<Vector3> forces);

 private:
  struct Grid;
  struct Splines;
  void spread(std::span<const double> charges);
  void transform_to_potential();
  Evaluation sum_modes() const;
  void set_cell(const Cell& cell);
  Vector3 wave(std::size_t i, std::size_t j, std::size_t k) const;

  MeshSettings settings_;
  std::array<std::vector<double>, 3> moduli_;  ///< |b|^2 of eq. 4.4, [axis][m]
  std::array<Vector3, 3> rows_;                ///< reciprocal rows of the cell [1/angstrom]
  double volume_ = 0;
  std::vector<double> influence_;  ///< [mode]: (4 pi K/V) e^(-k^2/(4 alpha^2))/k^2 times the moduli [eV/e^2]
  std::vector<std::array<std::int32_t, 3>> corners_;  ///< [atom]: first mesh point of its splines
  std::vector<double> weights_;                       ///< [atom][axis][order]
  std::vector<double> slopes_;                        ///< the same, derivatives by mesh steps
  std::unique_ptr<Grid> grid_;
};

}  // namespace cardhouse
