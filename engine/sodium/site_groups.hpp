#pragma once
// Which sites share their electrons (domains) and which open together (patches).

#include <span>
#include <vector>

#include "engine/sodium/site_network.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Pieces of carbon joined by bonds between lattice atoms (C, N, B, P, S); bridges of oxygen do not conduct.
struct CarbonDomains {
  std::vector<CarbonDomain> domains;    ///< in order of their first atom
  std::vector<std::int32_t> domain_of;  ///< for every atom; -1 for one that is no lattice atom
};
/// Area of a domain is `atom_area` [angstrom^2] times its atoms.
CarbonDomains find_domains(const CarbonStructure& structure, double atom_area);

/// What there is to know of the layers at each site.
struct LayersAtSites {
  std::span<const Vector3> normals;  ///< zero in pores
  std::span<const double> areas;     ///< of the layer that belongs to the site [angstrom^2]
};

/// Sets `patch` of every gallery site and returns the patches. Two gallery sites are beside each other when they are at
/// most 3 angstrom apart (hexagons of a sheet: 2.46) along the layers, within 37 degrees of them, whether sodium can
/// hop from one to the other or not: layers too close for hops bend and open with their surroundings. A patch is what
/// can be reached from its first site through such neighbours without leaving the disc of `patch_area` round that site;
/// pieces below a quarter of that area join the patch beside them. Depends on the order of the sites, not on where the
/// origin is.
std::vector<GalleryPatch> find_patches(const Cell& cell, std::vector<Site>& sites, const LayersAtSites& layers,
                                       double patch_area);

}  // namespace cardhouse
