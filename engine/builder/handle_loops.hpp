#pragma once

#include <vector>

#include "engine/builder/surface_mesh.hpp"

namespace cardhouse {

/// A closed path of edges that cannot be shrunk to a point within the surface and does not separate it: round the waist
/// of a handle or through its hole.
struct HandleLoop {
  std::vector<SurfaceMesh::Index> vertices;  ///< in order; the last is joined to the first
  double length = 0;                         ///< [angstrom]
};

/// Short loops of different handles, shortest first. At every third vertex or so, the shortest loop that a tree of
/// shortest paths and one more edge make, without the stem that leads to it (Erickson & Har-Peled 2004,
/// doi:10.1007/s00454-003-2948-z, with homology told by random_cocycle()); then, from the shortest on, those that share
/// neither a vertex nor their class with one before. None runs round the periodic cube, and none is longer than
/// `longest`, the stem there and back included: a loop that meets none of those vertices must be shorter by twice an
/// edge to be found. Equal for any number of threads. O(vertices * vertices within longest/2). EXPECTS a mesh without
/// empty slots.
std::vector<HandleLoop> short_handle_loops(const SurfaceMesh& mesh, double longest);

}  // namespace cardhouse
