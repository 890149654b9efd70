#include "engine/builder/target_field.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/base/contracts.hpp"
#include "engine/builder/build_carbon.hpp"
#include "engine/builder/edges.hpp"
#include "engine/builder/lamellar_field.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

// All bounds on counts below are five standard deviations: a false alarm in 2e6 of them, were the seeds not fixed.
constexpr double bound = 5;

TargetField halves(double low, double high) {
  TargetField field;
  field.sides = {2, 1, 1};
  field.crosslinks_per_cluster = field.hydrogen_per_carbon = field.oxygen_per_carbon =
      field.nitrogen_per_carbon = {low, high};
  return field;
}

// A binomial number of successes, judged against its standard deviation.
void expect_share(std::size_t number, std::size_t trials, double share) {
  const auto n = static_cast<double>(trials);
  EXPECT_NEAR(static_cast<double>(number) / n, share, bound * std::sqrt(share * (1 - share) / n));
}

TEST(CellAt, counts_along_x_first_and_folds_images) {
  const std::array<std::size_t, 3> sides{4, 3, 2};
  EXPECT_EQ(cell_at(sides, {0.3, 0.1, 0.1}), 1u);
  EXPECT_EQ(cell_at(sides, {0.1, 0.4, 0.1}), 4u);
  EXPECT_EQ(cell_at(sides, {0.1, 0.1, 0.6}), 12u);
  EXPECT_EQ(cell_at(sides, {-0.1, 2.99, 0.999999999}), 23u);
  EXPECT_THROW(cell_at({0, 1, 1}, {}), ContractViolation);
}

TEST(FieldSampler, draws_cells_in_proportion_to_their_values) {
  const std::vector<double> values{0, 1, 3, 0, 2, 2};
  const FieldSampler sampler({3, 2, 1}, values);
  Stream stream(1, Purpose::Test);
  std::map<std::size_t, std::size_t> found;
  const std::size_t draws = 40000;
  for (std::size_t i = 0; i < draws; ++i) ++found[cell_at({3, 2, 1}, sampler.draw(stream))];
  for (std::size_t cell = 0; cell < values.size(); ++cell) expect_share(found[cell], draws, values[cell] / 8);
}

TEST(FieldSampler, fills_a_cell_evenly) {
  const std::vector<double> values{0, 1};
  const FieldSampler sampler({1, 2, 1}, values);
  Stream stream(2, Purpose::Test);
  std::size_t beyond = 0;
  for (int i = 0; i < 10000; ++i) beyond += sampler.draw(stream).y > 0.75;
  expect_share(beyond, 10000, 0.5);
}

TEST(FieldSampler, refuses_what_is_no_distribution) {
  const std::vector<double> none{0, 0}, negative{2, -1}, few{1};
  for (const auto& values : {none, negative, few}) EXPECT_THROW(FieldSampler({2, 1, 1}, values), ContractViolation);
}

TEST(EdgeDensity, adds_the_heteroatoms_and_keeps_a_least) {
  TargetField field = halves(0.001, 0.05);
  EXPECT_EQ(edge_density(field, 0.02), (std::vector<double>{0.02, 0.05 + 0.05 + 0.05}));
  field.oxygen_per_carbon.clear();
  EXPECT_EQ(edge_density(field, 0.02), (std::vector<double>{0.02, 0.05 + 0.05}));
  EXPECT_TRUE(edge_density(halves(0, 0), 0.02).empty());
  EXPECT_TRUE(edge_density({}, 0.02).empty());
}

LamellarFieldOptions pinned(const TargetField& field) {
  return {.grains = {.spacing = 3.6, .layer_extent = 25, .stack_height = 12},
          .edge = 60,
          .crosslinks_per_cluster = 0.3,
          .field = field};
}

// Mobility is exp(-X/0.5), so that its logarithm adds up to the crosslinks. The smoothing blurs the border alike on
// both sides of both halves by one spacing, 3.6 of 30 angstrom, erf(...)-like: a share of 3.6/sqrt(2 pi)/15 of what is
// there changes sides.
TEST(CrosslinkMobility, pins_the_half_where_crosslinks_are_and_keeps_their_number) {
  const ScalarGrid like(60, 60);
  const auto pins_by_half = [&](const TargetField& field) {
    Stream stream(4, Purpose::Test);
    const std::vector<double> mobility = crosslink_mobility(pinned(field), like, stream);
    std::array<double, 2> sum{};
    for (int i = 0; i < 60; ++i)
      for (int j = 0; j < 60; ++j)
        for (int k = 0; k < 60; ++k) sum[i >= 30] -= 0.5 * std::log(mobility[like.index(i, j, k)]);
    return sum;
  };
  const double clusters = 60.0 * 60 * 60 / (14 * 2.62 * 3.6), crosslinks = std::round(0.3 * clusters);
  const double voxels = 60.0 * 60 * 60 / clusters;
  const auto even = pins_by_half({}), led = pins_by_half(halves(1, 3));
  const double blurred = 3.6 / std::sqrt(2 * 3.141592653589793) / 15;
  const double share = 0.75 - (0.75 - 0.25) * blurred;
  EXPECT_NEAR(led[0] + led[1], crosslinks * voxels, 1e-3 * crosslinks * voxels);
  EXPECT_NEAR(even[0] + even[1], led[0] + led[1], 1e-3 * crosslinks * voxels);
  expect_share(static_cast<std::size_t>(led[1] / voxels), static_cast<std::size_t>(crosslinks), share);
  expect_share(static_cast<std::size_t>(even[1] / voxels), static_cast<std::size_t>(crosslinks), 0.5);
}

