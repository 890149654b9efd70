#include "engine/sodium/ring_hollows.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/sodium/wall_finder.hpp"
#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using namespace samples;

Vector3 tilted(const Vector3& p, double angle) {
  return {p.x, p.y * std::cos(angle) - p.z * std::sin(angle), p.y * std::sin(angle) + p.z * std::cos(angle)};
}

// Two finite flakes, the upper one turned about x through a point `gap` above the origin.
CarbonStructure wedge(double gap, double angle) {
  Atoms atoms{Cell::cubic(120), {}, {}};
  Atoms flake{atoms.cell, {}, {}};
  add_sheet(flake, 8, 5, {-4 * lattice, -2.5 * row, 0});
  for (const Vector3& p : flake.positions) atoms.add(Element::C, p + Vector3{60, 60, 60});
  for (const Vector3& p : flake.positions) atoms.add(Element::C, tilted(p, angle) + Vector3{60, 60, 60 + gap});
  return bonded(std::move(atoms));
}

TEST(WallFinder, measures_to_the_plane_of_a_tilted_wall_not_to_its_atoms) {
  const double angle = 0.2;
  const WallFinder walls(wedge(5, angle), parameters().geometry);
  for (const double y : {-4.0, -1.3, 0.0, 0.9, 3.1}) {
    const OppositeWall wall = walls.look({60.7, 60 + y, 60}, {0, 0, 1});
    EXPECT_NEAR(wall.distance, 5 + y * std::tan(angle), 1e-6);
    EXPECT_NEAR(wall.tilt_cosine, std::cos(angle), 1e-9);
  }
}

TEST(WallFinder, sees_nothing_farther_than_the_widest_pore) {
  const SiteGeometry geometry = parameters().geometry;
  const WallFinder near(bonded(stack(4, 3, geometry.pore_widest - 0.5, {{0, 0}})), geometry);
  EXPECT_NEAR(near.look({0, 2 * bond, 0}, {0, 0, 1}).distance, geometry.pore_widest - 0.5, 1e-9);
  const WallFinder far(bonded(stack(4, 3, geometry.pore_widest + 0.5, {{0, 0}})), geometry);
  EXPECT_EQ(far.look({0, 2 * bond, 0}, {0, 0, 1}).distance, 0);
}

std::vector<Hollow> hollows_of(const CarbonStructure& structure, const SiteGeometry& geometry) {
  return find_hollows(structure, find_ring_faces(structure, geometry.edge_distance), geometry);
}

TEST(RingHollows, steep_walls_make_no_gallery) {
  const SiteGeometry geometry = parameters().geometry;
  const auto galleries = [&](double angle) {
    const auto hollows = hollows_of(wedge(3.8, angle), geometry);
    return std::count_if(hollows.begin(), hollows.end(), [](const Hollow& hollow) { return hollow.in_gallery(); });
  };
  EXPECT_GT(galleries(0.9 * geometry.steepest_wall), 0);
  EXPECT_EQ(galleries(1.1 * geometry.steepest_wall), 0);
}

TEST(RingHollows, stand_equally_far_from_both_faces_of_a_wedge) {
  constexpr double gap = 5.2;
  for (const double angle : {0.15, 0.3, 0.5}) {
    int places = 0;
    for (const Hollow& hollow : hollows_of(wedge(gap, angle), parameters().geometry)) {
      if (!hollow.in_gallery()) continue;
      const Vector3 place = hollow.position - Vector3{60, 60, 60};
      const double below = place.z, above = -dot(place - Vector3{0, 0, gap}, {0, -std::sin(angle), std::cos(angle)});
      EXPECT_NEAR(below, above, 1e-6) << angle;
      EXPECT_NEAR(hollow.spacing, below + above, 1e-6) << angle;
      ++places;
    }
    EXPECT_GT(places, 2) << angle;
  }
}

TEST(RingHollows, the_distance_of_walls_decides_between_gallery_slit_and_pore) {
  const SiteGeometry geometry = parameters().geometry;
  struct Case {
    double distance;
    std::size_t sites;  // for each hexagon
    bool gallery;
    bool pore;
    double height;
  };
  for (const Case& c :
       {Case{3.1, 0, false, false, 0}, Case{3.3, 1, true, false, 1.65}, Case{4.39, 1, true, false, 2.195},
        Case{4.5, 1, false, false, 2.25}, Case{5.5, 1, false, false, 2.75}, Case{6.8, 2, false, false, 2.4},
        Case{7.2, 2, false, true, 2.4}}) {
    const CarbonStructure sheet = bonded(stack(4, 3, c.distance, {{0, 0}}));
    const auto hollows = hollows_of(sheet, geometry);
    EXPECT_EQ(hollows.size(), 24 * c.sites) << c.distance;
    for (const Hollow& hollow : hollows) {
      EXPECT_EQ(hollow.in_gallery(), c.gallery) << c.distance;
      EXPECT_EQ(faces_pore(hollow, geometry), c.pore) << c.distance;
      const double z = sheet.atoms.cell.wrap(hollow.position).z;
      EXPECT_NEAR(std::min(z, c.distance - z), c.height, 1e-9) << c.distance;
    }
  }
}

TEST(RingHollows, an_atom_across_the_gallery_takes_its_place) {
  const SiteGeometry geometry = parameters().geometry;
  Atoms atoms = stack(4, 3, 3.8, {{0, 0}});
  const std::size_t before = hollows_of(bonded(atoms), geometry).size();
  atoms.add(Element::C, atoms.positions[10] + Vector3{0, 0, 1.9});
  EXPECT_EQ(hollows_of(bonded(atoms), geometry).size(), before - 3);  // the three hexagons round the atom
}

TEST(RingHollows, merging_pairs_the_nearest_first_and_keeps_the_mean) {
  const Cell cell = Cell::cubic(20);
  const auto at = [](double x, std::uint32_t face) {
    Hollow hollow;
    hollow.position = {x, 0, 0};
    hollow.normal = {0, 0, face % 2 == 0 ? 1.0 : -1.0};
    hollow.faces = {face};
    return hollow;
  };
  const auto merged = merge_close({at(19.9, 0), at(1.0, 1), at(0.1, 2), at(5, 3)}, 1.2, cell);
  ASSERT_EQ(merged.size(), 2u);  // 19.9 and 0.1 first, then their mean 20.0 with 1.0
  EXPECT_NEAR(cell.minimum_image(merged[0].position).x, 1.0 / 3, 1e-12);
  EXPECT_EQ(merged[0].faces.size(), 3u);
  EXPECT_EQ(merged[1].faces, (std::vector<std::uint32_t>{3}));
}

}  // namespace
}  // namespace cardhouse
