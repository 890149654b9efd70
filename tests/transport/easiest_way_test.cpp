#include "engine/transport/easiest_way.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

// A ring along x that closes on its periodic image.
SiteNetwork ring(const std::vector<double>& barriers) {
  SiteNetwork network = synthetic::empty(4.0 * static_cast<double>(barriers.size()));
  for (std::size_t i = 0; i < barriers.size(); ++i)
    network.sites.push_back(synthetic::site({4.0 * static_cast<double>(i), 0, 0}, SiteClass::Gallery));
  for (std::uint32_t i = 0; i < barriers.size(); ++i)
    network.links.push_back({i, static_cast<std::uint32_t>((i + 1) % barriers.size()), {4, 0, 0}, barriers[i]});
  return network;
}

const SodiumParameters plain = synthetic::parameters(HamiltonianTerms::none());

TEST(EasiestWay, goes_round_the_ring_and_begins_at_its_highest_saddle) {
  SiteNetwork network = ring({0.2, 0.2, 0.7, 0.2, 0.2});
  network.sites[4].energy = -0.3;
  const auto way = easiest_way(network, plain);
  ASSERT_TRUE(way);
  EXPECT_EQ(way->hops.size(), 5u);
  EXPECT_EQ(way->hops.front().from, 2u);
  EXPECT_EQ(way->hops.front().to, 3u);
  EXPECT_NEAR(way->highest(), 0.7, 1e-12);
  EXPECT_NEAR(way->lowest(), -0.3, 1e-12);
  for (std::size_t k = 1; k < way->hops.size(); ++k) EXPECT_EQ(way->hops[k].from, way->hops[k - 1].to);
  EXPECT_EQ(way->hops.back().to, way->hops.front().from);
}

TEST(EasiestWay, takes_the_longer_way_round_a_high_saddle) {
  SiteNetwork network = ring({0.2, 0.2, 0.9, 0.2});
  network.sites.push_back(synthetic::site({10, 4, 0}, SiteClass::Mouth, 0.1));
  network.links.push_back({2, 4, {2, 4, 0}, 0.3});
  network.links.push_back({4, 3, {2, -4, 0}, 0.3});
  const auto way = easiest_way(network, plain);
  ASSERT_TRUE(way);
  EXPECT_EQ(way->hops.size(), 5u);
  EXPECT_NEAR(way->highest(), 0.35, 1e-12);
  EXPECT_TRUE(std::ranges::any_of(way->hops, [](const WayHop& hop) { return hop.to == 4; }));
}

TEST(EasiestWay, counts_traps_beside_the_way) {
  SiteNetwork network = ring({0.2, 0.2, 0.2, 0.2});
  network.sites.push_back(synthetic::site({4, 4, 0}, SiteClass::Defect, -1));
  network.links.push_back({1, 4, {0, 4, 0}, 0.2});
  const auto way = easiest_way(network, plain);
  ASSERT_TRUE(way);
  EXPECT_NEAR(way->deepest, -1, 1e-12);
  EXPECT_NEAR(way->lowest(), 0, 1e-12);
}

TEST(EasiestWay, is_none_where_the_ring_is_cut) {
  SiteNetwork network = ring({0.2, 0.2, 0.2, 0.2});
  network.links.pop_back();
  EXPECT_FALSE(easiest_way(network, plain));
  network.links.clear();
  EXPECT_FALSE(easiest_way(network, plain));
}

}  // namespace
}  // namespace cardhouse
