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

/// Sets `patch` of every gallery site and returns the patches. A patch is what can be reached from its first site by
/// hops between gallery sites without leaving the disc of `patch_area` round that site; pieces below a quarter of that
/// area join the patch they are linked to. Depends on the order of the sites, not on where the origin is.
/// `areas` is the share of the layer that belongs to each site [angstrom^2].
std::vector<GalleryPatch> find_patches(std::vector<Site>& sites, const std::vector<SiteLink>& links,
                                       std::span<const double> areas, double patch_area);

}  // namespace cardhouse
