#include "engine/offlattice/catalogue_check.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/offlattice/sodium_potential.hpp"
#include "engine/sodium/find_sites.hpp"
#include "tests/offlattice/explicit_sodium.hpp"

namespace cardhouse {
namespace {

SiteParameters site_parameters() {
  return load_site_parameters(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/site_parameters.toml");
}

CatalogueComparison compared(const SodiumPotential& potential, const SiteNetwork& network) {
  const EnergyFunction energy = [&](const Vector3& r) { return potential.host_energy(r) + 1.113; };
  BasinMap map = find_basins(scan_energy(potential.cell(), 0.35, energy), {.ceiling = 9});
  refine_basins(map, energy, 0.5);
  return compare_catalogue(network, map, energy, {.distance = 1.2, .energy = 5});
}

TEST(CatalogueCheck, agrees_with_perfect_galleries_on_places_neighbours_and_the_order_of_energies) {
  std::vector<double> catalogue, potential_energies, barriers, potential_barriers;
  for (const double spacing : {3.5, 3.6, 3.8, 4.0, 4.2}) {
    const Atoms host = explicit_sodium::aa_stack(spacing, 2, 5, 3);
    const SiteNetwork network = find_sites({host, BondGraph::from_distances(host)}, site_parameters());
    const SodiumPotential potential(host, SodiumInteractions(SodiumInteractionFiles{}));
    const CatalogueComparison result = compared(potential, network);
    const ClassComparison& gallery = result.by_class[static_cast<std::size_t>(SiteClass::Gallery)];
    EXPECT_EQ(gallery.sites, 60U);
    EXPECT_EQ(gallery.matched, 60U);
    EXPECT_LT(gallery.distance, 0.05);
    EXPECT_EQ(result.basins, 60U);
    EXPECT_EQ(result.basins_without_site, 0U);
    EXPECT_EQ(result.links.size(), 180U);
    for (const LinkMatch& link : result.links) EXPECT_TRUE(link.direct);
    EXPECT_EQ(result.ways, 180U);
    EXPECT_EQ(result.ways_without_link, 0U);
    catalogue.push_back(gallery.catalogue_energy);
    potential_energies.push_back(gallery.potential_energy);
    barriers.push_back(result.links[0].barrier);
    potential_barriers.push_back(result.links[0].potential);
  }
  EXPECT_NEAR(rank_correlation(barriers, potential_barriers), 1, 1e-12);
  // The catalogue shifts every gallery to one measured mean, so that energies of different carbons are not compared.
  for (std::size_t k = 1; k < barriers.size(); ++k) EXPECT_LT(potential_energies[k], potential_energies[k - 1]);
}

TEST(CatalogueCheck, finds_a_site_that_was_moved_and_a_link_that_was_left_out) {
  const Atoms host = explicit_sodium::aa_stack(3.8, 2, 5, 3);
  SiteNetwork network = find_sites({host, BondGraph::from_distances(host)}, site_parameters());
  const SodiumPotential potential(host, SodiumInteractions(SodiumInteractionFiles{}));
  SiteNetwork fewer = network;
  fewer.links.resize(network.links.size() - 5);
  EXPECT_EQ(compared(potential, fewer).ways_without_link, 5U);
  network.sites[0].position += Vector3{0, 0, 1.9};  // into the sheet
  const CatalogueComparison moved = compared(potential, network);
  EXPECT_EQ(moved.sites[0].basin, -1);
  EXPECT_EQ(moved.basins_without_site, 1U);
  EXPECT_EQ(moved.outside_pores.matched + 1, moved.outside_pores.sites);
}

TEST(RankCorrelation, is_that_of_textbook_series) {
  EXPECT_NEAR(rank_correlation({1, 2, 3, 4}, {10, 20, 30, 400}), 1, 1e-12);
  EXPECT_NEAR(rank_correlation({1, 2, 3, 4}, {4, 3, 2, 1}), -1, 1e-12);
  EXPECT_NEAR(rank_correlation({1, 2, 2, 3}, {1, 3, 2, 4}), 0.9486832980505138, 1e-12);
  EXPECT_EQ(rank_correlation({1, 1, 1}, {1, 2, 3}), 0);
}

}  // namespace
}  // namespace cardhouse
