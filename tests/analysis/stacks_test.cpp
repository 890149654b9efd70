#include "analysis/stacks.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

// Round flakes in a column along z, far from their images; flake n is turned by turn(n) [radian].
template <class Turn>
CarbonStructure column_of_flakes(int n_flakes, double radius, double d, Turn turn) {
  Atoms flat{Cell::cubic(200), {}, {}};
  samples::add_layer(flat, 30, 18, 0, {-15 * samples::lattice_constant, -9 * 4.2626, 0});
  const double width = 2 * radius + 20;
  Atoms atoms{Cell::orthorhombic(width, width, n_flakes * d + 20), {}, {}};
  for (int n = 0; n < n_flakes; ++n) {
    const double angle = turn(n);
    for (const Vector3& p : flat.positions) {
      if (norm(p) > radius) continue;
      atoms.add(Element::C, {width / 2 + p.x * std::cos(angle) - p.y * std::sin(angle),
                             width / 2 + p.x * std::sin(angle) + p.y * std::cos(angle), 10 + n * d});
    }
  }
  return samples::with_bonds(atoms);
}

TEST(Stacks, of_a_graphite_crystal_have_no_end) {
  const StackReport report = analyse_stacks(samples::with_bonds(samples::graphite(8, 5, 2)));
  EXPECT_EQ(report.sheets, 4U);
  EXPECT_EQ(report.patches, 4U);
  EXPECT_EQ(report.endless_patches.value, 1);
  EXPECT_EQ(report.endless_columns.value, 1);
  EXPECT_EQ(report.La.value, 0);
  EXPECT_NEAR(report.spacing.value, samples::graphite_c / 2, 1e-9);
  EXPECT_NEAR(report.spacing_deviation, 0, 1e-6);
  ASSERT_EQ(report.twists.size(), 4U);
  EXPECT_NEAR(report.twists.back(), 0, 1e-6);
  EXPECT_LT(report.twist_p_value, 0.01);
}

TEST(Stacks, of_a_single_layer_are_columns_of_one) {
  const StackReport report = analyse_stacks(column_of_flakes(1, 15, 3.6, [](int) { return 0.3; }));
  EXPECT_EQ(report.sheets, 1U);
  EXPECT_EQ(report.single_layers.value, 1);
  EXPECT_EQ(report.layers.value, 1);
  EXPECT_EQ(report.spacing.value, 0);
  EXPECT_TRUE(report.twists.empty());
}

TEST(Stacks, know_number_spacing_and_size_of_random_layers) {
  Stream stream(7, Purpose::Test);
  const double radius = 15, d = 3.62;
  const StackReport report = analyse_stacks(column_of_flakes(5, radius, d, [&](int) { return stream.uniform(); }));
  EXPECT_EQ(report.sheets, 5U);
  EXPECT_EQ(report.patches, 5U);
  EXPECT_NEAR(report.spacing.value, d, 1e-9);
  // Rings at the rim may face nothing: all others stand in columns of five.
  EXPECT_GT(report.layer_shares.at(4), 0.8);
  EXPECT_GT(report.layers.value, 4.5);
  EXPECT_EQ(report.endless_columns.value, 0);
  // The rings cover the disc up to its ragged rim.
  EXPECT_NEAR(report.La.value, 2 * radius, 0.1 * 2 * radius);
  EXPECT_LT(report.La.value, 2 * radius);
}

TEST(Stacks, know_the_disorder_of_a_paracrystal) {
  // Gaps that vary independently (Hosemann's paracrystal of the second kind along the normal): mean and scatter are
  // those that were drawn.
  Stream stream(9, Purpose::Test);
  RunningMoments drawn;
  const double radius = 12, width = 2 * radius + 20;
  const CarbonStructure one = column_of_flakes(1, radius, 3.6, [](int) { return 0.0; });
  Atoms atoms{Cell::orthorhombic(width, width, 13 * 3.6 + 20), {}, {}};
  for (double height = 0; drawn.count() < 12;) {
    for (const Vector3& p : one.atoms.positions) atoms.add(Element::C, p + Vector3{0, 0, height});
    const double gap = 3.6 + 0.12 * stream.normal();
    height += gap;
    drawn.add(gap);
    if (drawn.count() == 12)
      for (const Vector3& p : one.atoms.positions) atoms.add(Element::C, p + Vector3{0, 0, height});
  }
  const StackReport report = analyse_stacks(samples::with_bonds(atoms));
  EXPECT_NEAR(report.spacing.value, drawn.mean(), 1e-9);
  EXPECT_NEAR(report.spacing_deviation, std::sqrt(drawn.variance() * 11 / 12), 1e-6);
}

