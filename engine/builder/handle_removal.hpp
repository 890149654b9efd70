#pragma once

#include <span>

#include "engine/builder/handle_loops.hpp"
#include "engine/builder/pore_placement.hpp"
#include "engine/builder/scalar_grid.hpp"

namespace cardhouse {

struct HandleRemovalOptions {
  double spacing = 3.6;        ///< between layers [angstrom]
  double ring_spacing = 2.43;  ///< edges of the surface on which loops are looked for [angstrom]
  double share = 1;            ///< of all handles that is to go, those with the shortest loops first; 0 does nothing
  double longest_loop = 24;    ///< handles without a loop that short stay [angstrom]
  int rounds = 3;              ///< of finding and filling: loops that cross or touch a shorter one wait for the next
};

struct HandleRemoval {
  long before = 0;            ///< handles of the layers as they were found
  std::size_t closed = 0;     ///< loops that were filled
  double longest_closed = 0;  ///< [angstrom]
};

/// Removes handles from the zero level set of a lamellar field: necks between neighbouring layers, the spiral ramps of
/// screw dislocations and the saddles of grain boundaries. Each costs twelve heptagons, since the sum of (6 - size)
/// over rings is six times chi and a handle lowers chi by two; rearranging bonds cannot pay that back. Loops are found
/// on a coarse mesh of the surface (Guskov & Wood 2001, "Topological noise removal", Graphics Interface 19) and filled
/// in the field (Wood et al. 2004, doi:10.1145/990002.990007), which parts one neck into two whole layers; then ten
/// steps of annealing that keep the topology bring the layers back to their spacing. Each layer that spans the periodic
/// cell keeps one handle. Three rounds leave half of what one leaves, and 1 % more hexagons; six leave no fewer
/// (measured on a few boxes of 8000 atoms with flat pores).
///
/// The first layer of every pore has no part in it: a closed pore stays closed. A loop is as good as any other of its
/// length: some run through the hole of a handle instead of round its waist, and filling those costs as little.
HandleRemoval remove_handles(ScalarGrid& field, const PoreLayout& pores, const HandleRemovalOptions& options);

struct LoopFilling {
  double thickness;            ///< of the sheet [angstrom]
  std::span<const char> held;  ///< per grid point, set where it stays as it is; empty: nowhere
};

/// Fills a loop with a sheet spanned by it and its centre: the field there gets the sign that it has outside the loop,
/// which parts the surface along the loop and closes both ends. EXPECTS a loop of the mesh, a positive thickness.
void fill_loop(ScalarGrid& field, const SurfaceMesh& mesh, const HandleLoop& loop, const LoopFilling& filling);

}  // namespace cardhouse
