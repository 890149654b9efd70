#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/structure/atoms.hpp"
#include "potentials/reciprocal_mesh.hpp"
#include "potentials/value_and_slope.hpp"
#include "potentials/verlet_list.hpp"
#include "potentials/wave_sum.hpp"

namespace cardhouse {

/// K erf(b r)/r as a function of r^2, with its derivative by r^2; finite and smooth at r = 0 [eV/e^2].
ValueAndSlope smeared_coulomb(double b, double r2);

/// Gaussian charges in a periodic cell: E = 1/2 sum over pairs and images of q_i q_j K erf(b_ij r)/r,
/// b_ij = 1/sqrt(2 (sigma_i^2 + sigma_j^2)), each charge with its own images but not with itself; a uniform background
/// neutralises the cell, which makes the mean electrostatic potential zero. Split as in ParticleMesh: [erf(b r) -
/// erf(alpha r)]/r in real space, the rest by waves, one by one (WaveSum, exact to 1e-10) or on a mesh.
class GaussianCharges {
 public:
  /// How the sum is taken.
  struct Options {
    bool exact;    ///< wave by wave, for few charges
    double force;  ///< accuracy of the mesh, as in MeshAccuracy [eV/angstrom]
  };
  /// `kinds[i]` says which of the `widths` [angstrom] atom i has. EXPECTS at least one atom.
  GaussianCharges(const Atoms& atoms, std::vector<std::uint8_t> kinds, std::vector<double> widths, Options options);

  /// Takes positions and cell, for the calls below.
  void place(const Atoms& atoms);
  /// d2E/dq_i dq_j [eV/e^2], n x n. EXPECTS `exact`.
  std::vector<double> matrix() const;
  /// dE/dq [eV/e]; overwrites.
  void find_potential(std::span<const double> charges, std::span<double> potential);
  /// Energy [eV] and virial [eV]; overwrites the forces [eV/angstrom].
  Evaluation evaluate(std::span<const double> charges, std::span<Vector3> forces);
  double range() const { return range_; }  ///< of the real-space part [angstrom]

 private:
  /// The pairs of one block of the list that are within the range, from both sides.
  struct Pairs {
    std::vector<std::uint32_t> atoms;  ///< [home]
    std::vector<std::size_t> starts;   ///< [home], and the end
    std::vector<std::uint32_t> others;
    std::vector<Vector3> displacements;
    std::vector<ValueAndSlope> kernels;  ///< real space, as smeared_coulomb
  };
  double kernel_scale(std::size_t kind, std::size_t other) const;  ///< b [1/angstrom]
  double background(std::size_t kind, std::size_t other) const;    ///< of the matrix [eV/e^2]
  void find_pairs(const VerletList::Block& block, Pairs& pairs) const;
  void add_background(std::span<const double> charges, std::span<double> potential) const;
  Evaluation real_space(const Pairs& pairs, std::span<const double> charges, std::span<Vector3> forces) const;

  std::vector<std::uint8_t> kinds_;
  std::vector<double> widths_;
  double splitting_ = 0;
  double range_ = 0;
  double volume_ = 0;
  std::unique_ptr<VerletList> list_;
  std::unique_ptr<WaveSum> waves_;        ///< exact, or
  std::unique_ptr<ReciprocalMesh> mesh_;  ///< this
  std::vector<Pairs> pairs_;              ///< [block]
};

}  // namespace cardhouse
