#include "engine/builder/edge_turning.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

using Index = VertexStars::Index;

long sum_of_squared_defects(const VertexStars& stars) {
  long sum = 0;
  for (Index v = 0; v < stars.size(); ++v) sum += (stars.valence(v) - 6) * (stars.valence(v) - 6);
  return sum;
}

TEST(TurnEdges, in_the_cold_repairs_a_turned_edge_and_leaves_a_perfect_lattice_alone) {
  VertexStars stars(triangulated_plane());
  Stream stream(1, Purpose::Test);
  EXPECT_EQ(turn_edges(stars, {}, stream), 0u);
  ASSERT_TRUE(stars.turn(stars.edge(100, 2)));
  EXPECT_EQ(sum_of_squared_defects(stars), 4);
  EXPECT_EQ(turn_edges(stars, {}, stream), 1u);
  EXPECT_EQ(sum_of_squared_defects(stars), 0);
}

// Turning an edge of the perfect lattice makes one sqrt(3) spacings long, which is less than 1.6 only when the lattice
// is squeezed.
TEST(TurnEdges, refuses_edges_that_would_be_too_long) {
  VertexStars stars(triangulated_plane());
  Stream stream(1, Purpose::Test);
  EXPECT_EQ(turn_edges(stars, {.spacing = 2.43, .temperature = 1000}, stream), 0u);
  EXPECT_GT(turn_edges(stars, {.spacing = 2.8, .temperature = 1000}, stream), 100u);
}

// The first turn in a perfect lattice squeezed to 2.43/2.8 costs 4 for its valences and
// 3 ((sqrt(3) x - 1)^2 - (x - 1)^2) = 0.709 for its length, x = 2.43/2.8. Turns that come too near to an earlier one
// are judged anew; at 0.9 % of the edges they are rare: five standard deviations of the count, and 3 % for them.
TEST(TurnEdges, of_a_perfect_lattice_happen_as_often_as_their_energy_says) {
  const double x = 2.43 / 2.8, temperature = 1;
  const double likely = std::exp(-(4 + 3 * (std::pow(std::sqrt(3.0) * x - 1, 2) - std::pow(x - 1, 2))) / temperature);
  const VertexStars perfect(triangulated_plane());
  Stream stream(1, Purpose::Test);
  constexpr int sweeps = 400;
  std::size_t turned = 0;
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    VertexStars stars = perfect;
    turned += turn_edges(stars, {.spacing = 2.8, .temperature = temperature}, stream);
  }
  const double expected = likely * 3 * 780 * sweeps;
  EXPECT_NEAR(static_cast<double>(turned), expected, 5 * std::sqrt(expected) + 0.03 * expected);
}

TEST(TurnEdges, does_not_depend_on_the_number_of_threads) {
  std::array<VertexStars, 2> stars{VertexStars(triangulated_plane()), VertexStars(triangulated_plane())};
  for (int threads : {1, 2}) {
    omp_set_num_threads(threads);
    Stream stream(1, Purpose::Test);
    for (int sweep = 0; sweep < 10; ++sweep) turn_edges(stars[threads - 1], {2.8, 2}, stream);
  }
  for (Index v = 0; v < stars[0].size(); ++v)
    EXPECT_TRUE(std::ranges::equal(stars[0].neighbours(v), stars[1].neighbours(v)));
}

}  // namespace
}  // namespace cardhouse
