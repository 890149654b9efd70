#pragma once

#include "engine/base/observer.hpp"
#include "engine/base/stream.hpp"
#include "engine/builder/scalar_grid.hpp"
#include "engine/builder/surface_mesh.hpp"

namespace cardhouse {

struct RingAnnealOptions {
  double spacing = 2.43;  ///< between vertices, which are ring centres [angstrom]
  int sweeps = 250;       ///< each turns and moves everything once; 0 does nothing
};

/// Anneals a triangulated zero level set as a crystal in two dimensions. Remeshing leaves a polycrystal: one vertex in
/// four has another valence than 6, most of them pairs of a 5 and a 7, which are dislocations of the lattice of rings.
/// Here they move. They glide when edges turn (turn_edges() has the energy), at a temperature that falls linearly from
/// 2 to 0 over the first nine tenths of the sweeps, while vertices yield to springs along their edges (SurfaceSprings)
/// and are shaken within the surface by 0.07 spacings at first. Crystals in two dimensions order fast that way.
/// Vertices are neither added nor taken out meanwhile: letting dislocations climb by splits and collapses brought no
/// more hexagons, and folds fed on it (measured). Defects of crystals on curved surfaces: Bowick & Giomi 2009,
/// doi:10.1080/00018730903043166. Energies, temperature and shaking: chosen by measurement, not fitted to an
/// experiment.
///
/// Two iterations of remesh() at the end undo what tangled in folds. They take only edges that are off by far: with
/// the usual limits of length they cost 1.5 % of the hexagons. What is left is what the Gaussian curvature of the
/// surface wants (diffused over a ring spacing, 12 % of the rings of a carbon of 1300 degC), and dislocations, which
/// become rarer as a small power of the sweeps. Subdividing a coarser mesh one to four gives flat layers 95 % hexagons
/// at once, but tangles wherever layers fold (measured).
///
/// Watertight at every moment, the Euler characteristic stays, valences stay within the limits of SurfaceMesh. Equal
/// bits for any number of threads. The mesh comes back without empty slots, in an order in which near vertices and
/// faces have near numbers. O(vertices * sweeps).
void anneal_rings(SurfaceMesh& mesh, const ScalarGrid& field, const RingAnnealOptions& options,
                  const ProgressObserver& observer, Stream& stream);

}  // namespace cardhouse
