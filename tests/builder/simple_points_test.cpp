#include "engine/builder/simple_points.hpp"

#include <gtest/gtest.h>

#include "engine/base/stream.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/surface_homology.hpp"
#include "tests/builder/closed_surfaces.hpp"

namespace cardhouse {
namespace {

ScalarGrid random_signs(Stream& stream) {
  ScalarGrid field(8, 8);
  for (double& value : field.values) value = stream.uniform() < 0.5 ? -1 : 1;
  return field;
}

bool same_topology(const ScalarGrid& a, const ScalarGrid& b) {
  const SurfaceTopology first = topology(zero_surface(a)), second = topology(zero_surface(b));
  return first.pieces == second.pieces && first.handles == second.handles;
}

// In random fields the numbers of pieces and handles hardly ever come out equal when a point is not simple; that they
// do for every simple point is exact.
TEST(SimplePoints, are_those_whose_sign_does_not_matter_to_the_surface) {
  Stream stream(11, Purpose::Test);
  int simple = 0, told_apart = 0, others = 0;
  for (int round = 0; round < 300; ++round) {
    const ScalarGrid field = random_signs(stream);
    ScalarGrid changed = field;
    changed.values[field.index(3, 4, 5)] *= -1;
    if (is_simple(field, 3, 4, 5)) {
      ++simple;
      EXPECT_TRUE(same_topology(field, changed));
    } else {
      ++others;
      told_apart += !same_topology(field, changed);
    }
  }
  EXPECT_GT(simple, 20);
  EXPECT_GT(told_apart, 0.9 * others);
}

TEST(KeepTopology, lets_a_surface_move) {
  const ScalarGrid small = sphere_field(24, 24, 6), large = sphere_field(24, 24, 9);
  ScalarGrid field = large;
  EXPECT_EQ(keep_topology(field, small.values, 0.1), 0u);
  EXPECT_EQ(field.values, large.values);
}

TEST(KeepTopology, stops_necks_at_the_value_asked_for) {
  const ScalarGrid whole = necked_layers(40, 40, 7, {}), necked = necked_layers(40, 40, 7, {{11, 12, 0}, {30, 22, 0}});
  ScalarGrid field = necked;
  EXPECT_GT(keep_topology(field, whole.values, 0.1), 1u);
  EXPECT_TRUE(same_topology(field, whole));
  for (std::size_t point = 0; point < field.size(); ++point)
    EXPECT_TRUE(field.values[point] == necked.values[point] || field.values[point] == 0.1);
}

TEST(KeepTopology, survives_random_changes) {
  Stream stream(12, Purpose::Test);
  const ScalarGrid start = torus_field(24, 24, 7, 3);
  ScalarGrid field = start;
  for (int round = 0; round < 20; ++round) {
    const std::vector<double> before = field.values;
    for (double& value : field.values) value += 1.5 * stream.normal();
    keep_topology(field, before, 0.2);
    ASSERT_TRUE(same_topology(field, start));
  }
}

}  // namespace
}  // namespace cardhouse
