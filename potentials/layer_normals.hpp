#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

/// Normals of a bonded layer at its atoms, with the derivatives that forces need. An atom with three bonds has the
/// normal of the plane through its neighbours, m = (r2 - r1) x (r3 - r1); with two bonds, that of the plane through
/// them, m = r1 x r2; others have none. The normal is m/sqrt(m^2 + e) with e = 1e-8 angstrom^4, so that it goes
/// smoothly to zero where a plane is not defined. Of each bond the shortest image counts.
class LayerNormals {
 public:
  explicit LayerNormals(const BondGraph& bonds);

  void update(const Atoms& atoms);
  const Vector3& normal(std::uint32_t atom) const { return normals_[atom]; }  ///< zero where there is none

  /// Adds the forces of an energy with derivatives by_m[i] = dE/dm_i; returns their virial. Sums have a fixed order.
  Virial spread(std::span<const Vector3> by_m, std::span<Vector3> forces);
  /// 1/sqrt(m^2 + e) of an atom [1/angstrom^2].
  double inverse_length(std::uint32_t atom) const { return inverse_lengths_[atom]; }

 private:
  struct Arms {
    std::uint8_t count = 0;  ///< 2 or 3; 0: no normal
    std::array<std::uint32_t, 3> atoms{};
  };
  /// Gradients of the energy by the arms of an atom.
  Virial differentiate(std::size_t atom, const Vector3& by_m);

  BondGraph bonds_;
  std::vector<Arms> arms_;
  std::vector<std::array<Vector3, 3>> vectors_;    ///< of the arms [angstrom]
  std::vector<std::array<Vector3, 3>> gradients_;  ///< by the arms
  std::vector<Vector3> normals_;
  std::vector<double> inverse_lengths_;
  std::vector<Virial> virials_;  ///< of the atoms
};

}  // namespace cardhouse
