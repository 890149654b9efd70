#include "engine/builder/surface_groups.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cardhouse {
namespace {

std::size_t rounded(double per_carbon, std::size_t carbons) {
  return static_cast<std::size_t>(std::llround(per_carbon * static_cast<double>(carbons)));
}

TEST(ShareOut, is_exact_for_hydrogen_and_oxygen_and_fills_every_site) {
  for (std::size_t sites = 500; sites < 1500; ++sites)
    for (const Inventory inventory : {Inventory{0.05, 0.02, 0.01}, Inventory{0.25, 0.1, 0}, Inventory{0, 0.03, 0.02},
                                      Inventory{0.02, 0, 0.05}, Inventory{0.001, 0.1, 0}}) {
      const SurfaceGroups groups = share_out(inventory, sites);
      ASSERT_EQ(groups.carbons + groups.ether + groups.nitrogens(), sites);
      ASSERT_EQ(groups.hydrogens(), rounded(inventory.hydrogen_per_carbon, groups.carbons));
      ASSERT_EQ(groups.oxygens(), rounded(inventory.oxygen_per_carbon, groups.carbons));
      const auto nitrogen = static_cast<double>(rounded(inventory.nitrogen_per_carbon, groups.carbons));
      ASSERT_NEAR(static_cast<double>(groups.nitrogens()), nitrogen, 1);
    }
}

TEST(ShareOut, gives_a_pure_carbon_for_an_empty_inventory) {
  const SurfaceGroups groups = share_out({}, 1000);
  EXPECT_EQ(groups.carbons, 1000u);
  EXPECT_EQ(groups.edge_sites() + groups.graphitic, 0u);
}

TEST(ShareOut, makes_no_hydroxyl_without_hydrogen) {
  const SurfaceGroups groups = share_out({0, 0.1, 0}, 1000);
  EXPECT_EQ(groups.hydroxyl, 0u);
  EXPECT_EQ(groups.carbonyl + groups.ether, groups.oxygens());
  EXPECT_GT(groups.carbonyl, groups.ether);
}

TEST(ShareOut, spreads_oxygen_over_three_groups) {
  const SurfaceGroups groups = share_out({0.1, 0.1, 0}, 10000);
  const auto oxygen = static_cast<double>(groups.oxygens());
  EXPECT_NEAR(static_cast<double>(groups.carbonyl) / oxygen, 0.4, 0.005);
  EXPECT_NEAR(static_cast<double>(groups.hydroxyl) / oxygen, 0.3, 0.005);
  EXPECT_NEAR(static_cast<double>(groups.ether) / oxygen, 0.3, 0.005);
}

}  // namespace
}  // namespace cardhouse