TEST(Stacks, measure_the_twist_that_was_built_in) {
  const double turn = 11.0 * std::numbers::pi / 180;
  const StackReport report = analyse_stacks(column_of_flakes(2, 15, 3.5, [&](int n) { return n * turn; }));
  ASSERT_EQ(report.twists.size(), 1U);
  EXPECT_NEAR(report.twists[0], 11, 1e-6);
}

TEST(Stacks, tell_turbostratic_layers_from_ordered_ones) {
  // False alarm 1 in 1000. The twin turns every second layer by 9 degrees: a mean not far from random, no such law.
  Stream stream(19, Purpose::Test);
  const auto random = [&](int) { return stream.uniform() * 2 * std::numbers::pi; };
  const auto ordered = [](int n) { return n * 9.0 * std::numbers::pi / 180; };
  const StackReport turbostratic = analyse_stacks(column_of_flakes(40, 9, 3.5, random));
  ASSERT_GE(turbostratic.twists.size(), 36U);
  EXPECT_GT(turbostratic.twist_p_value, 1e-3);
  EXPECT_NEAR(turbostratic.mean_twist, 15, 4.2);  // 3 x 8.66/sqrt(39)
  EXPECT_LT(analyse_stacks(column_of_flakes(40, 9, 3.5, ordered)).twist_p_value, 1e-6);
}

TEST(Stacks, break_a_bent_sheet_into_patches_of_the_allowed_deviation) {
  // A sheet of 60 x 26 angstrom rolled to a radius of 40: an arc of 86 degrees, patches of at most 30.
  const double radius = 40;
  Atoms flat{Cell::cubic(200), {}, {}};
  samples::add_layer(flat, 24, 6, 0);
  Atoms bent{Cell::cubic(120), {}, {}};
  for (const Vector3& p : flat.positions)
    bent.add(Element::C, {60 + radius * std::sin(p.x / radius), 20 + p.y, 20 + radius * std::cos(p.x / radius)});
  const CarbonStructure structure = samples::with_bonds(bent);
  const Sheets sheets = find_sheets(structure);
  EXPECT_EQ(sheets.n_sheets, 1U);
  EXPECT_GE(sheets.patches.size(), 3U);
  for (const SheetRing& ring : sheets.rings)
    EXPECT_GT(std::abs(dot(ring.plane.normal, sheets.patches[ring.patch].normal)), std::cos(0.2618) - 1e-9);
  const double arc = std::numbers::pi / 6 * radius, height = 6 * 4.2626;
  double largest = 0;
  for (const FlatPatch& patch : sheets.patches) largest = std::max(largest, patch.area);
  EXPECT_LT(largest, (arc + 2.5) * height);
  EXPECT_GT(largest, 0.75 * arc * height);
}

TEST(Stacks, are_cut_at_bridges_and_sp3_atoms) {
  // Two flakes side by side, joined by one bond that lies in no ring: two sheets in one fragment.
  Atoms flat{Cell::cubic(60), {}, {}};
  samples::add_layer(flat, 4, 2, 10, {10, 10, 0});
  const std::size_t half = flat.size();
  for (std::size_t i = 0; i < half; ++i) flat.add(Element::C, flat.positions[i] + Vector3{0, 0, 8});
  std::vector<Bond> bonds = BondGraph::from_distances(flat).bonds();
  bonds.push_back({0, static_cast<std::uint32_t>(half)});
  EXPECT_EQ(find_sheets({flat, BondGraph(flat.size(), bonds)}).n_sheets, 2U);
}

TEST(Stacks, do_not_depend_on_the_order_of_the_atoms) {
  Stream stream(3, Purpose::Test);
  const Atoms atoms = samples::turbostratic(10, 6, 4, 3.5, stream);
  Atoms backwards{atoms.cell, {}, {}};
  for (std::size_t i = atoms.size(); i-- > 0;) backwards.add(atoms.elements[i], atoms.positions[i]);
  const StackReport one = analyse_stacks(samples::with_bonds(atoms));
  const StackReport two = analyse_stacks(samples::with_bonds(backwards));
  EXPECT_EQ(one.patches, two.patches);
  EXPECT_NEAR(one.La.value, two.La.value, 1e-9);
  EXPECT_NEAR(one.spacing.value, two.spacing.value, 1e-9);
  EXPECT_NEAR(one.layers.value, two.layers.value, 1e-9);
}

TEST(Stacks, refuse_contradictory_limits) {
  const CarbonStructure structure = samples::with_bonds(samples::graphite(3, 2, 1));
  EXPECT_THROW(analyse_stacks(structure, {.nearest_layer = 6}), InputError);
}

}  // namespace
}  // namespace cardhouse
