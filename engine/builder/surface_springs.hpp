#pragma once

#include "engine/base/stream.hpp"
#include "engine/builder/scalar_grid.hpp"
#include "engine/builder/vertex_stars.hpp"

namespace cardhouse {

/// Springs along the edges of a surface that keep its vertices one spacing apart, on the zero level set of a field.
/// Keeps a reference to the field. The surface must keep its vertices from one call to the next.
class SurfaceSprings {
 public:
  /// Distances [angstrom].
  SurfaceSprings(const ScalarGrid& field, double spacing) : field_(field), spacing_(spacing) {}

  /// Moves every vertex once along the mean pull of its springs, 1.2 of it, at most 0.4 spacings, and a random way of
  /// standard deviation `shaking` [angstrom] along each axis, both within the surface. Where faces are folded over, a
  /// vertex goes towards the middle of its neighbours instead, or the fold would grow. In every eighth call the field
  /// is looked at and vertices return to its level set by one Newton step; until then they stay in the plane that
  /// touches it there (looking every time gives the same rings, measured). Equal bits for any number of threads.
  void move(VertexStars& stars, double shaking, Stream& stream);

 private:
  /// The surface near a vertex.
  struct Plane {
    float x, y, z;  ///< unit normal; zero where the field has none
    bool folded;    ///< some face looks the other way
  };
  struct Fan;

  double look(const VertexStars& stars, VertexStars::Index v, const Fan& fan);
  Vector3 yielded(const VertexStars& stars, VertexStars::Index v, const Vector3& shake);

  const ScalarGrid& field_;
  double spacing_;
  int moves_ = 0;
  std::vector<Plane> planes_;
  std::vector<VertexStars::Place> moved_;
};

}  // namespace cardhouse
