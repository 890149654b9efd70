#include "engine/sodium/find_sites.hpp"

#include <algorithm>
#include <string>

#include "engine/base/errors.hpp"
#include "engine/sodium/pore_grid.hpp"
#include "engine/sodium/reachability.hpp"
#include "engine/sodium/site_energies.hpp"
#include "engine/sodium/site_groups.hpp"
#include "engine/sodium/site_links.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr double overlap = 0.4;  // below every bond, even of a network that is not relaxed yet [angstrom]

void check(const CarbonStructure& structure) {
  const Atoms& atoms = structure.atoms;
  if (count(atoms, Element::C) == 0) throw InputError("no sodium sites (the structure has no carbon)");
  if (count(atoms, Element::Na) > 0)
    throw InputError("no sodium sites (the structure already holds sodium)", "remove it first");
  if (structure.bonds.size() != atoms.size())
    throw InputError("no sodium sites (the bonds are those of " + std::to_string(structure.bonds.size()) +
                     " atoms, the structure has " + std::to_string(atoms.size()) + ")");
  if (structure.bonds.bonds().empty())
    throw InputError("no sodium sites (the structure has no bonds)", "find bonds by distance first");
  const NeighbourList near(atoms.cell, atoms.positions, overlap);
  for (std::size_t i = 0; i < near.size(); ++i)
    if (!near.of(i).empty())
      throw InputError("no sodium sites (atoms " + std::to_string(i) + " and " +
                           std::to_string(near.of(i).front().index) + " are less than 0.4 angstrom apart)",
                       "relax the structure first");
}

AtomLocator locate(const Atoms& atoms) {
  return {atoms, std::vector<double>(atoms.size(), 0.0)};
}

// The atoms sheets are made of, with their numbers in the structure.
struct LatticeAtoms {
  Atoms atoms;
  std::vector<std::uint32_t> index;
};

LatticeAtoms lattice_of(const Atoms& atoms) {
  LatticeAtoms lattice{{atoms.cell, {}, {}}, {}};
  for (std::uint32_t i = 0; i < atoms.size(); ++i) {
    if (!is_lattice_element(atoms.elements[i])) continue;
    lattice.atoms.add(atoms.elements[i], atoms.positions[i]);
    lattice.index.push_back(i);
  }
  return lattice;
}

std::vector<std::uint8_t> mark_near_oxygen(const std::vector<Hollow>& hollows, const Atoms& atoms, double distance) {
  std::vector<Vector3> places, oxygens;
  for (const Hollow& hollow : hollows) places.push_back(hollow.position);
  for (std::size_t i = 0; i < atoms.size(); ++i)
    if (atoms.elements[i] == Element::O) oxygens.push_back(atoms.positions[i]);
  const NeighbourList near(atoms.cell, places, oxygens, distance);
  std::vector<std::uint8_t> marks;
  for (std::size_t i = 0; i < places.size(); ++i) marks.push_back(near.of(i).empty() ? 0 : 1);
  return marks;
}

// Class of a hollow before mouths are known.
SiteClass classify(const Hollow& hollow, const std::vector<RingFace>& faces, const SiteGeometry& geometry) {
  const auto any = [&](auto&& holds) {
    return std::any_of(hollow.faces.begin(), hollow.faces.end(), [&](std::uint32_t f) { return holds(faces[f]); });
  };
  if (any([](const RingFace& face) { return face.is_trap(); })) return SiteClass::Defect;
  if (any([](const RingFace& face) { return face.termination != Termination::None; })) return SiteClass::Edge;
  if (hollow.in_gallery()) return SiteClass::Gallery;
  if (hollow.in_slit()) return SiteClass::Slit;
  if (faces_pore(hollow, geometry)) return SiteClass::PoreWall;
  return any([](const RingFace& face) { return face.ring.size() != 6; }) ? SiteClass::Defect : SiteClass::Terrace;
}

class SiteFinder {
 public:
  SiteFinder(const CarbonStructure& structure, const SiteParameters& parameters)
      : structure_(structure),
        parameters_(parameters),
        atoms_(locate(structure.atoms)),
        faces_(find_ring_faces(structure, parameters.geometry.edge_distance)),
        hollows_(find_hollows(structure, faces_, parameters.geometry)),
        network_{structure.atoms.cell, {}, {}, {}, {}, total_mass(structure.atoms)} {}

