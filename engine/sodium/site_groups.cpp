#include "engine/sodium/site_groups.hpp"

#include <cmath>
#include <map>
#include <numbers>

#include "engine/base/contracts.hpp"
#include "engine/sodium/ring_faces.hpp"
#include "engine/sodium/site_links.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr double farthest_beside = 3.0;  // neighbouring hexagons are 2.46 apart [angstrom]

struct Step {
  std::uint32_t to;
  Vector3 displacement;
};

// From every gallery site to those beside it.
std::vector<std::vector<Step>> gallery_steps(const Cell& cell, const std::vector<Site>& sites,
                                             std::span<const Vector3> normals) {
  std::vector<Vector3> positions;
  for (const Site& site : sites) positions.push_back(site.position);
  const NeighbourList near(cell, positions, farthest_beside);
  std::vector<std::vector<Step>> steps(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i)
    for (const Neighbour& other : near.of(i))
      if (in_gallery(sites[i]) && in_gallery(sites[other.index]) && runs_along(other.displacement, normals[i]) &&
          runs_along(other.displacement, normals[other.index]))
        steps[i].push_back({other.index, other.displacement});
  return steps;
}

// Gives `patch` to everything within `radius` of `seed` that is reached without leaving it.
void grow_patch(std::vector<Site>& sites, const std::vector<std::vector<Step>>& steps, std::uint32_t seed,
                double radius) {
  std::vector<Step> front{{seed, {}}};
  for (std::size_t next = 0; next < front.size(); ++next)
    for (const Step& step : steps[front[next].to]) {
      const Vector3 from_seed = front[next].displacement + step.displacement;
      if (sites[step.to].patch >= 0 || norm(from_seed) > radius) continue;
      sites[step.to].patch = sites[seed].patch;
      front.push_back({step.to, from_seed});
    }
}

// Numbers patches from 0 without gaps, in order of their first site, and sums up their sites.
std::vector<GalleryPatch> summarise(std::vector<Site>& sites, std::span<const double> areas) {
  std::map<std::int32_t, std::int32_t> number;
  std::vector<GalleryPatch> patches;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (sites[i].patch < 0) continue;
    const auto [entry, is_new] = number.try_emplace(sites[i].patch, static_cast<std::int32_t>(patches.size()));
    if (is_new) patches.emplace_back();
    GalleryPatch& patch = patches[static_cast<std::size_t>(sites[i].patch = entry->second)];
    patch.area += areas[i];
    patch.spacing += (sites[i].spacing - patch.spacing) * areas[i] / patch.area;
  }
  return patches;
}

// Gives the sites of patches below `least` area to the large patch that their first linked site outside belongs to.
void dissolve_small(std::vector<Site>& sites, const std::vector<std::vector<Step>>& steps,
                    const std::vector<GalleryPatch>& patches, double least) {
  std::vector<std::int32_t> heir(patches.size(), -1);
  const auto is_small = [&](std::int32_t patch) { return patches[static_cast<std::size_t>(patch)].area < least; };
  for (std::size_t i = 0; i < sites.size(); ++i)
    for (const Step& step : steps[i]) {
      const std::int32_t mine = sites[i].patch;
      const std::int32_t other = sites[step.to].patch;
      if (mine == other || !is_small(mine) || is_small(other)) continue;
      std::int32_t& chosen = heir[static_cast<std::size_t>(mine)];
      if (chosen < 0) chosen = other;
    }
  for (Site& site : sites)
    if (site.patch >= 0 && heir[static_cast<std::size_t>(site.patch)] >= 0)
      site.patch = heir[static_cast<std::size_t>(site.patch)];
}

}  // namespace

CarbonDomains find_domains(const CarbonStructure& structure, double atom_area) {
  const std::vector<Element>& elements = structure.atoms.elements;
  std::vector<Bond> bonds;
  for (const Bond& bond : structure.bonds.bonds())
    if (is_lattice_element(elements[bond[0]]) && is_lattice_element(elements[bond[1]])) bonds.push_back(bond);
  const std::vector<std::uint32_t> fragment = BondGraph(elements.size(), std::move(bonds)).fragments();
  CarbonDomains result;
  std::map<std::uint32_t, std::int32_t> number;
  result.domain_of.assign(elements.size(), -1);
  for (std::size_t atom = 0; atom < elements.size(); ++atom) {
    if (!is_lattice_element(elements[atom])) continue;
    const auto [entry, is_new] = number.try_emplace(fragment[atom], static_cast<std::int32_t>(result.domains.size()));
    if (is_new) result.domains.emplace_back();
    result.domain_of[atom] = entry->second;
    result.domains[static_cast<std::size_t>(entry->second)].area += atom_area;
  }
  return result;
}

std::vector<GalleryPatch> find_patches(const Cell& cell, std::vector<Site>& sites, const LayersAtSites& layers,
                                       double patch_area) {
  EXPECTS(layers.areas.size() == sites.size() && layers.normals.size() == sites.size());
  const auto steps = gallery_steps(cell, sites, layers.normals);
  const double radius = std::sqrt(patch_area / std::numbers::pi);
  std::int32_t count = 0;
  for (Site& site : sites) site.patch = -1;
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    if (!in_gallery(sites[i]) || sites[i].patch >= 0) continue;
    sites[i].patch = count++;
    grow_patch(sites, steps, i, radius);
  }
  dissolve_small(sites, steps, summarise(sites, layers.areas), patch_area / 4);
  return summarise(sites, layers.areas);
}

}  // namespace cardhouse
