#pragma once

#include "engine/base/observer.hpp"
#include "engine/base/stream.hpp"
#include "engine/structure/scalar_grid.hpp"
#include "engine/structure/surface_mesh.hpp"

namespace cardhouse {

struct RingAnnealOptions {
  double spacing = 2.43;  ///< between vertices, which are ring centres [angstrom]
  int sweeps = 400;       ///< each turns and moves everything once; 0 does nothing
};

/// Anneals a triangulated zero level set as a crystal in two dimensions. Remeshing leaves a polycrystal: one vertex in
/// four has another valence than 6, most of them pairs of a 5 and a 7, which are dislocations of the lattice of rings.
/// Here they move. They glide when edges turn: the energy
///   E = sum over vertices (valence - 6)^2 + 3 sum over edges (length/spacing - 1)^2
/// is sampled by Metropolis at a temperature that falls linearly from 2 to 0 over the first four fifths of the sweeps,
/// while vertices yield to springs along their edges (rest length one spacing) and are shaken within the surface by 0.1
/// spacing at first; where faces are folded over, a vertex goes to the middle of its neighbours instead, or the fold
/// would grow. Crystals in two dimensions order fast that way. Vertices are neither added nor taken out meanwhile:
/// letting dislocations climb by splits and collapses brought no more hexagons, and folds fed on it (measured). Defects
/// of crystals on curved surfaces: Bowick & Giomi 2009, doi:10.1080/00018730903043166. Energies, temperature and
/// shaking: chosen by measurement, not fitted to an experiment.
///
/// Three iterations of remesh() at the end undo what tangled in folds, at the price of 1 to 2 % of the hexagons. What
/// is left is what the Gaussian curvature of the surface wants (diffused over a ring spacing, 12 % of the rings of a
/// carbon of 1300 degC), and dislocations, which become rarer as about the third root of the sweeps. Subdividing a
/// coarser mesh one to four gives flat layers 95 % hexagons at once, but tangles wherever layers fold (measured).
///
/// Watertight at every moment, the Euler characteristic stays, valences stay within the limits of SurfaceMesh. Equal
/// bits for any number of threads. The mesh comes back without empty slots. O(vertices * sweeps).
void anneal_rings(SurfaceMesh& mesh, const ScalarGrid& field, const RingAnnealOptions& options,
                  const ProgressObserver& observer, Stream& stream);

/// One sweep of Metropolis over all edges at `temperature` (in units of E); 0 takes only what lowers E. Turns that fold
/// the surface or make an edge longer than 1.6 spacings are refused. Returns how many edges turned.
std::size_t turn_edges(SurfaceMesh& mesh, double spacing, double temperature, Stream& stream);

}  // namespace cardhouse
