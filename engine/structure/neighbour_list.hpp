#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// One neighbour: who, and the displacement from the owner to this image of it [angstrom].
struct Neighbour {
  std::uint32_t index;
  Vector3 displacement;
};

/// All pairs closer than a cut-off, both directions, including several images of one atom and images of the atom
/// itself when the cell is small. Any cell, any cut-off. Lists are sorted by index, then by distance.
/// Built by cell lists in O(N); memory 32 bytes a neighbour.
class NeighbourList {
 public:
  /// EXPECTS cutoff > 0.
  NeighbourList(const Cell& cell, std::span<const Vector3> positions, double cutoff);
  /// Neighbours of `positions` among another set of points of the same cell (owner i of the first set).
  NeighbourList(const Cell& cell, std::span<const Vector3> positions, std::span<const Vector3> others, double cutoff);

  std::size_t size() const { return offsets_.size() - 1; }
  std::span<const Neighbour> of(std::size_t i) const {
    return {neighbours_.data() + offsets_[i], offsets_[i + 1] - offsets_[i]};
  }
  double cutoff() const { return cutoff_; }

 private:
  void build(const Cell& cell, std::span<const Vector3> positions, std::span<const Vector3> others, bool same);

  double cutoff_;
  std::vector<std::size_t> offsets_;
  std::vector<Neighbour> neighbours_;
};

}  // namespace cardhouse
