#include "engine/builder/build_carbon.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "engine/structure/void_regions.hpp"

namespace cardhouse {
namespace {

CarbonTargets targets() {
  CarbonTargets wanted;
  wanted.interlayer_spacing = 3.77;
  wanted.anneal_steps = 100;
  wanted.hydrogen_per_carbon = 0.05;
  wanted.oxygen_per_carbon = 0.02;
  wanted.nitrogen_per_carbon = 0.01;
  wanted.closed_pore_volume = 0.05;
  return wanted;
}

const BuiltCarbon& carbon() {
  static const BuiltCarbon built = build_carbon(targets(), {.atoms = 4000}, 5, {});
  return built;
}

std::size_t carbon_neighbours(const CarbonStructure& structure, std::uint32_t atom, std::size_t network) {
  const auto neighbours = structure.bonds.of(atom);
  return static_cast<std::size_t>(
      std::count_if(neighbours.begin(), neighbours.end(), [&](std::uint32_t other) { return other < network; }));
}

TEST(BuildCarbon, hits_the_wanted_number_of_atoms_within_a_tenth) {
  EXPECT_NEAR(static_cast<double>(carbon().report.atoms_before_cut), 4000, 400);
}

TEST(BuildCarbon, places_the_inventory_exactly) {
  const auto& [structure, report] = carbon();
  const auto carbons = static_cast<double>(count(structure.atoms, Element::C));
  EXPECT_EQ(count(structure.atoms, Element::H), static_cast<std::size_t>(std::llround(0.05 * carbons)));
  EXPECT_EQ(count(structure.atoms, Element::O), static_cast<std::size_t>(std::llround(0.02 * carbons)));
  EXPECT_NEAR(static_cast<double>(count(structure.atoms, Element::N)), 0.01 * carbons, 1.5);
  EXPECT_EQ(report.hydrogen.reached, report.hydrogen.wanted);
  EXPECT_EQ(report.oxygen.reached, report.oxygen.wanted);
}

// Network atoms come first in the structure: carbons and what replaced them.
TEST(BuildCarbon, network_atoms_have_two_or_three_network_neighbours_and_no_long_bond) {
  const auto& [structure, report] = carbon();
  const std::size_t network = report.groups.carbons + report.groups.ether + report.groups.nitrogens();
  std::size_t edges = 0;
  for (std::uint32_t atom = 0; atom < network; ++atom) {
    const std::size_t neighbours = carbon_neighbours(structure, atom, network);
    EXPECT_TRUE(neighbours == 2 || neighbours == 3);
    EXPECT_LE(structure.bonds.degree(atom), 3u);
    edges += neighbours == 2;
  }
  for (const auto& [a, b] : structure.bonds.bonds())
    EXPECT_LE(norm(structure.atoms.cell.minimum_image(structure.atoms.positions[b] - structure.atoms.positions[a])),
              1.9);
  const double share = static_cast<double>(edges) / static_cast<double>(network);
  EXPECT_NEAR(share, report.edge_fraction.reached, 1e-12);
  EXPECT_NEAR(share, 0.07, 0.01);
  EXPECT_EQ(edges, report.groups.edge_sites() + report.bare_edges);
}

TEST(BuildCarbon, obeys_eulers_identity_before_the_cut) {
  const BuildReport& report = carbon().report;
  const double rings =
      static_cast<double>(report.euler_characteristic) + 0.5 * static_cast<double>(report.atoms_before_cut);
  double defect = 0, sum = 0;
  for (std::size_t size = 0; size < 10; ++size) {
    defect += (6 - static_cast<double>(size)) * rings * report.rings_before_cut.of_size[size];
    sum += report.rings_before_cut.of_size[size];
  }
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_NEAR(defect, 6 * static_cast<double>(report.euler_characteristic), 1e-6);
}

// Of the network; terminators may point into a pore. The wall may give way by a third of a layer spacing.
TEST(BuildCarbon, leaves_its_pores_empty_and_walled) {
  const auto& [structure, report] = carbon();
  ASSERT_FALSE(report.pores.pores.empty());
  const auto network = static_cast<std::ptrdiff_t>(report.carbons + report.groups.ether + report.groups.nitrogens());
  const std::vector<Vector3> atoms(structure.atoms.positions.begin(), structure.atoms.positions.begin() + network);
  for (const Pore& pore : report.pores.pores) {
    const NeighbourList near(structure.atoms.cell, std::vector<Vector3>{pore.centre}, atoms, pore.wall_radius() + 3);
    double nearest = 1e9;
    for (const Neighbour& atom : near.of(0)) nearest = std::min(nearest, norm(atom.displacement));
    EXPECT_GT(nearest, pore.wall_radius() - 1.7);
    EXPECT_LT(nearest, pore.wall_radius() + 1);
  }
  EXPECT_NEAR(report.closed_pore_volume.reached, 0.05, 0.01);
}

// The region of a probe that holds the centre of the pore, or none.
bool percolates_at(const VoidMap& map, const VoidRegions& regions, const Vector3& centre) {
  std::array<int, 3> point{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    point[axis] =
        static_cast<int>(std::lround(centre[static_cast<int>(axis)] / norm(map.steps()[axis]))) % map.shape()[axis];
  const std::int32_t label = regions.labels[map.index(point)];
  return label != VoidRegions::solid && regions.regions[static_cast<std::size_t>(label)].percolates;
}

TEST(BuildCarbon, helium_walks_through_open_pores_and_not_into_closed_ones) {
  CarbonTargets porous;
  porous.anneal_steps = 100;
  porous.closed_pore_volume = 0.05;
  porous.pores = {{{0.3, 0.3, 0.2}, 1, true}, {{0.7, 0.4, 0.7}, 1, true}, {{0.2, 0.8, 0.5}, 2, false}};
  const auto [structure, report] = build_carbon(porous, {.atoms = 6000}, 2, {});
  const VoidMap map(structure.atoms);
  const VoidRegions regions = find_regions(map, 1.3);
  std::size_t open = 0, closed = 0;
  for (const Pore& pore : report.pores.pores) {
    EXPECT_EQ(percolates_at(map, regions, pore.centre), pore.open);
    ++(pore.open ? open : closed);
  }
  EXPECT_GT(open, 0u);
  EXPECT_GT(closed, 0u);
}

TEST(BuildCarbon, makes_the_share_of_edges_it_is_told) {
  CarbonTargets edged;
  edged.edge_fraction = 0.12;
  edged.anneal_steps = 40;
  const BuildReport report = build_carbon(edged, {.atoms = 2500}, 1, {}).report;
  EXPECT_NEAR(report.edge_fraction.reached, 0.12, 0.01);
  EXPECT_EQ(report.hydrogen.reached, 0u);
}

TEST(BuildCarbon, spreads_the_radii_of_its_pores_as_told) {
  CarbonTargets porous;
  porous.anneal_steps = 20;
  porous.closed_pore_volume = 0.1;
  porous.pore_radius = 5;
  porous.pore_radius_spread = 0;
  for (const Pore& pore : build_carbon(porous, {.atoms = 4000}, 1, {}).report.pores.pores)
    EXPECT_NEAR(pore.radius, 5, 0.5);  // one scale for all, since their number is whole
}

TEST(BuildCarbon, density_is_that_of_a_hard_carbon) {
  const double grams = 1.66054 * carbon().report.density;
  EXPECT_GT(grams, 1.6);
  EXPECT_LT(grams, 2.3);
  EXPECT_DOUBLE_EQ(carbon().report.density, mass_density(carbon().structure.atoms));
}

TEST(BuildCarbon, repeats_itself_bit_for_bit_on_any_number_of_threads) {
  omp_set_num_threads(2);
  const BuiltCarbon again = build_carbon(targets(), {.atoms = 4000}, 5, {});
  omp_set_num_threads(1);
  const BuiltCarbon once_more = build_carbon(targets(), {.atoms = 4000}, 5, {});
  EXPECT_EQ(again.structure.atoms.positions, once_more.structure.atoms.positions);
  EXPECT_EQ(again.structure.atoms.elements, once_more.structure.atoms.elements);
  EXPECT_EQ(again.structure.bonds.bonds(), once_more.structure.bonds.bonds());
}

TEST(BuildCarbon, differs_with_the_seed) {
  const BuiltCarbon other = build_carbon(targets(), {.atoms = 4000}, 6, {});
  EXPECT_NE(other.structure.atoms.positions, carbon().structure.atoms.positions);
}

TEST(BuildCarbon, takes_a_cell_edge_as_it_is) {
  const BuiltCarbon built = build_carbon({}, {.cell_edge = 31.5}, 1, {});
  EXPECT_EQ(built.report.cell_edge, 31.5);
  EXPECT_EQ(built.report.passes, 1);
  EXPECT_DOUBLE_EQ(built.structure.atoms.cell.volume(), 31.5 * 31.5 * 31.5);
  EXPECT_NEAR(built.report.edge_fraction.reached, 0.02, 0.01);
}

TEST(BuildCarbon, finds_edges_for_much_hydrogen) {
  CarbonTargets green = targets();
  green.hydrogen_per_carbon = 0.3;
  const BuildReport report = build_carbon(green, {.atoms = 2500}, 1, {}).report;
  EXPECT_EQ(report.hydrogen.reached, report.hydrogen.wanted);
  EXPECT_GT(report.edge_fraction.reached, 0.3);
}

TEST(BuildCarbon, annealing_makes_hexagons) {
  CarbonTargets quick, slow;
  quick.anneal_steps = 10;
  slow.anneal_steps = 600;
  quick.handles_removed = slow.handles_removed = 0;
  quick.layer_extent = slow.layer_extent = 15;  // small grains, so that there is much to anneal
  quick.stack_height = slow.stack_height = 8;
  double difference = 0;
  for (std::uint64_t seed = 1; seed <= 2; ++seed)
    difference += build_carbon(slow, {.atoms = 4000}, seed, {}).report.rings_before_cut.hexagons() -
                  build_carbon(quick, {.atoms = 4000}, seed, {}).report.rings_before_cut.hexagons();
  EXPECT_GT(difference, 0.1);
}

TEST(BuildCarbon, removing_handles_turns_heptagons_into_hexagons) {
  CarbonTargets handled = targets();
  handled.handles_removed = 0;
  const BuildReport with = build_carbon(handled, {.atoms = 4000}, 5, {}).report, without = carbon().report;
  EXPECT_EQ(with.handles.closed, 0u);
  EXPECT_GT(without.handles.closed, 20u);
  EXPECT_LT(without.handles.left, 0.4 * static_cast<double>(with.handles.left));
  EXPECT_LT(without.rings_before_cut.heptagons(), with.rings_before_cut.heptagons() - 0.15);
  EXPECT_GT(without.rings_before_cut.hexagons(), with.rings_before_cut.hexagons() + 0.1);
  EXPECT_GT(without.rings.hexagons(), 0.7);
}

// Curvature, pores and handles want one ring in ten of another size; without annealing it is one in four.
TEST(BuildCarbon, annealed_rings_are_hexagons_by_four_fifths) {
  const RingShares before = build_carbon(targets(), {.atoms = 4000, .ring_sweeps = 0}, 5, {}).report.rings_before_cut;
  const RingShares after = carbon().report.rings_before_cut;
  EXPECT_LT(before.hexagons(), 0.77);
  EXPECT_GT(after.hexagons(), before.hexagons() + 0.04);
  EXPECT_GT(carbon().report.rings.hexagons(), 0.8);
  EXPECT_LT(after.heptagons(), before.heptagons());
}

TEST(BuildCarbon, larger_layers_have_fewer_dislocations) {
  CarbonTargets aligned;
  aligned.orientation_order = 1;
  aligned.layer_extent = 20;
  const RingShares small = build_carbon(aligned, {.atoms = 4000}, 1, {}).report.rings_before_cut;
  aligned.layer_extent = 40;
  const RingShares large = build_carbon(aligned, {.atoms = 4000}, 1, {}).report.rings_before_cut;
  EXPECT_GT(large.hexagons(), small.hexagons() + 0.05);
}

TEST(BuildCarbon, keeps_handles_whose_loops_are_longer_than_allowed) {
  const BuildReport report = build_carbon(targets(), {.atoms = 4000, .longest_handle_loop = 12}, 5, {}).report;
  EXPECT_GT(report.handles.closed, 0u);
  EXPECT_LE(report.handles.longest_closed, 12);
  EXPECT_GT(report.handles.left, carbon().report.handles.left);
}

TEST(BuildCarbon, tells_the_observer_from_start_to_end) {
  std::vector<double> seen;
  build_carbon({}, {.atoms = 1000}, 1, [&](double fraction) { seen.push_back(fraction); });
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_LT(seen.front(), 0.05);
  EXPECT_EQ(seen.back(), 1);
}

TEST(BuildCarbon, refuses_impossible_input) {
  EXPECT_THROW(build_carbon({}, {}, 1, {}), InputError);
  EXPECT_THROW(build_carbon({}, {.cell_edge = 12}, 1, {}), InputError);  // holds fewer than 500 atoms
  EXPECT_THROW(build_carbon({}, {.atoms = 100}, 1, {}), InputError);
}

TEST(RingSweeps, follow_the_layer_extent_up_to_a_limit) {
  EXPECT_EQ(ring_sweeps(29), 250);
  EXPECT_EQ(ring_sweeps(14.5), 8);
  EXPECT_LT(ring_sweeps(29), ring_sweeps(35));
  EXPECT_EQ(ring_sweeps(120), 3000);
}

TEST(ExpectedEdge, grows_with_atoms_spacing_and_pores) {
  CarbonTargets dense;
  const double edge = expected_edge(dense, {}, 8000);
  EXPECT_NEAR(expected_edge(dense, {}, 64000), 2 * edge, 1e-9);
  CarbonTargets wide = dense, porous = dense;
  wide.interlayer_spacing *= 1.1;
  porous.closed_pore_volume = 0.1;
  porous.pore_radius = 20;
  EXPECT_GT(expected_edge(wide, {}, 8000), edge);
  EXPECT_GT(expected_edge(porous, {}, 8000), edge);
}

}  // namespace
}  // namespace cardhouse
