#pragma once
// Where sodium can be and how it gets from one place to the next. Found from the atoms (find_sites), read by the
// Hamiltonian, the grand-canonical sampler and the transport model.

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// What a site is, by its surroundings.
enum class SiteClass : std::uint8_t {
  Gallery,   ///< between two layers
  Terrace,   ///< hollow of a hexagon with one free face
  Defect,    ///< over a ring that is no hexagon, or over a vacancy
  Edge,      ///< beside a two-coordinated or terminated carbon
  PoreWall,  ///< place for metal on the wall of a pore wider than 7 angstrom
  PoreCore,  ///< place for metal behind it
  Mouth,     ///< at the entrance from a gallery to a pore
  Slit,      ///< between two faces farther apart than a gallery and nearer than a pore
};
inline constexpr int site_class_count = 8;
std::string_view name(SiteClass kind);  ///< "gallery", "terrace", ..., for files and tables

/// Whether sodium of this class is metal.
constexpr bool in_pore(SiteClass kind) {
  return kind == SiteClass::PoreWall || kind == SiteClass::PoreCore;
}

/// One site. Energies relative to bcc sodium metal at zero host charge, negative is stable. The charge of a pore site
/// is what a lone atom would give the wall; the Hamiltonian takes pore sodium as metal and donates none of it.
struct Site {
  Vector3 position;  ///< [angstrom]
  SiteClass kind;
  double energy = 0;         ///< E0 [eV]; zero in pores, where all of it is in the metal and wetting terms
  double charge = 0;         ///< electrons donated to the host when occupied [e]; pores: see above
  double spacing = 0;        ///< local distance of the two layers of a gallery [angstrom]; 0 elsewhere
  double curvature = 0;      ///< of the wall towards the site, positive when concave [1/angstrom]
  double wall_distance = 0;  ///< to the nearest carbon [angstrom]
  double covered_area = 0;   ///< wall area covered when occupied, pore wall only [angstrom^2]
  std::int32_t domain = -1;  ///< carbon domain whose electronic states it fills; -1: none
  std::int32_t patch = -1;   ///< gallery patch that opens with it; -1: none
  double gallery_share = 0;  ///< of the level of the galleries in the energy of a site in a slit; 0 elsewhere
  bool outside = false;      ///< the electrolyte touches it (reachability.hpp)
  double access = 0;         ///< barrier of the easiest way in, infinite when there is none [eV]
};

/// A possible hop between two sites.
struct SiteLink {
  std::uint32_t first;
  std::uint32_t second;
  Vector3 displacement;  ///< from first to second through the shortest image [angstrom]
  double barrier = 0;    ///< kinetically resolved activation energy [eV]
};

/// A connected piece of carbon that shares its electrons.
struct CarbonDomain {
  double area = 0;  ///< sum of the areas of its atoms [angstrom^2]
};

/// A connected piece of gallery that opens as one.
struct GalleryPatch {
  double area = 0;     ///< [angstrom^2]
  double spacing = 0;  ///< mean spacing without sodium [angstrom]
};

struct SiteNetwork {
  Cell cell;
  std::vector<Site> sites;
  std::vector<SiteLink> links;
  std::vector<CarbonDomain> domains;
  std::vector<GalleryPatch> patches;
  double host_mass = 0;  ///< of everything but sodium [dalton]
};

/// Capacity of `sodium` atoms in this host [mAh/g].
double capacity(const SiteNetwork& network, double sodium);

}  // namespace cardhouse
