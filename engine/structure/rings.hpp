#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Atoms of a ring in order round the ring, starting at the smallest index, towards its smaller neighbour.
using Ring = std::vector<std::uint32_t>;

/// All shortest-path rings of up to `max_size` atoms: rings with no shortcut between any two of their atoms
/// (Franzblau 1991, doi:10.1103/PhysRevB.44.4925). Sorted by size, then by atoms. O(N) for bounded degree.
/// EXPECTS 3 <= max_size <= 24.
std::vector<Ring> find_rings(const BondGraph& bonds, int max_size);

/// Share of rings by size; larger ones count as 9.
struct RingShares {
  std::array<double, 10> of_size{};
  double pentagons() const { return of_size[5]; }
  double hexagons() const { return of_size[6]; }
  double heptagons() const { return of_size[7]; }
};

RingShares ring_shares(std::span<const Ring> rings);

/// Centre and unit normal (by the area vector) of a ring, using nearest images along the ring [angstrom].
struct RingPlane {
  Vector3 centre;
  Vector3 normal;
};
RingPlane ring_plane(const Ring& ring, const Atoms& atoms);

}  // namespace cardhouse
