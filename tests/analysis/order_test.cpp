#include "analysis/order.hpp"

#include <gtest/gtest.h>

#include <map>

#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

TEST(Order, of_graphite_is_perfect) {
  const OrderReport report = analyse_order(samples::with_bonds(samples::graphite(8, 5, 2)));
  EXPECT_EQ(report.sp2.value, 1);
  EXPECT_EQ(report.sp.value + report.sp3.value, 0);
  EXPECT_NEAR(report.rings[6 - smallest_ring].value, 0.5, 1e-12);
  EXPECT_EQ(report.non_hexagonal.value, 0);
  EXPECT_NEAR(report.curvature.value, 0, 1e-7);
  EXPECT_NEAR(report.layer_spacing.value, samples::graphite_c / 2, 1e-6);
  EXPECT_EQ(report.unpaired_sides.value, 0);
  EXPECT_EQ(report.fragments, 4U);
  EXPECT_NEAR(report.largest_fragment, 0.25, 1e-12);
  double shares = 0;
  for (double share : report.spacing_shares) shares += share;
  EXPECT_NEAR(shares, 1, 1e-12);
  EXPECT_EQ(report.spacing_edges.size(), report.spacing_shares.size() + 1);
}

TEST(Order, of_a_single_layer_has_no_spacing) {
  Atoms atoms{
      Cell::orthorhombic(8 * samples::lattice_constant, 5 * samples::lattice_constant * std::sqrt(3.0), 12), {}, {}};
  samples::add_layer(atoms, 8, 5, 3);
  const OrderReport report = analyse_order(samples::with_bonds(atoms));
  EXPECT_EQ(report.unpaired_sides.value, 1);
  EXPECT_EQ(report.layer_spacing.value, 0);
  for (double share : report.spacing_shares) EXPECT_EQ(share, 0);
}

TEST(Order, measures_the_spacing_of_tilted_layers_square_to_them) {
  // Graphite sheared along y by one in-plane period keeps its layers 3.354 apart in a triclinic cell.
  const Atoms straight = samples::graphite(8, 5, 2);
  const auto& v = straight.cell.vectors();
  Atoms sheared{Cell(v[0], v[1], v[2] + v[1] / 5), straight.positions, straight.elements};
  EXPECT_NEAR(analyse_order(samples::with_bonds(sheared)).layer_spacing.value, samples::graphite_c / 2, 1e-6);
}

TEST(Order, finds_the_curvature_of_a_tube) {
  // A zigzag tube (n, 0): circumference n a. Bonds along the axis bend nothing, the others do.
  const int n = 24, length = 6;
  const double a = samples::lattice_constant, radius = n * a / (2 * std::numbers::pi);
  Atoms flat{Cell::cubic(60), {}, {}};
  samples::add_layer(flat, n, length, 0);
  Atoms tube{Cell::orthorhombic(60, length * a * std::sqrt(3.0), 60), {}, {}};
  for (const Vector3& p : flat.positions) {
    tube.add(Element::C, {30 + radius * std::sin(p.x / radius), p.y, 30 + radius * std::cos(p.x / radius)});
  }
  // Of the three ring pairs per ring one lies along the circumference (angle/distance = 1/R) and two at 60 degrees to
  // it (half of the angle over the same distance): the mean is (1 + 1/2 + 1/2)/(3 R).
  const OrderReport report = analyse_order(samples::with_bonds(tube));
  EXPECT_NEAR(report.curvature.value, 2.0 / 3 / radius, 0.02 / radius);
  EXPECT_EQ(report.sp2.value, 1);
}

TEST(Order, counts_coordination_rings_and_atoms_of_a_small_molecule) {
  // A pentagon with a three-atom tail whose end carries H: C-C-C, middle atom two-coordinated.
  Atoms atoms{Cell::cubic(30), {}, {}};
  for (int n = 0; n < 5; ++n) {
    atoms.add(Element::C, {10 + 1.2 * std::cos(1.2566371 * n), 10 + 1.2 * std::sin(1.2566371 * n), 10});
  }
  atoms.add(Element::C, {12.6, 10, 10});
  atoms.add(Element::C, {14.0, 10, 10});
  atoms.add(Element::O, {15.2, 10, 10});
  atoms.add(Element::H, {25, 25, 25});
  const OrderReport report = analyse_order(samples::with_bonds(atoms));
  EXPECT_NEAR(report.sp2.value, 1.0 / 7, 1e-12);
  EXPECT_NEAR(report.sp.value, 6.0 / 7, 1e-12);
  EXPECT_NEAR(report.rings[5 - smallest_ring].value, 1.0 / 7, 1e-12);
  EXPECT_EQ(report.non_hexagonal.value, 1);
  EXPECT_EQ(report.fragments, 2U);
  EXPECT_NEAR(report.largest_fragment, 8.0 / 9, 1e-12);
  EXPECT_NEAR(report.hydrogen_per_carbon, 1.0 / 7, 1e-12);
  EXPECT_NEAR(report.oxygen_per_carbon, 1.0 / 7, 1e-12);
}

TEST(Order, lists_the_atoms_of_every_ring_up_to_the_rim_of_a_vacancy) {
  Atoms atoms = samples::graphite(8, 5, 1);
  atoms.positions.erase(atoms.positions.begin() + 40);
  atoms.elements.pop_back();
  const CarbonStructure structure = samples::with_bonds(atoms);
  const OrderReport report = analyse_order(structure);
  std::map<std::size_t, int> of_size;
  for (const Ring& ring : report.ring_list) {
    ++of_size[ring.size()];
    for (std::size_t n = 0; n < ring.size(); ++n)
      EXPECT_TRUE(structure.bonds.bonded(ring[n], ring[(n + 1) % ring.size()]));
  }
  // Three hexagons have become one ring of twelve.
  EXPECT_EQ(of_size, (std::map<std::size_t, int>{{6, 8 * 5 * 4 - 3}, {12, 1}}));
  EXPECT_NEAR(report.rings[12 - smallest_ring].value, 1.0 / static_cast<double>(atoms.size()), 1e-12);
  EXPECT_EQ(report.non_hexagonal.value, 0);  // of the rings that make sheets
}

TEST(Order, refuses_contradictory_limits) {
  const CarbonStructure structure = samples::with_bonds(samples::graphite(3, 2, 1));
  EXPECT_THROW(analyse_order(structure, {.nearest_layer = 6}), InputError);
}

}  // namespace
}  // namespace cardhouse
