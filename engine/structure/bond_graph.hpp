#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

using Bond = std::array<std::uint32_t, 2>;  ///< two atom indices, first < second

/// Which atoms are bonded. Immutable; neighbours of an atom are sorted.
class BondGraph {
 public:
  BondGraph() : offsets_(1, 0) {}
  /// EXPECTS indices < n_atoms, no bond of an atom to itself. Duplicates count once.
  BondGraph(std::size_t n_atoms, std::vector<Bond> bonds);
  /// Bonds by distance: two atoms closer than 1.2 times the sum of their covalent radii (Cordero 2008,
  /// doi:10.1039/b801115j); 1.75 angstrom for C-C.
  static BondGraph from_distances(const Atoms& atoms);

  std::size_t size() const { return offsets_.size() - 1; }
  std::span<const std::uint32_t> of(std::size_t atom) const {
    return {neighbours_.data() + offsets_[atom], offsets_[atom + 1] - offsets_[atom]};
  }
  std::size_t degree(std::size_t atom) const { return offsets_[atom + 1] - offsets_[atom]; }
  bool bonded(std::uint32_t a, std::uint32_t b) const;
  const std::vector<Bond>& bonds() const { return bonds_; }  ///< sorted, each once
  /// For every atom the number of its connected fragment, 0, 1, ... in order of first atom.
  std::vector<std::uint32_t> fragments() const;

 private:
  std::vector<Bond> bonds_;
  std::vector<std::uint32_t> offsets_;
  std::vector<std::uint32_t> neighbours_;
};

/// What the builder hands on and every later stage reads: atoms with their bonds.
struct CarbonStructure {
  Atoms atoms;
  BondGraph bonds;
};

}  // namespace cardhouse
