#pragma once
// What EdipCarbon keeps while it works on one atom.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "potentials/edip_carbon.hpp"
#include "potentials/value_and_slope.hpp"

namespace cardhouse {

/// Derivatives of the energy of an atom by what it knows of a bond.
struct EdipCarbon::Slopes {
  Vector3 unit;  ///< by the direction, as if its length were free
  double length = 0;
  double pi = 0;
};

/// The tensors and sums of edip_carbon.hpp, and the coordination they give.
struct EdipCarbon::Environment {
  SymmetricTensor pushers;  ///< R
  SymmetricTensor normals;  ///< Q
  double in_line = 0;       ///< A
  double across = 0;        ///< B
  double dihedral = 0;      ///< D
  double coordination = 0;  ///< Z
};

struct EdipCarbon::Scratch {
  std::vector<Slopes> slopes;            ///< [bond of the row]
  std::vector<std::uint32_t> pi_bonds;   ///< those with p > 0
  std::vector<SymmetricTensor> arms;     ///< of each of them: pi_3(z_j) p_j (K_j - p_j e_j e_j)
  SymmetricTensor all_arms;              ///< their sum
  std::vector<SymmetricTensor> own;      ///< of each of them: the part of Q that it takes part in
  std::vector<std::uint32_t> near;       ///< bonds within the range that Z gives
  std::vector<ValueAndSlope> envelopes;  ///< g and its derivative by r, of each of those
  double slope = 0;                      ///< of the energy of the atom by Z
  double longest = 0;                    ///< range met so far [angstrom]
};

/// Neighbours of one atom within the reach, one after the other in plain arrays.
struct EdipCarbon::Candidates {
  std::vector<double> x, y, z;  ///< vector from the atom, then its direction
  std::vector<double> length;   ///< first its square
  std::vector<double> push, push_slope;
  std::vector<std::uint32_t> pair;
  std::size_t size = 0;

  void make_room(std::size_t most) {
    for (auto* values : {&x, &y, &z, &length, &push, &push_slope}) values->resize(std::max(values->size(), most));
    pair.resize(std::max(pair.size(), most));
  }
};

}  // namespace cardhouse
