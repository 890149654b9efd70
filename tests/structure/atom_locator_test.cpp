#include "engine/structure/atom_locator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

Atoms random_atoms(const Cell& cell, std::size_t n, Stream& stream) {
  Atoms atoms{cell, {}, {}};
  for (std::size_t i = 0; i < n; ++i) {
    // Some atoms lie in other images of the cell.
    const Vector3 fractional{3 * stream.uniform() - 1, stream.uniform(), stream.uniform()};
    atoms.add(i % 3 == 0 ? Element::H : i % 7 == 0 ? Element::Na : Element::C, cell.to_cartesian(fractional));
  }
  return atoms;
}

double brute_force_clearance(const Atoms& atoms, const Vector3& point) {
  double best = 1e300;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vector3 start = atoms.cell.wrap(atoms.positions[i]) - atoms.cell.wrap(point);
    for (int n = 0; n < 343; ++n) {
      const Vector3 image{n / 49 - 3.0, n / 7 % 7 - 3.0, n % 7 - 3.0};
      const double distance = norm(start + atoms.cell.to_cartesian(image));
      best = std::min(best, distance - van_der_waals_radius(atoms.elements[i]));
    }
  }
  return best;
}

TEST(AtomLocator, finds_the_nearest_surface_that_a_search_over_all_images_finds) {
  Stream stream(1, Purpose::Test);
  const Cell cells[] = {Cell::cubic(9), Cell::orthorhombic(4, 11, 23), Cell({6, 0, 0}, {4, 7, 0}, {-3, 2, 8})};
  for (const Cell& cell : cells) {
    const Atoms atoms = random_atoms(cell, 12, stream);
    const AtomLocator locator(atoms);
    for (int n = 0; n < 100; ++n) {
      const Vector3 point = cell.to_cartesian({4 * stream.uniform() - 2, stream.uniform(), stream.uniform()});
      const auto nearest = locator.nearest(point);
      EXPECT_NEAR(nearest.clearance, brute_force_clearance(atoms, point), 1e-9);
      EXPECT_NEAR(nearest.clearance, nearest.distance - van_der_waals_radius(atoms.elements[nearest.atom]), 1e-12);
    }
  }
}

TEST(AtomLocator, gathers_every_image_within_reach_once) {
  Atoms atoms{Cell::cubic(3), {}, {}};
  atoms.add(Element::C, {1, 1, 1});
  const std::vector<double> radii{0.5};
  const AtomLocator locator(atoms, radii);
  std::vector<AtomLocator::Image> images;
  locator.gather({1, 1, 1}, 3 * std::sqrt(2.0) - 0.5 + 1e-6, images);
  EXPECT_EQ(images.size(), 1U + 6U + 12U);
  locator.gather({1, 1, 1}, 2.4, images);
  EXPECT_EQ(images.size(), 1U);
}

TEST(AtomLocator, measures_to_centres_when_radii_are_zero) {
  Atoms atoms{Cell::cubic(10), {}, {}};
  atoms.add(Element::C, {0, 0, 0});
  const std::vector<double> radii{0.0};
  EXPECT_NEAR(AtomLocator(atoms, radii).nearest({5, 5, 5}).clearance, std::sqrt(75.0), 1e-12);
  EXPECT_NEAR(AtomLocator(atoms).nearest({5, 5, 5}).clearance, std::sqrt(75.0) - 1.7, 1e-12);
}

TEST(AtomLocator, finds_a_lone_atom_in_a_huge_cell) {
  Atoms atoms{Cell::orthorhombic(1e5, 2e5, 4e4), {}, {}};
  atoms.add(Element::C, {1, 1, 1});
  const AtomLocator locator(atoms);
  EXPECT_NEAR(locator.nearest({1, 1, 4e4 - 2}).clearance, 3 - 1.7, 1e-9);
  EXPECT_NEAR(locator.nearest({5e4 + 1, 1, 1}).distance, 5e4, 1e-6);
}

TEST(AtomLocator, refuses_a_structure_without_atoms) {
  EXPECT_THROW(AtomLocator(Atoms{Cell::cubic(5), {}, {}}), InputError);
}

}  // namespace
}  // namespace cardhouse
