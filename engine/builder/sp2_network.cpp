#include "engine/builder/sp2_network.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

// Marks with `piece` all faces connected with `first`; returns how many there are.
std::size_t flood(const SurfaceMesh& mesh, Index first, Index piece, std::vector<Index>& piece_of) {
  std::vector<Index> open{first};
  piece_of[first] = piece;
  std::size_t size = 0;
  while (!open.empty()) {
    const Index face = open.back();
    open.pop_back();
    ++size;
    for (Index h = 3 * face; h < 3 * face + 3; ++h) {
      const Index other = mesh.twin(h) / 3;
      if (piece_of[other] != SurfaceMesh::none) continue;
      piece_of[other] = piece;
      open.push_back(other);
    }
  }
  return size;
}

// Number of the atom of every face, none for faces of pieces that are too small.
std::vector<Index> number_atoms(const SurfaceMesh& mesh, std::size_t smallest_piece) {
  std::vector<Index> piece_of(mesh.face_slots(), SurfaceMesh::none);
  std::vector<std::size_t> sizes;
  for (Index face = 0; face < mesh.face_slots(); ++face)
    if (piece_of[face] == SurfaceMesh::none)
      sizes.push_back(flood(mesh, face, static_cast<Index>(sizes.size()), piece_of));
  Index atoms = 0;
  std::vector<Index> atom_of(mesh.face_slots(), SurfaceMesh::none);
  for (Index face = 0; face < mesh.face_slots(); ++face)
    if (sizes[piece_of[face]] >= smallest_piece) atom_of[face] = atoms++;
  return atom_of;
}

}  // namespace

int Sp2Network::coordination(std::size_t atom) const {
  return static_cast<int>(std::count_if(neighbours[atom].begin(), neighbours[atom].end(),
                                        [](std::uint32_t other) { return other != no_atom; }));
}

std::size_t Sp2Network::edge_atoms() const {
  std::size_t edges = 0;
  for (std::size_t atom = 0; atom < size(); ++atom) edges += is_edge(atom);
  return edges;
}

std::vector<Bond> Sp2Network::bonds() const {
  std::vector<Bond> bonds;
  for (std::uint32_t atom = 0; atom < size(); ++atom)
    for (const std::uint32_t other : neighbours[atom])
      if (other != no_atom && other > atom) bonds.push_back({atom, other});
  return bonds;
}

double Sp2Network::longest_bond() const {
  double longest = 0;
  for (const auto& [a, b] : bonds()) longest = std::max(longest, cube.distance(positions[a], positions[b]));
  return longest;
}

Sp2Network dual_network(const SurfaceMesh& mesh, std::size_t smallest_piece) {
  EXPECTS(mesh.faces() == mesh.face_slots() && mesh.vertices() == mesh.vertex_slots());
  const std::vector<Index> atom_of = number_atoms(mesh, smallest_piece);
  Sp2Network network{mesh.cube(), {}, {}, {}};
  for (Index face = 0; face < mesh.face_slots(); ++face) {
    if (atom_of[face] == SurfaceMesh::none) continue;
    network.positions.push_back(mesh.centroid(face));
    network.neighbours.push_back(
        {atom_of[mesh.twin(3 * face) / 3], atom_of[mesh.twin(3 * face + 1) / 3], atom_of[mesh.twin(3 * face + 2) / 3]});
  }
  for (Index v = 0; v < mesh.vertex_slots(); ++v) {
    Ring ring;
    mesh.for_each_spoke(v, [&](Index h) { ring.push_back(atom_of[h / 3]); });
    if (ring.front() != SurfaceMesh::none) network.rings.push_back(std::move(ring));
  }
  return network;
}

}  // namespace cardhouse
