#pragma once

#include "engine/base/stream.hpp"
#include "engine/builder/vertex_stars.hpp"

namespace cardhouse {

struct EdgeTurningOptions {
  double spacing = 2.43;   ///< between vertices [angstrom]
  double temperature = 0;  ///< in units of E; 0 takes only what lowers it
};

/// One sweep of Metropolis over all edges of a surface, whose energy is
///   E = sum over vertices (valence - 6)^2 + 3 sum over edges (length/spacing - 1)^2,
/// edges above 1.6 spacings counting as that long. Turns that fold the surface or make an edge longer than 1.6 spacings
/// are refused. All edges are judged where they stand, by threads; those taken then turn one after the other if they
/// would still be taken, so that what one turn makes possible for its neighbours waits for the next sweep. Returns how
/// many edges turned. Equal bits for any number of threads.
std::size_t turn_edges(VertexStars& stars, const EdgeTurningOptions& options, Stream& stream);

}  // namespace cardhouse
