#pragma once

#include "engine/base/observer.hpp"
#include "engine/builder/scalar_grid.hpp"
#include "engine/builder/surface_mesh.hpp"

namespace cardhouse {

struct RemeshOptions {
  double spacing = 2.43;  ///< between vertices [angstrom]: the distance of ring centres, sqrt(3) bonds
  int iterations = 14;    ///< the counts of collapses and splits are stationary from about 10 on (measured)
  /// Edges below are collapsed, above split, in spacings; by default those of Botsch & Kobbelt.
  double shortest = 0.8;
  double longest = 4.0 / 3.0;
};

/// Isotropic remeshing of a zero level set (Botsch & Kobbelt 2004, doi:10.1145/1057432.1057457): each iteration
/// collapses short edges, splits long ones, flips edges towards valence 6 and moves the vertices towards the middle of
/// their neighbours within the surface. Deterministic for any number of threads. No step takes a valence out of the
/// limits of SurfaceMesh, and flips bring those of the marched surface into them.
void remesh(SurfaceMesh& mesh, const ScalarGrid& field, const RemeshOptions& options,
            const ProgressObserver& observer = {});

/// The pieces; each returns the number of changes it made. Lengths [angstrom].
std::size_t collapse_short_edges(SurfaceMesh& mesh, const ScalarGrid& field, const RemeshOptions& options);
std::size_t split_long_edges(SurfaceMesh& mesh, const ScalarGrid& field, const RemeshOptions& options);
/// Flips every edge whose turn lowers the sum of (valence - 6)^2, unless the new edge is longer than `longest`.
std::size_t even_out_valences(SurfaceMesh& mesh, double longest);
/// One step of 0.7 towards the mean of the neighbours, without its part along the normal, then back to the zero level.
void smooth_within_surface(SurfaceMesh& mesh, const ScalarGrid& field);

}  // namespace cardhouse
