#include "engine/sodium/site_links.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using namespace samples;

SiteNetwork sites_of(Atoms atoms) {
  return find_sites(bonded(std::move(atoms)), parameters());
}

std::vector<int> degrees(const SiteNetwork& network) {
  std::vector<int> degree(network.sites.size(), 0);
  for (const SiteLink& link : network.links) ++degree[link.first], ++degree[link.second];
  return degree;
}

TEST(SiteLinks, a_gallery_site_hops_to_its_six_nearest_hollows_only) {
  const SiteNetwork network = sites_of(stack(5, 3, 3.8, {{0, 0}}));
  for (const int degree : degrees(network)) EXPECT_EQ(degree, 6);
  for (const SiteLink& link : network.links) {
    EXPECT_NEAR(norm(link.displacement), lattice, 1e-9);
    EXPECT_NEAR(link.barrier, 0.26, 1e-9);
  }
}

TEST(SiteLinks, a_terrace_hop_has_the_barrier_of_graphite_and_of_a_disordered_surface_at_an_edge) {
  const SiteNetwork network = sites_of(ribbon(5, 6, Element::H, 1.09));
  for (const SiteLink& link : network.links) {
    const bool ordered =
        network.sites[link.first].kind == SiteClass::Terrace && network.sites[link.second].kind == SiteClass::Terrace;
    EXPECT_EQ(link.barrier, ordered ? 0.06 : 0.30);
  }
}

TEST(SiteLinks, each_pair_has_one_link_through_its_shortest_image) {
  const SiteNetwork network = sites_of(stack(7, 4, 12, {{0, 0}}));
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const SiteLink& link : network.links) {
    EXPECT_LT(link.first, link.second);
    EXPECT_TRUE(pairs.emplace(link.first, link.second).second);
    const Vector3 apart = network.sites[link.second].position - network.sites[link.first].position;
    EXPECT_NEAR(norm(link.displacement - network.cell.minimum_image(apart)), 0, 1e-9);
    EXPECT_LE(norm(link.displacement), parameters().geometry.link_reach);
    EXPECT_GT(link.barrier, 0);
  }
}

TEST(SiteLinks, nothing_crosses_a_sheet) {
  // Galleries of 3.8 above and below one sheet: their sites are 3.8 apart, within reach.
  const SiteNetwork network = sites_of(stack(5, 3, 11.4, {{1, 0}, {4.8, 0}, {8.6, 0}}));
  for (const SiteLink& link : network.links) EXPECT_NEAR(link.displacement.z, 0, 1e-9);
  // Not even through the hole of a vacancy, where 1.42 angstrom are left.
  const SiteNetwork holed = sites_of(without(stack(6, 4, 60, {{30, 0}}), 20));
  for (const SiteLink& link : holed.links) EXPECT_LT(std::abs(link.displacement.z), 1);
}

TEST(SiteLinks, paths_keep_clear_of_atoms) {
  const SiteParameters p = parameters();
  const CarbonStructure structure = bonded(without(stack(7, 4, 12, {{0, 0}}), 11));
  const SiteNetwork network = find_sites(structure, p);
  const AtomLocator atoms(structure.atoms, std::vector<double>(structure.atoms.size(), 0.0));
  ASSERT_FALSE(network.links.empty());
  for (const SiteLink& link : network.links)
    for (double along = 0; along <= 1; along += 0.05)
      EXPECT_GE(atoms.nearest(network.sites[link.first].position + link.displacement * along).distance,
                p.geometry.link_clearance - 1e-9);
}

TEST(SiteLinks, barriers_follow_the_pair) {
  const HopBarriers b = parameters().barriers;
  const Site narrow{.position = {}, .kind = SiteClass::Gallery, .spacing = 3.4};
  const Site middle{.position = {}, .kind = SiteClass::Gallery, .spacing = 3.6};
  const Site wide{.position = {}, .kind = SiteClass::Mouth, .spacing = 4.0};
  const Site wall{.position = {}, .kind = SiteClass::PoreWall};
  const Site core{.position = {}, .kind = SiteClass::PoreCore};
  const Site defect{.position = {}, .kind = SiteClass::Defect};
  EXPECT_TRUE(std::isinf(hop_barrier(narrow, wide, b)));
  EXPECT_TRUE(std::isinf(hop_barrier(wall, narrow, b)));
  EXPECT_NEAR(hop_barrier(middle, wide, b), 0.26, 1e-12);
  EXPECT_NEAR(hop_barrier(middle, wall, b), 0.6, 1e-12);
  EXPECT_NEAR(hop_barrier(core, wide, b), 0.5, 1e-12);
  EXPECT_EQ(hop_barrier(core, wall, b), 0.13);
  EXPECT_EQ(hop_barrier(core, defect, b), 0.13);
  EXPECT_EQ(hop_barrier(wall, wall, b), 0.06);
  EXPECT_EQ(hop_barrier(wall, defect, b), 0.30);
  for (const Site& a : {narrow, middle, wide, wall, core, defect})
    for (const Site& c : {narrow, middle, wide, wall, core, defect})
      EXPECT_EQ(hop_barrier(a, c, b), hop_barrier(c, a, b));
}

}  // namespace
}  // namespace cardhouse