const Sp2Network honeycomb = dual_network(triangulated_plane());

std::vector<double> random_order() {
  Stream stream(1, Purpose::Test);
  std::vector<double> order(honeycomb.size());
  for (double& value : order) value = std::pow(stream.uniform(), 3);  // its distribution must not matter
  return order;
}

std::size_t edges_of_right_half(const Sp2Network& network) {
  std::size_t number = 0;
  for (std::size_t atom = 0; atom < network.size(); ++atom)
    number += network.is_edge(atom) && network.positions[atom].x > 0.5 * network.cube.edge;
  return number;
}

// Deletions are independent draws; each makes about three edge atoms, which triples the variance of their number.
TEST(LedByDensity, cuts_edges_in_proportion) {
  const TargetField field = halves(0.02, 0.06);
  const std::vector<double> density = values_at(field, edge_density(field, 0), honeycomb.positions, honeycomb.cube);
  const Sp2Network cut = cut_edges(honeycomb, led_by_density(random_order(), density), {.edge_fraction = 0.1});
  const Sp2Network even = cut_edges(honeycomb, random_order(), {.edge_fraction = 0.1});
  EXPECT_NEAR(static_cast<double>(cut.edge_atoms()), static_cast<double>(even.edge_atoms()), 6);
  expect_share(edges_of_right_half(cut) / 3, cut.edge_atoms() / 3, 0.75);
  expect_share(edges_of_right_half(even) / 3, even.edge_atoms() / 3, 0.5);
}

TEST(LedByDensity, leaves_the_order_alone_without_densities) {
  EXPECT_EQ(led_by_density(random_order(), {}), random_order());
}

TEST(SitePreferences, give_every_cell_its_share_whatever_edges_it_has) {
  std::vector<double> order(honeycomb.size());
  Stream stream(3, Purpose::Test);
  for (std::size_t atom = 0; atom < order.size(); ++atom)  // three times the edges on the left
    order[atom] = stream.uniform() * (honeycomb.positions[atom].x < 0.5 * honeycomb.cube.edge ? 1 : 3);
  const Sp2Network network = cut_edges(honeycomb, order, {.edge_fraction = 0.3});
  const SitePreferences preferences = site_preferences(halves(0.02, 0.06), network);
  std::array<double, 2> at_edges{}, atoms{};
  for (std::size_t atom = 0; atom < network.size(); ++atom) {
    const bool right = network.positions[atom].x >= 0.5 * network.cube.edge;
    atoms[right] += 1;
    if (network.is_edge(atom)) at_edges[right] += preferences.oxygen[atom];
  }
  EXPECT_NEAR(at_edges[1] / at_edges[0], 3 * atoms[1] / atoms[0], 1e-9);
  EXPECT_TRUE(site_preferences({}, network).empty());
}

// The whole builder: a carbon whose right half is the greener one.
class TwoHalves : public testing::Test {
 protected:
  static CarbonTargets targets(const TargetField& field) {
    CarbonTargets wanted;
    wanted.anneal_steps = 40;
    wanted.layer_extent = 12;  // many grains, or one half may have no boundary to cut edges at
    wanted.hydrogen_per_carbon = 0.06;
    wanted.oxygen_per_carbon = wanted.nitrogen_per_carbon = 0.02;
    wanted.field = field;
    return wanted;
  }
  static BuiltCarbon built(const TargetField& field) { return build_carbon(targets(field), {.atoms = 8000}, 3, {}); }
  static TargetField green_right() {
    TargetField field;
    field.sides = {2, 1, 1};
    field.hydrogen_per_carbon = {0.03, 0.09};
    field.oxygen_per_carbon = field.nitrogen_per_carbon = {0.005, 0.035};
    return field;
  }
  static std::size_t on_the_right(const Atoms& atoms, Element element) {
    std::size_t number = 0;
    for (std::size_t atom = 0; atom < atoms.size(); ++atom)
      number += atoms.elements[atom] == element && atoms.positions[atom].x > 0.5 * atoms.cell.vectors()[0].x;
    return number;
  }
};

TEST_F(TwoHalves, put_heteroatoms_on_their_side_and_keep_the_totals) {
  const BuiltCarbon led = built(green_right());
  const Atoms& atoms = led.structure.atoms;
  EXPECT_EQ(led.report.hydrogen.reached, led.report.hydrogen.wanted);
  EXPECT_EQ(led.report.oxygen.reached, led.report.oxygen.wanted);
  EXPECT_NEAR(static_cast<double>(led.report.nitrogen.reached), static_cast<double>(led.report.nitrogen.wanted), 1);
  expect_share(on_the_right(atoms, Element::O), led.report.oxygen.reached, 0.875);
  expect_share(on_the_right(atoms, Element::N), led.report.nitrogen.reached, 0.875);
  expect_share(on_the_right(atoms, Element::H), led.report.hydrogen.reached, 0.75);
}

TEST_F(TwoHalves, of_the_same_kind_are_as_good_as_none) {
  const BuiltCarbon none = built({});
  TargetField zero;
  zero.sides = {2, 1, 1};
  zero.crosslinks_per_cluster = zero.oxygen_per_carbon = {0, 0};
  const BuiltCarbon same = built(zero);
  EXPECT_EQ(none.structure.atoms.positions, same.structure.atoms.positions);
  EXPECT_EQ(none.structure.atoms.elements, same.structure.atoms.elements);
  expect_share(on_the_right(none.structure.atoms, Element::O), none.report.oxygen.reached, 0.5);
}

}  // namespace
}  // namespace cardhouse
