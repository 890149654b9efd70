#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/structure/vector3.hpp"
#include "potentials/symmetric_tensor.hpp"

namespace cardhouse {

/// A bond as one of its atoms (the near one) sees it.
struct ReboBond {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  Vector3 unit;           ///< towards the far atom
  double length;          ///< [angstrom]
  double weight;          ///< w(r)
  double weight_slope;    ///< dw/dr [1/angstrom]
  std::uint32_t far;      ///< the far atom
  std::uint32_t reverse;  ///< this bond as the far atom sees it; none when rounding put it beyond the cut-off
};

/// Calls work(j, k, cosine) for the angle between every two bonds of an atom.
template <class Work>
void for_angles(std::span<const ReboBond> bonds, Work work) {
  for (std::size_t j = 0; j < bonds.size(); ++j) {
    for (std::size_t k = j + 1; k < bonds.size(); ++k) work(j, k, dot(bonds[j].unit, bonds[k].unit));
  }
}

/// Sums over the other bonds of the near atom, on which the order of a bond depends.
struct ReboSums {
  double order = 1;         ///< 1 + sum_k w G exp(lambda) + P
  double conjugation = 0;   ///< sum over carbon neighbours k of w f(N_k - w)
  SymmetricTensor torsion;  ///< sum_k w u u, u = unit vector of k across this bond
};

/// Derivatives of the energy by what the near atom knows of a bond.
struct ReboSlopes {
  double order = 0;         ///< by the sum of that name [eV]
  double conjugation = 0;   ///< by the sum of that name [eV]
  double torsion = 0;       ///< by tr M tr M' - M : M' of the torsion tensors of both ends [eV]
  double coordination = 0;  ///< by the near atom's coordination without this bond [eV]
  double weight = 0;        ///< by w in sums over neighbours [eV]
  double length = 0;        ///< by r, all the rest [eV/angstrom]
  Vector3 vector;           ///< by the vector from the near to the far atom, all the rest [eV/angstrom]
};

/// What an atom adds to the gradient by a bond's vector, and, through conjugation, by the far atom's coordination.
struct ReboGradient {
  Vector3 by_vector;           ///< [eV/angstrom]
  double by_coordination = 0;  ///< [eV]
};

}  // namespace cardhouse
