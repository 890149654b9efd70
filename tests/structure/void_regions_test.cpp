#include "engine/structure/void_regions.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cardhouse {
namespace {

constexpr double edge = 20;

// A cube filled with carbon on a simple cubic net of 1 angstrom, kept where `keep` says so: a solid without holes.
template <class Keep>
Atoms carved(Keep keep) {
  Atoms atoms{Cell::cubic(edge), {}, {}};
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < 20; ++j) {
      for (int k = 0; k < 20; ++k) {
        const Vector3 p{i + 0.5, j + 0.5, k + 0.5};
        if (keep(p)) atoms.add(Element::C, p);
      }
    }
  }
  return atoms;
}

double distance_to_axis(const Vector3& p, double y, double z) {
  return std::hypot(p.y - y, p.z - z);
}

TEST(VoidRegions, find_nothing_in_a_solid_without_voids) {
  const VoidRegions regions = find_regions(VoidMap(carved([](const Vector3&) { return true; })), 1.3);
  EXPECT_TRUE(regions.regions.empty());
  EXPECT_EQ(regions.occupiable_volume(true), 0);
  EXPECT_EQ(regions.occupiable_volume(false), 0);
}

TEST(VoidRegions, report_a_cavity_as_one_closed_region) {
  const Vector3 centre{19, 1, 10};  // across two faces of the cell
  const Atoms atoms = carved([&](const Vector3& p) { return norm(Cell::cubic(edge).minimum_image(p - centre)) > 7; });
  const VoidMap map(atoms);
  const double radius = map.clearance_at(centre);
  const VoidRegions regions = find_regions(map, 1.3);
  ASSERT_EQ(regions.regions.size(), 1U);
  const VoidRegion& region = regions.regions[0];
  EXPECT_FALSE(region.percolates);
  EXPECT_NEAR(norm(Cell::cubic(edge).minimum_image(region.centroid - centre)), 0, 0.1);
  EXPECT_NEAR(region.sphere_radius, radius, 0.1);
  EXPECT_GT(region.sphere_radius, radius - 0.01);
  // The wall is rough by half an angstrom: the volumes lie between those of the inscribed and circumscribed spheres.
  const auto ball = [](double r) { return 4.0 / 3 * M_PI * r * r * r; };
  EXPECT_GT(region.volume, ball(radius - 1.3));
  EXPECT_LT(region.volume, ball(radius - 1.3 + 0.6));
  EXPECT_GT(region.occupiable_volume, 0.98 * ball(radius));
  EXPECT_LT(region.occupiable_volume, ball(radius + 0.6));
}

TEST(VoidRegions, report_a_channel_through_the_cell_as_percolating) {
  const Atoms atoms = carved([](const Vector3& p) { return distance_to_axis(p, 10, 10) > 5; });
  const VoidRegions regions = find_regions(VoidMap(atoms), 1.3);
  ASSERT_EQ(regions.regions.size(), 1U);
  EXPECT_TRUE(regions.regions[0].percolates);
}

TEST(VoidRegions, see_a_blocked_channel_as_closed) {
  const Atoms atoms = carved([](const Vector3& p) { return p.x < 2 || distance_to_axis(p, 10, 10) > 5; });
  const VoidRegions regions = find_regions(VoidMap(atoms), 1.3);
  ASSERT_EQ(regions.regions.size(), 1U);
  EXPECT_FALSE(regions.regions[0].percolates);
}

TEST(VoidRegions, separate_two_cavities_for_a_probe_that_their_neck_stops) {
  const auto keep = [](const Vector3& p) {
    const bool first = norm(p - Vector3{5, 10, 10}) < 4.2, second = norm(p - Vector3{15, 10, 10}) < 4.2;
    const bool neck = distance_to_axis(p, 10, 10) < 3.1 && p.x > 5 && p.x < 15;
    return !first && !second && !neck;
  };
  const VoidMap map(carved(keep));
  const double neck = map.clearance_at({10, 10, 10});
  EXPECT_EQ(find_regions(map, neck - 0.05).regions.size(), 1U);
  EXPECT_EQ(find_regions(map, neck + 0.05).regions.size(), 2U);
}

TEST(VoidRegions, follow_a_diagonal_channel_thinner_than_the_grid) {
  // A channel along (1, 1, 0) of a net with atoms only outside a tube; the free tube for the probe is 0.2 angstrom
  // wide.
  const auto axis_distance = [](Vector3 p) {
    double best = 1e9;
    for (double shift : {-edge, 0.0, edge}) {
      best = std::min(best, std::hypot((p.x - p.y + shift) / std::sqrt(2.0), p.z - 10));
    }
    return best;
  };
  const Atoms atoms = carved([&](const Vector3& p) { return axis_distance(p) > 3.4; });
  const VoidMap map(atoms, {.spacing = 0.5, .shift = {}});
  double tightest = 1e9;
  for (int n = 0; n < 200; ++n) tightest = std::min(tightest, map.clearance_at({0.1 * n, 0.1 * n, 10}));
  const VoidRegions regions = find_regions(map, tightest - 0.2);
  ASSERT_GE(regions.regions.size(), 1U);
  EXPECT_TRUE(regions.regions[0].percolates);
  for (const VoidRegion& region : find_regions(map, tightest + 0.3).regions) EXPECT_FALSE(region.percolates);
}

TEST(VoidRegions, cover_each_occupied_point_by_its_region) {
  const Atoms atoms = carved([](const Vector3& p) { return norm(p - Vector3{10, 10, 10}) > 6; });
  const VoidMap map(atoms);
  const InscribedSpheres spheres = inscribe_spheres(map);
  const VoidRegions regions = find_regions(map, spheres, 1.3);
  const std::vector<std::int32_t> occupied = occupied_by(regions, spheres);
  std::size_t covered = 0;
  for (std::size_t v = 0; v < map.size(); ++v) {
    covered += occupied[v] == 0;
    EXPECT_TRUE(regions.labels[v] != 0 || occupied[v] == 0);
  }
  EXPECT_NEAR(static_cast<double>(covered) * map.voxel_volume(), regions.regions[0].occupiable_volume, 1e-9);
  EXPECT_GT(covered, regions.regions[0].voxels);
}

TEST(VoidRegions, are_labelled_alike_with_and_without_their_places) {
  const Atoms atoms = carved([](const Vector3& p) {
    return distance_to_axis(p, 5, 5) > 4 && norm(p - Vector3{10, 15, 15}) > 4.5;  // a channel and a cavity
  });
  const VoidMap map(atoms);
  const VoidRegions placed = find_regions(map, 1.3), labelled = label_regions(map, 1.3);
  EXPECT_EQ(placed.labels, labelled.labels);
  ASSERT_EQ(placed.regions.size(), 2U);
  ASSERT_EQ(labelled.regions.size(), 2U);
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_EQ(placed.regions[r].voxels, labelled.regions[r].voxels);
    EXPECT_EQ(placed.regions[r].volume, labelled.regions[r].volume);
    EXPECT_EQ(placed.regions[r].percolates, labelled.regions[r].percolates);
  }
  EXPECT_NE(placed.regions[0].percolates, placed.regions[1].percolates);
}

}  // namespace
}  // namespace cardhouse
