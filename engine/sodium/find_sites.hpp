#pragma once

#include "engine/sodium/site_network.hpp"
#include "engine/sodium/site_parameters.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Finds where sodium can be in a carbon and how it gets about, from atoms and bonds alone. In steps:
///   1. the faces of the network (find_ring_faces) and what lies opposite each of their sides (find_hollows)
///   2. places for metal in the pores (fill_pores); they take the place of the hollows on pore walls
///   3. energies and charges from the catalogue (hollow_energy, hollow_charge, pore_charge)
///   4. hops between neighbours (find_links), domains and patches
///   5. what the electrolyte touches, and the ways in from there (reachability.hpp)
///
/// A site has one class, the first of these that holds: defect (vacancy or heteroatom), mouth, edge, gallery,
/// slit, pore wall, defect (any other ring that is no hexagon, on a free face), terrace. Pentagons and heptagons bend
/// the sheet; between two faces or on a pore wall they shift the energy of a site, not its class. What the class hides
/// stays in the fields: every site between two layers has a spacing and a patch. Energies are those the Hamiltonian
/// expects: without its curvature, wetting and metal terms. Sites of pores, wall and core, thus have energy zero: what
/// sodium costs there depends on the sodium around it.
///
/// Sites stand in the order of the faces, then of the pore grid; the result does not depend on threads. Translating the
/// structure translates the network. O(atoms).
///
/// Throws InputError when there is no carbon, no bond, sodium already, or two atoms on top of each other.
SiteNetwork find_sites(const CarbonStructure& structure, const SiteParameters& parameters);

}  // namespace cardhouse
