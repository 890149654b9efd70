#pragma once

#include <cstdint>
#include <vector>

#include "engine/builder/surface_mesh.hpp"

namespace cardhouse {

/// What stays when a closed surface is bent.
struct SurfaceTopology {
  std::size_t pieces = 0;
  long handles = 0;  ///< genus of all pieces together: pieces - chi/2
};

/// EXPECTS a mesh without empty slots, like the function below.
SurfaceTopology topology(const SurfaceMesh& mesh);

/// A random cocycle of the surface in sixty-four independent copies of the two-element field, one bit each: a word per
/// half-edge, equal for twins, whose exclusive or round every face is zero. Hence the exclusive or along a closed path
/// does not change when the path is shifted over faces; it is zero for every path that separates the surface and
/// differs from zero, but for one path in 2^64, for every path round or through a handle. Edges of a spanning tree of
/// the vertices get zero, edges that cross neither it nor a spanning tree of the faces (two for each handle) get
/// scrambled numbers, and the rest follows from the leaves of the face tree (tree-cotree decomposition: Eppstein 2003,
/// arXiv:cs/0202082; Erickson & Whittlesey 2005, SODA 1038). No stream: the same mesh always gets the same words. O(N).
std::vector<std::uint64_t> random_cocycle(const SurfaceMesh& mesh);

}  // namespace cardhouse
