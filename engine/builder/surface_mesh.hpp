#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/builder/periodic_cube.hpp"

namespace cardhouse {

/// A closed orientable triangle surface in a periodic cube, stored as half-edges: half-edge h belongs to face h/3 and
/// leads from start(h) to end(h); twin(h) is the same edge seen from the other face. Every edge has exactly two faces
/// at any time, so the surface is watertight by construction. Faces are anticlockwise seen from outside.
///
/// The number of edges at a vertex is its valence; remeshing keeps it in [smallest_valence, largest_valence], because
/// valences become the ring sizes of the carbon network.
class SurfaceMesh {
 public:
  using Index = std::uint32_t;
  static constexpr Index none = ~Index{0};
  static constexpr int smallest_valence = 4;
  static constexpr int largest_valence = 9;

  /// Positions are wrapped into the cube. EXPECTS that each directed edge occurs once and its reverse once, and that
  /// the faces round each vertex form one fan; vertices without a face are dropped by compact().
  SurfaceMesh(const PeriodicCube& cube, std::vector<Vector3> positions, std::vector<std::array<Index, 3>> faces);

  const PeriodicCube& cube() const { return cube_; }

  /// Slots, some of them empty after collapses; compact() removes the empty ones.
  Index vertex_slots() const { return static_cast<Index>(positions_.size()); }
  Index face_slots() const { return static_cast<Index>(start_.size() / 3); }
  bool has_vertex(Index v) const { return outgoing_[v] != none; }
  bool has_face(Index f) const { return start_[3 * f] != none; }

  static Index next(Index h) { return h % 3 == 2 ? h - 2 : h + 1; }
  static Index previous(Index h) { return h % 3 == 0 ? h + 2 : h - 1; }
  Index start(Index h) const { return start_[h]; }
  Index end(Index h) const { return start_[next(h)]; }
  Index twin(Index h) const { return twin_[h]; }
  Index apex(Index h) const { return start_[previous(h)]; }  ///< the corner of the face that is not on the edge
  int valence(Index v) const { return valence_[v]; }

  const Vector3& position(Index v) const { return positions_[v]; }
  const std::vector<Vector3>& positions() const { return positions_; }
  /// EXPECTS as many positions as vertex slots, all wrapped.
  void move(std::vector<Vector3> positions);
  Vector3 separation(Index from, Index to) const { return cube_.separation(positions_[from], positions_[to]); }
  double length(Index h) const { return norm(separation(start(h), end(h))); }
  Vector3 centroid(Index face) const;

  /// Calls visit(h) for every half-edge that starts at v, in order round the vertex.
  template <class Visit>
  void for_each_spoke(Index v, Visit&& visit) const {
    const Index first = outgoing_[v];
    Index h = first;
    do {
      visit(h);
      h = twin_[previous(h)];
    } while (h != first);
  }
  bool adjacent(Index a, Index b) const;

  /// Turns the edge inside its two faces. Refused (false) when it would leave a valence outside the limits or join two
  /// vertices that are joined already.
  bool flip(Index h);
  /// Puts a vertex at `at` on the edge, which becomes two; the two faces become four. Returns the new vertex.
  Index split(Index h, const Vector3& at);
  /// Merges the end of the edge into its start, which moves to `at`; two faces vanish. EXPECTS can_collapse(h).
  void collapse(Index h, const Vector3& at);
  /// Whether merging keeps the surface a surface (exactly two common neighbours; Dey et al. 1999, the link condition)
  /// and all valences within the limits.
  bool can_collapse(Index h) const;

  void compact();

  Index vertices() const;  ///< without empty slots
  Index faces() const;
  double area() const;  ///< [angstrom^2]
  /// V - E + F = V - F/2.
  long euler_characteristic() const { return static_cast<long>(vertices()) - static_cast<long>(faces()) / 2; }

 private:
  void find_twins();
  void count_valences();
  void join(Index h, Index other) { twin_[h] = other, twin_[other] = h; }
  void remove_face(Index f) { start_[3 * f] = start_[3 * f + 1] = start_[3 * f + 2] = none; }

  PeriodicCube cube_;
  std::vector<Vector3> positions_;
  std::vector<Index> outgoing_;  ///< one half-edge that starts at the vertex, none for an empty slot
  std::vector<int> valence_;
  std::vector<Index> start_;
  std::vector<Index> twin_;
};

}  // namespace cardhouse
