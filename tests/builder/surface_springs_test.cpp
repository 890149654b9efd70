#include "engine/builder/surface_springs.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <numbers>

#include "engine/base/statistics.hpp"
#include "tests/builder/level_set_shapes.hpp"
#include "tests/builder/triangulated_plane.hpp"

namespace cardhouse {
namespace {

using Index = VertexStars::Index;

// Zero at the height of triangulated_plane(), positive above.
ScalarGrid plane_field() {
  const double edge = triangulated_plane().cube().edge;
  return sampled(edge, 26, [edge](const Vector3& p) { return -std::sin(2 * std::numbers::pi * p.z / edge); });
}

void displace(VertexStars& stars, Index v, const Vector3& way) {
  std::vector<VertexStars::Place> places;
  for (Index other = 0; other < stars.size(); ++other)
    places.push_back(stars.wrapped(stars.position(other) + (other == v ? way : Vector3{})));
  stars.exchange(places);
}

TEST(SurfaceSprings, take_a_displaced_vertex_back) {
  const ScalarGrid field = plane_field();
  VertexStars stars(triangulated_plane());
  const Vector3 before = stars.position(400);
  displace(stars, 400, {0.5, -0.3, 0.2});
  SurfaceSprings springs(field, 2.43);
  Stream stream(1, Purpose::Test);
  for (int move = 0; move < 40; ++move) springs.move(stars, 0, stream);
  EXPECT_LT(norm(stars.position(400) - before), 0.02);
}

TEST(SurfaceSprings, leave_a_lattice_at_rest_alone) {
  const ScalarGrid field = plane_field();
  VertexStars stars(triangulated_plane());
  const VertexStars before = stars;
  SurfaceSprings springs(field, 2.43);
  Stream stream(1, Purpose::Test);
  for (int move = 0; move < 9; ++move) springs.move(stars, 0, stream);
  for (Index v = 0; v < stars.size(); ++v)
    EXPECT_LT(norm(stars.cube().separation(stars.position(v), before.position(v))), 1e-2);
}

// 780 vertices from rest, along x and y: the standard deviation of the sample has one of 1/sqrt(2 * 1560), 1.8 %.
TEST(SurfaceSprings, shake_within_the_surface_as_wide_as_asked) {
  const ScalarGrid field = plane_field();
  VertexStars stars(triangulated_plane());
  const VertexStars before = stars;
  SurfaceSprings springs(field, 2.43);
  Stream stream(1, Purpose::Test);
  springs.move(stars, 0.1, stream);
  RunningMoments ways;
  for (Index v = 0; v < stars.size(); ++v) {
    const Vector3 way = stars.cube().separation(before.position(v), stars.position(v));
    ways.add(way.x), ways.add(way.y);
    EXPECT_LT(std::abs(way.z), 1e-3);
  }
  EXPECT_NEAR(std::sqrt(ways.variance()), 0.1, 0.1 * 5 * 0.018);
  EXPECT_NEAR(ways.mean(), 0, 5 * 0.1 / std::sqrt(1560.0));
}

// A vertex beyond the far side of its neighbours folds faces over; springs alone would hold it there.
TEST(SurfaceSprings, undo_a_fold) {
  const ScalarGrid field = plane_field();
  VertexStars stars(triangulated_plane());
  const Vector3 before = stars.position(400);
  displace(stars, 400, {3.4, 0, 0});
  SurfaceSprings springs(field, 2.43);
  Stream stream(1, Purpose::Test);
  for (int move = 0; move < 60; ++move) springs.move(stars, 0, stream);
  EXPECT_LT(norm(stars.position(400) - before), 0.1);
}

TEST(SurfaceSprings, keep_vertices_on_a_curved_surface_between_looks_at_it) {
  const double edge = triangulated_plane().cube().edge;
  const double height = 2, wave = 2 * std::numbers::pi / edge;  // radius of curvature 51 angstrom
  const auto above = [&](const Vector3& p) { return p.z - edge / 2 - height * std::sin(wave * p.x); };
  const ScalarGrid field = sampled(edge, 64, [&](const Vector3& p) { return std::sin(wave * above(p)); });
  VertexStars stars(triangulated_plane());
  SurfaceSprings springs(field, 2.43);
  Stream stream(1, Purpose::Test);
  for (int move = 0; move < 87; ++move) springs.move(stars, 0.05, stream);  // the last seven in their planes
  RunningMoments heights;
  for (Index v = 0; v < stars.size(); ++v) heights.add(above(stars.position(v)));
  EXPECT_LT(std::sqrt(heights.variance()), 0.02);
  EXPECT_NEAR(heights.mean(), 0, 0.02);
}

TEST(SurfaceSprings, do_not_depend_on_the_number_of_threads) {
  const ScalarGrid field = plane_field();
  std::array<VertexStars, 2> stars{VertexStars(triangulated_plane()), VertexStars(triangulated_plane())};
  for (int threads : {1, 2}) {
    omp_set_num_threads(threads);
    Stream stream(1, Purpose::Test);
    SurfaceSprings springs(field, 2.43);
    for (int move = 0; move < 10; ++move) springs.move(stars[threads - 1], 0.2, stream);
  }
  for (Index v = 0; v < stars[0].size(); ++v) EXPECT_EQ(stars[0].position(v), stars[1].position(v));
}

}  // namespace
}  // namespace cardhouse
