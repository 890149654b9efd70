#include "engine/transport/hop_census.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

constexpr auto gallery = SiteClass::Gallery;
constexpr auto mouth = SiteClass::Mouth;
constexpr auto wall = SiteClass::PoreWall;

std::uint64_t at(const ClassPairs& pairs, SiteClass from, SiteClass to) {
  return pairs[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
}

TEST(HopCensus, counts_a_passage_when_sodium_leaves_the_mouth_it_came_into) {
  HopCensus census(2);
  census.count(0, {gallery, mouth, 0.6});
  census.count(0, {mouth, mouth, 0.1});
  EXPECT_EQ(total(census.through_mouths()), 0u);
  census.count(0, {mouth, wall, 0.1});
  EXPECT_EQ(at(census.through_mouths(), gallery, wall), 1u);
  census.count(0, {wall, mouth, 0.1});
  census.count(0, {mouth, wall, 0.1});  // turns back
  EXPECT_EQ(at(census.through_mouths(), wall, wall), 1u);
  EXPECT_EQ(total_across(census.through_mouths()), 1u);
  EXPECT_EQ(total(census.hops()), 5u);
}

TEST(HopCensus, follows_every_sodium_by_itself) {
  HopCensus census(2);
  census.count(0, {gallery, mouth, 0.6});
  census.count(1, {wall, mouth, 0.1});
  census.count(0, {mouth, wall, 0.1});
  census.count(1, {mouth, gallery, 0.6});
  EXPECT_EQ(at(census.through_mouths(), gallery, wall), 1u);
  EXPECT_EQ(at(census.through_mouths(), wall, gallery), 1u);
}

TEST(HopCensus, does_not_know_where_sodium_came_from_that_was_in_a_mouth_at_the_start) {
  HopCensus census(1);
  census.count(0, {mouth, wall, 0.1});
  EXPECT_EQ(total(census.through_mouths()), 0u);
}

TEST(HopCensus, takes_high_barriers_away_from_mouths_for_necks) {
  HopCensus census(1);
  census.count(0, {gallery, gallery, 0.26});
  census.count(0, {gallery, SiteClass::Edge, 0.6});
  census.count(0, {gallery, mouth, 0.6});
  EXPECT_EQ(total(census.through_necks()), 1u);
  EXPECT_EQ(at(census.through_necks(), gallery, SiteClass::Edge), 1u);
}

TEST(HopCensus, adds_up) {
  ClassPairs sums{};
  sums[0][1] = 2;
  ClassPairs more{};
  more[0][1] = 3;
  more[2][2] = 1;
  add(more, sums);
  EXPECT_EQ(sums[0][1], 5u);
  EXPECT_EQ(total(sums), 6u);
  EXPECT_EQ(total_across(sums), 5u);
}

}  // namespace
}  // namespace cardhouse