  SiteNetwork run() {
    add_hollows();
    add_pores();
    assign_domains();
    network_.links = find_links({network_.sites, normals_, atoms_}, parameters_);
    network_.patches = find_patches(network_.cell, network_.sites, {normals_, areas_}, parameters_.geometry.patch_area);
    mark_mouths();
    for (Site& site : network_.sites) site.position = network_.cell.wrap(site.position);
    mark_access();
    return std::move(network_);
  }

 private:
  void add_hollows() {
    const SiteEnergies& energies = parameters_.energies;
    const auto near_oxygen = mark_near_oxygen(hollows_, structure_.atoms, parameters_.geometry.oxygen_distance);
    for (std::size_t h = 0; h < hollows_.size(); ++h) {
      const Hollow& hollow = hollows_[h];
      const SiteClass kind = classify(hollow, faces_, parameters_.geometry);
      if (kind == SiteClass::PoreWall) continue;  // covered by the metal in the pore: add_pores
      const HollowSurroundings surroundings{hollow, faces_, near_oxygen[h] != 0};
      Site site{.position = hollow.position, .kind = kind};
      site.energy = hollow_energy(surroundings, energies);
      site.charge = hollow_charge(surroundings, energies);
      site.spacing = hollow.spacing;
      site.curvature = hollow.in_gallery() || hollow.in_slit() ? 0 : hollow.curvature;
      site.gallery_share = gallery_share(hollow, energies);
      network_.sites.push_back(site);
      normals_.push_back(hollow.normal);
      areas_.push_back(static_cast<double>(hollow.faces.size()) / 2 * parameters_.geometry.hollow_area);
    }
  }

  void add_pores() {
    for (const PorePoint& point :
         fill_pores(atoms_, hollows_, structure_.atoms.positions.front(), parameters_.geometry)) {
      network_.sites.push_back({.position = point.position,
                                .kind = point.covered_area > 0 ? SiteClass::PoreWall : SiteClass::PoreCore,
                                .curvature = point.curvature,
                                .covered_area = point.covered_area});
      normals_.push_back({});
      areas_.push_back(0);
    }
  }

  void assign_domains() {
    CarbonDomains domains = find_domains(structure_, parameters_.geometry.atom_area);
    const LatticeAtoms lattice = lattice_of(structure_.atoms);
    const AtomLocator nearest = locate(lattice.atoms);
    for (Site& site : network_.sites) {
      const AtomLocator::Nearest found = nearest.nearest(site.position);
      site.wall_distance = found.distance;
      site.domain = domains.domain_of[lattice.index[found.atom]];
      if (in_pore(site.kind)) site.charge = pore_charge(found.distance, parameters_.energies);
    }
    network_.domains = std::move(domains.domains);
  }

  void mark_mouths() {
    std::vector<Site>& sites = network_.sites;
    const auto mark = [](Site& site) {
      if (site.kind == SiteClass::Gallery || site.kind == SiteClass::Edge) site.kind = SiteClass::Mouth;
    };
    for (const SiteLink& link : network_.links) {
      Site& first = sites[link.first];
      Site& second = sites[link.second];
      if (in_gallery(first) == in_gallery(second)) continue;
      mark(in_gallery(first) ? first : second);
    }
  }

  void mark_access() {
    const auto touched = touched_from_outside(network_, structure_.atoms, parameters_.geometry.electrolyte_probe);
    for (std::size_t i = 0; i < touched.size(); ++i) network_.sites[i].outside = touched[i] != 0;
    const std::vector<double> barriers = access_barriers(network_);
    for (std::size_t i = 0; i < barriers.size(); ++i) network_.sites[i].access = barriers[i];
  }

  const CarbonStructure& structure_;
  const SiteParameters& parameters_;
  AtomLocator atoms_;
  std::vector<RingFace> faces_;
  std::vector<Hollow> hollows_;
  SiteNetwork network_;
  std::vector<Vector3> normals_;  // of the sites, zero in pores
  std::vector<double> areas_;     // of the layer that belongs to each site, zero in pores
};

}  // namespace

SiteNetwork find_sites(const CarbonStructure& structure, const SiteParameters& parameters) {
  check(structure);
  return SiteFinder(structure, parameters).run();
}

}  // namespace cardhouse
