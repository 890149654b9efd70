#include "engine/builder/pore_placement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace cardhouse {
namespace {

const PeriodicCube cube{60};
const PoreRequest request{.closed_volume = 12000, .mean_radius = 6, .spacing = 3.6};

PoreLayout place(const PoreRequest& wanted, const std::vector<PoreSeed>& seeds, std::uint64_t seed = 1) {
  Stream stream(seed, Purpose::Test);
  return place_pores(wanted, seeds, cube, stream);
}

void expect_gaps(const PoreLayout& layout) {
  for (std::size_t i = 0; i < layout.pores.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Pore &a = layout.pores[i], &b = layout.pores[j];
      EXPECT_GE(cube.distance(a.centre, b.centre), a.wall_radius() + b.wall_radius() + layout.gap - 0.02);
    }
}

TEST(PlacePores, reaches_the_wanted_volume_when_it_fits) {
  const PoreLayout layout = place(request, {});
  EXPECT_EQ(layout.pores.size(), layout.wanted_closed);
  EXPECT_NEAR(layout.placed_closed_volume, 12000, 1e-6);
  EXPECT_NEAR(layout.gap, 2.2 * 3.6, 1e-12);
  expect_gaps(layout);
}

TEST(PlacePores, moves_pores_closer_before_it_leaves_any_out) {
  PoreRequest crowded = request;
  crowded.closed_volume = 27000;
  const PoreLayout layout = place(crowded, {});
  EXPECT_LT(layout.gap, 2.2 * 3.6);
  EXPECT_NEAR(layout.placed_closed_volume, 27000, 1e-6);
  expect_gaps(layout);
}

TEST(PlacePores, says_how_much_it_could_not_place) {
  PoreRequest jammed = request;
  jammed.closed_volume = 100000;
  const PoreLayout layout = place(jammed, {});
  EXPECT_EQ(layout.wanted_closed_volume, 100000);
  EXPECT_LT(layout.placed_closed_volume, 60000);
  EXPECT_GT(layout.placed_closed_volume, 20000);
  EXPECT_LT(layout.pores.size(), layout.wanted_closed);
  expect_gaps(layout);
}

// Points within a radius of a disc, counted on a grid of 0.1 angstrom.
TEST(Pore, has_the_volume_of_a_pill) {
  const Pore pore{{}, 2, false, 3};
  const double step = 0.1;
  long inside = 0;
  for (double x = -4.95; x < 5; x += step)
    for (double y = -4.95; y < 5; y += step)
      for (double z = -1.95; z < 2; z += step) inside += std::hypot(std::max(0.0, std::hypot(x, y) - 3), z) < 2;
  EXPECT_NEAR(pore.volume(), static_cast<double>(inside) * step * step * step, 0.005 * pore.volume());
}

TEST(PlacePores, makes_pores_as_flat_as_their_number_needs) {
  PoreRequest slits = request;
  slits.flatness = 1;
  const PoreLayout layout = place(slits, {});
  EXPECT_NEAR(layout.placed_closed_volume, 12000, 1e-6);
  EXPECT_EQ(layout.pores.size(), 3u);  // instead of 13 spheres
  for (const Pore& pore : layout.pores) {
    EXPECT_NEAR(pore.flat / pore.radius, 1, 0.2);
    EXPECT_NEAR(pore.radius, 6, 2);
    EXPECT_NEAR(norm(pore.normal), 1, 1e-12);
  }
}

TEST(PlacePores, turns_flat_pores_along_the_order_of_the_layers) {
  PoreRequest aligned = request;
  aligned.flatness = aligned.orientation_order = 1;
  for (const Pore& pore : place(aligned, {}).pores) EXPECT_NEAR(pore.normal.z, 1, 1e-12);
}

TEST(PlacePores, places_none_for_less_than_half_a_pore) {
  PoreRequest little = request;
  little.closed_volume = 300;
  EXPECT_TRUE(place(little, {}).pores.empty());
}

TEST(PlacePores, puts_the_largest_pore_on_the_heaviest_seed) {
  const std::vector<PoreSeed> seeds{
      {{0.1, 0.1, 0.1}, 1, false}, {{0.5, 0.5, 0.6}, 9, false}, {{0.9, 0.5, 0.1}, 2, false}};
  const PoreLayout layout = place(request, seeds);
  const auto largest = std::max_element(layout.pores.begin(), layout.pores.end(),
                                        [](const Pore& a, const Pore& b) { return a.radius < b.radius; });
  EXPECT_LT(cube.distance(largest->centre, {30, 30, 36}), 10);
}

TEST(PlacePores, leaves_seeds_that_do_not_touch_where_they_are) {
  PoreRequest two = request;
  two.closed_volume = 2 * 1000;
  const PoreLayout layout = place(two, {{{0.25, 0.25, 0.25}, 2, false}, {{0.75, 0.75, 0.75}, 1, false}});
  ASSERT_EQ(layout.pores.size(), 2u);
  EXPECT_LT(cube.distance(layout.pores[0].centre, {15, 15, 15}), 0.2);
  EXPECT_LT(cube.distance(layout.pores[1].centre, {45, 45, 45}), 0.2);
}

TEST(PlacePores, scatters_the_radii_about_the_mean) {
  const PoreLayout layout = place(request, {});
  const auto [least, most] = std::minmax_element(layout.pores.begin(), layout.pores.end(),
                                                 [](const Pore& a, const Pore& b) { return a.radius < b.radius; });
  EXPECT_LT(least->radius, 5.8);
  EXPECT_GT(most->radius, 6.2);
  EXPECT_GT(least->radius, 6 * 0.5);
  EXPECT_LT(most->radius, 6 * 1.8);
}

TEST(PlacePores, gives_seeds_the_radius_they_ask_for) {
  const std::vector<PoreSeed> seeds{
      {{0.2, 0.2, 0.2}, 1, false, 4.5}, {{0.7, 0.7, 0.7}, 2, false, 9}, {{0.2, 0.7, 0.2}, 5, false}};
  const PoreLayout layout = place(request, seeds);
  EXPECT_NEAR(layout.placed_closed_volume, 12000, 1e-6);
  for (const auto& [centre, radius] : {std::pair{Vector3{12, 12, 12}, 4.5}, {Vector3{42, 42, 42}, 9.0}})
    EXPECT_TRUE(std::any_of(layout.pores.begin(), layout.pores.end(), [&, c = centre, r = radius](const Pore& pore) {
      return std::abs(pore.radius - r) < 1e-9 && cube.distance(pore.centre, c) < 10;
    }));
}

TEST(PlacePores, stops_at_the_volume_when_seeds_would_exceed_it) {
  std::vector<PoreSeed> seeds;
  for (int i = 0; i < 8; ++i) seeds.push_back({{i % 2 * 0.5, i / 2 % 2 * 0.5, i / 4 * 0.5}, 1.0 + i, false, 6});
  PoreRequest three = request;
  three.closed_volume = 3.2 * mean_pore_volume(6, 0);
  const PoreLayout layout = place(three, seeds);
  EXPECT_EQ(layout.pores.size(), 3u);
  for (const Pore& pore : layout.pores) EXPECT_DOUBLE_EQ(pore.radius, 6);
}

TEST(PlacePores, gives_open_seeds_their_radius_and_channels_room_for_helium) {
  PoreRequest narrow = request;
  narrow.closed_volume = 0;
  narrow.mean_radius = 3;
  const PoreLayout layout = place(narrow, {{{0.1, 0.2, 0.8}, 1, true, 7}, {{0.6, 0.5, 0.2}, 2, true}});
  ASSERT_EQ(layout.pores.size(), 2u);
  EXPECT_DOUBLE_EQ(std::max(layout.pores[0].radius, layout.pores[1].radius), 7);
  for (const Pore& bead : layout.channels) EXPECT_GT(bead.radius, 1.3);
}

// The mean of the third power by its own definition; 1 in 2e6 false alarms for five standard deviations.
TEST(MeanPoreVolume, is_that_of_lognormal_radii) {
  Stream stream(1, Purpose::Test);
  const double spread = 0.3;
  double sum = 0, squares = 0;
  const int draws = 200000;
  for (int i = 0; i < draws; ++i) {
    const double volume = Pore{{}, 6 * std::exp(spread * stream.normal() - 0.5 * spread * spread)}.volume();
    sum += volume;
    squares += volume * volume;
  }
  const double mean = sum / draws, error = std::sqrt((squares / draws - mean * mean) / draws);
  EXPECT_NEAR(mean_pore_volume(6, spread), mean, 5 * error);
}

TEST(MostPoreShare, is_what_still_can_be_placed) {
  PoreRequest crowded = request;
  crowded.radius_spread = 0;
  const double volume = 60.0 * 60 * 60, most = most_pore_share(6, 3.6);
  crowded.closed_volume = 0.8 * most * volume;
  EXPECT_NEAR(place(crowded, {}).placed_closed_volume, crowded.closed_volume, 0.05 * crowded.closed_volume);
  crowded.closed_volume = 1.2 * most * volume;
  EXPECT_LT(place(crowded, {}).placed_closed_volume, most * volume);
}

// A walk along the beads, in steps of at most an angstrom, must come back one cell higher: the channel percolates.
TEST(PlacePores, joins_open_pores_by_a_channel_through_the_cell) {
  PoreRequest none = request;
  none.closed_volume = 0;
  const std::vector<PoreSeed> seeds{{{0.1, 0.2, 0.8}, 1, true}, {{0.6, 0.5, 0.2}, 1, true}, {{0.3, 0.9, 0.5}, 1, true}};
  const PoreLayout layout = place(none, seeds);
  ASSERT_EQ(layout.pores.size(), 3u);
  EXPECT_EQ(layout.wanted_open, 3u);
  Vector3 walked;
  for (std::size_t i = 0; i < layout.channels.size(); ++i) {
    const Vector3 step =
        cube.separation(layout.channels[i].centre, layout.channels[(i + 1) % layout.channels.size()].centre);
    EXPECT_LE(norm(step), 1 + 1e-9);
    walked += step;
  }
  EXPECT_NEAR(walked.z, 60, 1e-9);
  for (const Pore& pore : layout.pores) {
    EXPECT_TRUE(pore.open);
    EXPECT_TRUE(std::any_of(layout.channels.begin(), layout.channels.end(),
                            [&](const Pore& bead) { return cube.distance(bead.centre, pore.centre) < 1e-9; }));
  }
}

TEST(PlacePores, keeps_closed_pores_off_the_channels) {
  const PoreLayout layout = place(request, {{{0.5, 0.5, 0.5}, 1, true}, {{0.5, 0.4, 0.1}, 5, false}});
  EXPECT_GT(layout.placed_closed_volume, 5000);
  for (const Pore& pore : layout.pores)
    for (const Pore& bead : layout.channels)
      if (!pore.open) {
        EXPECT_GE(cube.distance(pore.centre, bead.centre), pore.wall_radius() + bead.wall_radius() + layout.gap - 0.02);
      }
}

TEST(PlacePores, shares_open_and_closed_by_the_weights_of_the_seeds) {
  std::vector<PoreSeed> seeds;
  for (int i = 0; i < 20; ++i) seeds.push_back({{0.05 * i, 0.3, 0.7}, i < 4 ? 1.0 : 0.25, i >= 4});  // 4 : 4
  seeds.resize(12);                                                                                  // 4 : 2
  const PoreLayout layout = place(request, seeds);
  const auto open = std::count_if(layout.pores.begin(), layout.pores.end(), [](const Pore& pore) { return pore.open; });
  EXPECT_NEAR(static_cast<double>(open), 0.5 * static_cast<double>(layout.wanted_closed), 0.51);
}

}  // namespace
}  // namespace cardhouse
