#include "analysis/surface_area.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

constexpr double nitrogen = 1.82;

SurfaceArea area_of(const Atoms& atoms, double probe = nitrogen, int points = 400) {
  const VoidMap map(atoms);
  return surface_area(atoms, map, find_regions(map, probe), points);
}

double sphere(double radius) {
  return 4 * std::numbers::pi * radius * radius;
}

TEST(SurfaceArea, of_one_atom_is_a_sphere_and_exact) {
  Atoms atoms{Cell::cubic(12), {}, {}};
  atoms.add(Element::C, {1, 2, 3});
  const SurfaceArea area = area_of(atoms);
  EXPECT_NEAR(area.total.value, sphere(1.7 + nitrogen), 1e-9);
  EXPECT_NEAR(area.open.value, area.total.value, 1e-9);
  EXPECT_NEAR(area.total.error, 0, 1e-9);
}

TEST(SurfaceArea, of_two_overlapping_atoms_loses_two_caps_in_every_direction_and_cell) {
  // Each cap: 2 pi R (R - d/2).
  const double R = 1.7 + nitrogen, d = 3;
  const double exact = 2 * sphere(R) - 2 * 2 * std::numbers::pi * R * (R - d / 2);
  for (const Vector3& direction : {Vector3{1, 0, 0}, {0.6, 0.8, 0}, {0.48, 0.64, 0.6}}) {
    Atoms atoms{Cell({14, 0, 0}, {-5, 13, 0}, {4, 5, 13}), {}, {}};
    atoms.add(Element::C, {0.5, 0.1, 0.2});
    atoms.add(Element::C, atoms.positions[0] + d * direction);
    const SurfaceArea area = area_of(atoms, nitrogen, 1000);
    EXPECT_NEAR(area.total.value, exact, 0.01 * exact);
    EXPECT_NEAR(area.open.value, area.total.value, 1e-9);
  }
}

TEST(SurfaceArea, is_the_same_in_the_primitive_and_the_cubic_cell) {
  const double a = 9;
  const Atoms primitive{Cell({0, a / 2, a / 2}, {a / 2, 0, a / 2}, {a / 2, a / 2, 0}), {{0.3, 0.3, 0.3}}, {Element::C}};
  Atoms cubic{Cell::cubic(a), {}, {}};
  for (const Vector3& f : {Vector3{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}})
    cubic.add(Element::C, a * f + Vector3{0.3, 0.3, 0.3});
  const SurfaceArea one = area_of(primitive, 1.3), four = area_of(cubic, 1.3);
  EXPECT_GT(one.total.value, 10);
  EXPECT_NEAR(4 * one.total.value, four.total.value, 1e-6);
  EXPECT_NEAR(4 * one.open.value, four.open.value, 1e-6);
}

TEST(SurfaceArea, of_a_closed_sphere_is_closed_and_that_of_a_channel_open) {
  const Vector3 centre{12, 12, 12};
  const Atoms hollow = samples::dense_solid(24, [&](const Vector3& p) { return norm(p - centre) > 8; });
  const double radius = VoidMap(hollow).clearance_at(centre);
  const SurfaceArea closed = area_of(hollow, nitrogen, 100);
  EXPECT_EQ(closed.open.value, 0);
  // The centre of the probe rolls over bumps of 1 angstrom: a little more than the smooth sphere.
  EXPECT_GT(closed.total.value, sphere(radius - nitrogen));
  EXPECT_LT(closed.total.value, 1.2 * sphere(radius - nitrogen + 0.2));
  EXPECT_NEAR(std::accumulate(closed.of_regions.begin(), closed.of_regions.end(), 0.0), closed.total.value,
              0.01 * closed.total.value);
  const Atoms channel = samples::dense_solid(24, [](const Vector3& p) { return std::hypot(p.x - 12, p.y - 12) > 7; });
  const SurfaceArea open = area_of(channel, nitrogen, 100);
  EXPECT_NEAR(open.open.value, open.total.value, 0.01 * open.total.value);
  const double bore = VoidMap(channel).clearance_at({12, 12, 0.5}) - nitrogen;
  EXPECT_GT(open.total.value, 2 * std::numbers::pi * bore * 24);
  EXPECT_LT(open.total.value, 1.4 * 2 * std::numbers::pi * bore * 24);
}

TEST(SurfaceArea, of_a_solid_is_nothing) {
  const SurfaceArea area = area_of(samples::dense_solid(8, [](const Vector3&) { return true; }));
  EXPECT_EQ(area.total.value, 0);
  EXPECT_EQ(area.total.error, 0);
}

TEST(SurfaceArea, agrees_in_a_supercell_and_under_translation) {
  Stream stream(8, Purpose::Test);
  const Atoms atoms = samples::turbostratic(10, 6, 3, 7.5, stream);
  const SurfaceArea one = area_of(atoms, 1.3, 100);
  const SurfaceArea two = area_of(samples::doubled_along_a(atoms), 1.3, 100);
  const SurfaceArea moved = area_of(samples::moved(atoms, {1.7, 2.9, -3.1}), 1.3, 100);
  EXPECT_NEAR(2 * one.total.value, two.total.value, 1e-6 * one.total.value);
  EXPECT_NEAR(one.total.value, moved.total.value, 1e-6 * one.total.value);
  EXPECT_NEAR(one.open.value, moved.open.value, 0.01 * one.total.value);
}

}  // namespace
}  // namespace cardhouse
