#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/builder/surface_mesh.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {

/// A three-coordinated network without crossing bonds, laid on a closed surface; after a cut (edges.hpp) some atoms
/// have only two neighbours.
struct Sp2Network {
  static constexpr std::uint32_t no_atom = ~std::uint32_t{0};  ///< stands for a neighbour that was cut off

  PeriodicCube cube;
  std::vector<Vector3> positions;                        ///< of the atoms, wrapped [angstrom]
  std::vector<std::array<std::uint32_t, 3>> neighbours;  ///< of every atom, in order round it
  std::vector<Ring> rings;  ///< atoms in order round each ring that is whole (not rotated to the smallest)

  std::size_t size() const { return positions.size(); }
  int coordination(std::size_t atom) const;
  bool is_edge(std::size_t atom) const { return coordination(atom) == 2; }
  std::size_t edge_atoms() const;
  double longest_bond() const;  ///< [angstrom], 0 without bonds
  std::vector<Bond> bonds() const;
};

/// The dual of a triangle surface: an atom in the centroid of every face, a bond across every edge, a ring round every
/// vertex. Hence every atom has exactly three neighbours, a ring has as many atoms as its vertex has edges, and
/// sum over rings of (6 - size) = 6 chi. The bond across an edge is a third of the distance of the two opposite
/// corners. Closed pieces of fewer than `smallest_piece` atoms are left out. EXPECTS a mesh without empty slots.
Sp2Network dual_network(const SurfaceMesh& mesh, std::size_t smallest_piece = 1);

}  // namespace cardhouse
