#include "engine/sodium/reachability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

// A row of sites along x, 2 apart, in a cell that just holds them; the first hop has the first barrier.
SiteNetwork row(const std::vector<double>& barriers, bool closed) {
  const std::size_t sites = closed ? barriers.size() : barriers.size() + 1;
  SiteNetwork network{Cell::cubic(2.0 * static_cast<double>(sites)), {}, {}, {}, {}, 1};
  for (std::size_t i = 0; i < sites; ++i)
    network.sites.push_back(
        {.position = {2.0 * static_cast<double>(i), 0, 0}, .kind = SiteClass::Gallery, .spacing = 4});
  for (std::uint32_t i = 0; i < barriers.size(); ++i)
    network.links.push_back({i, static_cast<std::uint32_t>((i + 1) % sites), {2, 0, 0}, barriers[i]});
  return network;
}

TEST(Reachability, the_way_in_costs_its_largest_barrier) {
  SiteNetwork network = row({0.2, 0.6, 0.1, 0.4}, false);
  network.sites[0].outside = true;
  EXPECT_EQ(access_barriers(network), (std::vector<double>{0, 0.2, 0.6, 0.6, 0.6}));
}

TEST(Reachability, takes_the_easier_of_two_ways) {
  SiteNetwork network = row({0.9, 0.2, 0.3}, true);  // 0 -0.9- 1 -0.2- 2 -0.3- 0
  network.sites[0].outside = true;
  EXPECT_EQ(access_barriers(network), (std::vector<double>{0, 0.3, 0.3}));
}

TEST(Reachability, without_an_outside_sodium_comes_along_pieces_without_end) {
  EXPECT_EQ(access_barriers(row({0.2, 0.7, 0.1}, true)), (std::vector<double>{0.7, 0.7, 0.7}));
  EXPECT_EQ(access_barriers(row({0.2, 0.7, 0.1}, false)), (std::vector<double>{never, never, never, never}));
}

TEST(Reachability, with_an_outside_an_endless_piece_that_does_not_touch_it_is_closed) {
  SiteNetwork network = row({0.2, 0.7, 0.1}, true);
  network.sites.push_back({.position = {0, 3, 0}, .kind = SiteClass::Terrace, .outside = true});
  EXPECT_EQ(access_barriers(network), (std::vector<double>{never, never, never, 0}));
}

TEST(Reachability, the_order_of_sites_does_not_matter) {
  SiteNetwork network = row({0.2, 0.6, 0.1, 0.4, 0.3}, false);
  network.sites[2].outside = true;
  const std::vector<double> straight = access_barriers(network);
  SiteNetwork reversed = network;
  const auto last = static_cast<std::uint32_t>(network.sites.size() - 1);
  std::reverse(reversed.sites.begin(), reversed.sites.end());
  for (SiteLink& link : reversed.links) link = {last - link.first, last - link.second, link.displacement, link.barrier};
  std::vector<double> back = access_barriers(reversed);
  std::reverse(back.begin(), back.end());
  EXPECT_EQ(back, straight);
}

// kT ln(nu t) at 298.15 K, 4e12 1/s: 1 h and 10 h; the literature's rules of thumb are 0.95 and 1.01 eV.
TEST(Reachability, ten_hours_pass_one_electronvolt) {
  EXPECT_NEAR(passable_barrier(298.15, 4e12, 3600), 0.956, 0.002);
  EXPECT_NEAR(passable_barrier(298.15, 4e12, 36000), 1.015, 0.002);
}

TEST(Reachability, the_electrolyte_touches_the_outer_faces_of_a_slab_and_not_its_galleries) {
  const SiteParameters p = samples::parameters();
  const SiteNetwork slab = find_sites(samples::bonded(samples::stack(6, 4, 40, {{10, 0}, {13.9, 0}, {17.8, 0}})), p);
  std::size_t terraces = 0;
  for (const Site& site : slab.sites) {
    EXPECT_EQ(site.outside, site.kind == SiteClass::Terrace) << name(site.kind);
    EXPECT_EQ(std::isinf(site.access), site.kind == SiteClass::Gallery) << "whole layers let nothing through";
    terraces += site.outside ? 1 : 0;
  }
  EXPECT_EQ(terraces, 2u * 6 * 4 * 2);
}

TEST(Reachability, a_bulk_stack_has_no_outside_and_its_galleries_are_open_without_end) {
  const SiteParameters p = samples::parameters();
  const SiteNetwork bulk = find_sites(samples::bonded(samples::stack(6, 4, 7.8, {{0, 0}, {3.9, 0}})), p);
  for (const Site& site : bulk.sites) {
    EXPECT_FALSE(site.outside);
    EXPECT_NEAR(site.access, p.barriers.gallery(3.9), 0.02);
  }
}

}  // namespace
}  // namespace cardhouse
