#include "engine/builder/edges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/remesh.hpp"
#include "tests/builder/level_set_shapes.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

const Sp2Network honeycomb = dual_network(triangulated_plane());

std::vector<double> random_order() {
  Stream stream(1, Purpose::Test);
  std::vector<double> order(honeycomb.size());
  for (double& value : order) value = stream.uniform();
  return order;
}

void expect_two_or_three_neighbours(const Sp2Network& network) {
  for (std::uint32_t atom = 0; atom < network.size(); ++atom) {
    EXPECT_GE(network.coordination(atom), 2);
    for (const std::uint32_t other : network.neighbours[atom]) {
      if (other == Sp2Network::no_atom) continue;
      const auto& back = network.neighbours[other];
      EXPECT_NE(std::find(back.begin(), back.end(), atom), back.end());
    }
  }
}

TEST(CutEdges, deletes_one_atom_for_three_edges) {
  std::vector<double> order(honeycomb.size(), 1.0);
  order[500] = 0;
  const Sp2Network cut = cut_edges(honeycomb, order, {.edge_fraction = 0.001});
  EXPECT_EQ(cut.size(), honeycomb.size() - 1);
  EXPECT_EQ(cut.edge_atoms(), 3u);
  EXPECT_EQ(cut.rings.size(), honeycomb.rings.size() - 3);
  expect_two_or_three_neighbours(cut);
}

TEST(CutEdges, prunes_dangling_atoms) {
  std::vector<double> order(honeycomb.size(), 1.0);
  const auto& three = honeycomb.neighbours[500];  // without two of its neighbours, atom 500 dangles and goes too
  order[three[0]] = order[three[1]] = 0;
  const Sp2Network cut = cut_edges(honeycomb, order, {.edge_fraction = 4.0 / 1557});
  EXPECT_EQ(cut.size(), honeycomb.size() - 3);
  expect_two_or_three_neighbours(cut);
}

TEST(CutEdges, reaches_the_wanted_share_with_as_few_deletions_as_it_needs) {
  for (const double share : {0.02, 0.1, 0.2, 0.3}) {
    const Sp2Network cut = cut_edges(honeycomb, random_order(), {.edge_fraction = share});
    const double reached = static_cast<double>(cut.edge_atoms()) / static_cast<double>(cut.size());
    EXPECT_GE(reached, share);
    EXPECT_LT(reached, share + 0.01);
    expect_two_or_three_neighbours(cut);
  }
}

TEST(CutEdges, gives_the_spare_edges_asked_for) {
  const Sp2Network cut = cut_edges(honeycomb, random_order(), {.edge_fraction = 0.05, .spare = 20});
  EXPECT_GE(static_cast<double>(cut.edge_atoms()), 0.05 * static_cast<double>(cut.size()) + 20);
}

TEST(CutEdges, cuts_bonds_that_are_too_long) {
  Sp2Network stretched = honeycomb;
  const Bond pair{100, stretched.neighbours[100][0]};
  const Vector3 bond = stretched.cube.separation(stretched.positions[pair[0]], stretched.positions[pair[1]]);
  stretched.positions[pair[0]] = stretched.cube.wrap(stretched.positions[pair[0]] - 0.5 * bond);
  const Sp2Network cut = cut_edges(stretched, std::vector<double>(honeycomb.size(), 1.0), {.edge_fraction = 0});
  EXPECT_EQ(cut.size(), honeycomb.size());
  EXPECT_EQ(cut.edge_atoms(), 2u);
  EXPECT_LE(cut.longest_bond(), 1.9);
  EXPECT_GT(stretched.longest_bond(), 1.9);
  EXPECT_EQ(cut.rings.size(), honeycomb.rings.size() - 2);
}

TEST(CutEdges, drops_small_fragments) {
  const ScalarGrid field = sampled(40, 40, [](const Vector3& p) {
    return std::min(norm(p - Vector3{14, 14, 14}) - 9, norm(p - Vector3{33, 33, 33}) - 3);
  });
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {});
  const Sp2Network both = dual_network(mesh), large = dual_network(mesh, 100);
  const Sp2Network cut =
      cut_edges(both, std::vector<double>(both.size(), 1.0), {.edge_fraction = 0, .smallest_fragment = 100});
  EXPECT_LT(cut.size(), both.size());
  EXPECT_EQ(cut.positions, large.positions);
}

TEST(CutEdges, refuses_more_edges_than_a_network_can_have) {
  EXPECT_THROW(cut_edges(honeycomb, random_order(), {.edge_fraction = 0.95}), InputError);
}

TEST(LayerOrder, is_the_slope_of_the_field) {
  const double edge = honeycomb.cube.edge;
  const ScalarGrid field =
      sampled(edge, 60, [&](const Vector3& p) { return 0.5 * std::sin(2 * std::numbers::pi * p.z / edge); });
  const double slope = 0.5 * 2 * std::numbers::pi / edge;  // known to (k h)^2/6 = 0.002 on this grid
  for (const double order : layer_order(honeycomb, field)) EXPECT_NEAR(order, slope, 0.003 * slope);
}

// A turned bond makes two pentagons and two heptagons (Stone & Wales 1986, doi:10.1016/0009-2614(86)80661-3); its own
// atoms lie in one pentagon and both heptagons, those next to them in one of either.
TEST(LayerOrder, is_lowest_at_pentagons_and_heptagons) {
  SurfaceMesh mesh = triangulated_plane();
  ASSERT_TRUE(mesh.flip(300));
  const Sp2Network network = dual_network(mesh);
  const double edge = mesh.cube().edge;
  const ScalarGrid field =
      sampled(edge, 60, [&](const Vector3& p) { return std::sin(2 * std::numbers::pi * p.z / edge); });
  std::map<int, int> atoms_of_order;
  for (const double order : layer_order(network, field))
    ++atoms_of_order[static_cast<int>(std::lround(2 * std::numbers::pi / edge / order))];
  EXPECT_THAT(atoms_of_order, testing::ElementsAre(testing::Pair(1, testing::Gt(1500)), testing::Pair(2, 10),
                                                   testing::Pair(3, 4), testing::Pair(4, 2)));
}

}  // namespace
}  // namespace cardhouse
