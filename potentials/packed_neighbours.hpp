#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/structure/vector3.hpp"
#include "potentials/potential.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

/// Neighbours of one atom within a cut-off, packed for vector loops. Distances come in whole groups of `lanes`; what
/// fills a group up stands at the cut-off and belongs to the atom itself.
struct PackedNeighbours {
  static constexpr std::size_t capacity = 512;
  static constexpr std::size_t lanes = 8;
  static constexpr double least_distance = 1e-9;  ///< [angstrom]

  std::array<double, capacity> x, y, z, r;  ///< vector from the atom, and its length [angstrom]
  std::array<double, capacity> slopes;      ///< room for a derivative by each distance
  std::array<std::uint32_t, capacity> owners;
  std::size_t size = 0;

  static constexpr std::size_t filled(std::size_t n) { return (n + lanes - 1) / lanes * lanes; }
  std::span<const double> distances() const { return {r.data(), filled(size)}; }

  /// EXPECTS no more than `capacity` sites.
  void pack(const VerletList& list, std::uint32_t home, std::span<const std::uint32_t> sites, double cutoff);
  /// Adds slopes[k] along every pair to the force on the atom, and half of the virial of the pairs. Closer than
  /// `least_distance` the force fades, for there is no direction.
  void add_forces(Vector3& force, Virial& virial) const;
};

/// Calls work(kind of the neighbours, sites) for all neighbours of home number h of a block, `capacity` at most a time.
template <class Work>
void for_neighbour_groups(const VerletList::Block& block, std::size_t h, std::size_t n_kinds, Work work) {
  for (std::size_t kind = 0; kind < n_kinds; ++kind) {
    const std::size_t end = block.starts[h * n_kinds + kind + 1];
    for (std::size_t first = block.starts[h * n_kinds + kind]; first < end; first += PackedNeighbours::capacity) {
      work(kind, std::span(block.neighbours).subspan(first, std::min(PackedNeighbours::capacity, end - first)));
    }
  }
}

}  // namespace cardhouse
