#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/builder/surface_mesh.hpp"

namespace cardhouse {

/// A closed triangle surface as the star of every vertex: its neighbours in order round it, anticlockwise seen from
/// outside. Edges turn and vertices move, faster than in a SurfaceMesh; none come or go.
class VertexStars {
 public:
  using Index = SurfaceMesh::Index;
  static constexpr int most_neighbours = 15;

  /// One edge, whose ends are given and whose turn joins the tips of its two faces instead.
  struct Edge {
    Index from, to;
    Index left, right;  ///< tips
  };

  /// A wrapped position, in single precision: seven digits of some 200 angstrom are 1e-5 angstrom.
  struct Place {
    float x, y, z;
  };

  /// The vertices of the mesh, numbered anew along a space-filling curve, so that neighbours lie near each other in
  /// memory. EXPECTS a mesh without empty slots and no valence above `most_neighbours`.
  explicit VertexStars(const SurfaceMesh& mesh);
  /// The same surface; vertices keep their numbers here, faces are in the order of their first vertex.
  SurfaceMesh mesh() const;

  const PeriodicCube& cube() const { return cube_; }
  Index size() const { return static_cast<Index>(stars_.size()); }
  int valence(Index v) const { return valences_[v]; }
  std::span<const Index> neighbours(Index v) const { return {stars_[v].ends, static_cast<std::size_t>(valences_[v])}; }
  const Place& place(Index v) const { return places_[v]; }
  Vector3 position(Index v) const { return {places_[v].x, places_[v].y, places_[v].z}; }
  Vector3 separation(Index from, Index to) const { return cube_.separation(position(from), position(to)); }
  Place wrapped(const Vector3& position) const;
  /// Puts the vertices there and gives back where they were. EXPECTS as many places as vertices.
  void exchange(std::vector<Place>& places);

  /// The edge from v to its k-th neighbour.
  Edge edge(Index v, int k) const {
    const Index* ends = stars_[v].ends;
    const int last = valences_[v] - 1;
    return {v, ends[k], ends[k == last ? 0 : k + 1], ends[k == 0 ? last : k - 1]};
  }
  /// Turns the edge inside its two faces. Refused (false) when it is no edge of these faces any more, would leave a
  /// valence outside the limits of SurfaceMesh, or join two vertices that are joined already.
  bool turn(const Edge& edge);

 private:
  struct alignas(64) Star {
    Index ends[most_neighbours + 1];
  };

  /// Which neighbour of v it is, -1 for none.
  int rank_of(Index neighbour, Index v) const;
  void insert_after(Index before, Index neighbour, Index v);
  void remove(Index neighbour, Index v);

  PeriodicCube cube_;
  std::vector<Place> places_;
  std::vector<Star> stars_;
  std::vector<std::uint8_t> valences_;
};

}  // namespace cardhouse
