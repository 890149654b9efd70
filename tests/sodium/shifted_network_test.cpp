#include "engine/sodium/shifted_network.hpp"

#include <gtest/gtest.h>

#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using namespace samples;

TEST(ShiftedNetwork, is_the_network_that_would_be_found_with_the_other_level) {
  // A gallery, a slit, free faces, and a vacancy that donates more than the others.
  const CarbonStructure carbon = bonded(without(stack(6, 4, 60, {{20, 0}, {23.7, 0}, {28.4, 0}}), 20));
  const SiteParameters before = parameters();
  const SiteNetwork found = find_sites(carbon, before);
  for (const GalleryLevel& level : {GalleryLevel{-1.5, 0.65}, GalleryLevel{-2.1, 0.84}}) {
    SiteParameters after = before;
    after.energies.gallery_shift = level.shift;
    after.energies.charge = level.charge;
    const SiteNetwork wanted = find_sites(carbon, after);
    const SiteNetwork shifted = shifted_network(found, before.energies, level);
    ASSERT_EQ(shifted.sites.size(), wanted.sites.size());
    for (std::size_t i = 0; i < wanted.sites.size(); ++i) {
      EXPECT_NEAR(shifted.sites[i].energy, wanted.sites[i].energy, 1e-12);
      EXPECT_NEAR(shifted.sites[i].charge, wanted.sites[i].charge, 1e-12);
    }
  }
}

}  // namespace
}  // namespace cardhouse
