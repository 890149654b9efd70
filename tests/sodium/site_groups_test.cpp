#include "engine/sodium/site_groups.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/sodium/site_links.hpp"
#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using namespace samples;

TEST(SiteGroups, sheets_are_domains_and_hydrogen_belongs_to_none) {
  Atoms atoms = stack(4, 3, 7.6, {{0, 0}, {3.8, 0}});
  const std::size_t carbons = atoms.size();
  const CarbonDomains two = find_domains(bonded(atoms), 2.62);
  ASSERT_EQ(two.domains.size(), 2u);
  for (const CarbonDomain& domain : two.domains) EXPECT_NEAR(domain.area, 48 * 2.62, 1e-9);
  // The area of a sheet is its size.
  EXPECT_NEAR(two.domains[0].area, 4 * lattice * 3 * row, 0.1);
  atoms.add(Element::H, atoms.positions[0] + Vector3{0, 0, 1.09});
  EXPECT_EQ(find_domains(bonded(atoms), 2.62).domain_of[carbons], -1);
}

TEST(SiteGroups, an_oxygen_bridge_joins_atoms_but_not_domains) {
  Atoms atoms = stack(4, 3, 20, {{0, 0}, {2.8, 0}});
  atoms.add(Element::O, atoms.positions[0] + Vector3{0, 0, 1.4});
  const CarbonStructure structure = bonded(atoms);
  ASSERT_EQ(structure.bonds.degree(static_cast<std::uint32_t>(atoms.size() - 1)), 2u);
  EXPECT_EQ(find_domains(structure, 2.62).domains.size(), 2u);
}

TEST(SiteGroups, patches_share_out_the_whole_gallery_in_connected_pieces_of_limited_size) {
  const SiteParameters p = parameters();
  for (const double shift : {0.0, 1.0}) {
    const SiteNetwork network = find_sites(bonded(stack(30, 18, 3.8, {{0, shift}})), p);
    const double gallery = 30 * lattice * 18 * row;
    double sum = 0;
    for (const GalleryPatch& patch : network.patches) {
      sum += patch.area;
      EXPECT_GE(patch.area, p.geometry.patch_area / 4);
      EXPECT_LE(patch.area, 2.5 * p.geometry.patch_area);
      EXPECT_NEAR(patch.spacing, 3.8, 1e-9);
    }
    EXPECT_NEAR(sum, gallery, 0.01 * gallery);
    EXPECT_GT(network.patches.size(), gallery / p.geometry.patch_area / 2);
  }
}

TEST(SiteGroups, a_gallery_too_narrow_for_hops_is_as_much_of_one_piece_as_a_wide_one) {
  const SiteParameters p = parameters();
  const auto patches = [&](double spacing) {
    return find_sites(bonded(stack(16, 9, spacing, {{0, 0}})), p).patches.size();
  };
  ASSERT_LT(3.35, p.barriers.narrowest);
  EXPECT_EQ(patches(3.35), patches(3.8));
}

TEST(SiteGroups, the_area_of_a_gallery_does_not_depend_on_how_its_layers_are_stacked) {
  const SiteParameters p = parameters();
  const auto area = [&](double shift) {
    const SiteNetwork network = find_sites(bonded(stack(8, 5, 7.6, {{0, 0}, {3.8, shift}})), p);
    return std::accumulate(network.patches.begin(), network.patches.end(), 0.0,
                           [](double sum, const GalleryPatch& patch) { return sum + patch.area; });
  };
  EXPECT_NEAR(area(0), 2 * 8 * 5 * 2 * p.geometry.hollow_area, 1e-9);
  EXPECT_NEAR(area(1), area(0), 1e-9);
  EXPECT_NEAR(area(0.4), area(0), 1e-9);
}

TEST(SiteGroups, galleries_above_and_below_a_sheet_are_different_patches) {
  SiteParameters whole = parameters();
  whole.geometry.patch_area = 1000;  // more than the cell: one patch a gallery
  const SiteNetwork network = find_sites(bonded(stack(5, 3, 7.7, {{0, 0}, {3.7, 0}})), whole);
  ASSERT_EQ(network.patches.size(), 2u);
  for (const Site& site : network.sites)
    EXPECT_NEAR(network.patches[static_cast<std::size_t>(site.patch)].spacing, site.spacing, 1e-9);
}

}  // namespace
}  // namespace cardhouse
