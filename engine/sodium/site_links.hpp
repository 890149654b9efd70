#pragma once

#include <span>

#include "engine/sodium/site_network.hpp"
#include "engine/sodium/site_parameters.hpp"
#include "engine/structure/atom_locator.hpp"

namespace cardhouse {

/// Whether a site lies between two layers, whatever its class.
inline bool in_gallery(const Site& site) {
  return site.spacing > 0;
}

/// Whether a path between two sites runs along layers of this normal: within 37 degrees, sin 37 = 0.6.
bool runs_along(const Vector3& path, const Vector3& normal);

/// Barrier of a hop in the kinetically resolved form, in which the forward barrier is KRA + dE/2 [eV]:
///   gallery to gallery   by the mean of the two spacings
///   gallery to the rest  entrance or exit, by the spacing of the gallery
///   to or from a core    in-pore
///   on free faces        ordered between hexagons, disordered when either is a defect or an edge; likewise in slits
/// Infinite when a gallery on either side is narrower than `narrowest`.
double hop_barrier(const Site& a, const Site& b, const HopBarriers& barriers);

/// What links are searched among. `normals` belong to the sites and are zero in pores.
struct LinkSearch {
  std::span<const Site> sites;
  std::span<const Vector3> normals;
  const AtomLocator& atoms;
};

/// Hops between neighbouring sites, sorted by (first, second), first < second, one a pair, through its shortest image.
///
/// A pair up to `link_reach` apart is a hop when its barrier is finite, its straight path keeps `link_clearance` from
/// all atoms (in and into galleries `gallery_clearance`, and there the path must run along the layers: within 37
/// degrees of them), and no third site that both can hop to lies in the sphere over the pair (the Gabriel graph,
/// Gabriel & Sokal 1969, doi:10.2307/2412323): so hops go to first neighbours and not over the top of them.
std::vector<SiteLink> find_links(const LinkSearch& search, const SiteParameters& parameters);

}  // namespace cardhouse
