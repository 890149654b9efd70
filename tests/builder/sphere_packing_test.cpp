#include "engine/builder/sphere_packing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardhouse {
namespace {

using ::testing::Each;
using ::testing::Le;

std::vector<Sphere> random_spheres(int number, double radius, double edge) {
  Stream stream(2, Purpose::Test);
  std::vector<Sphere> spheres;
  for (int i = 0; i < number; ++i)
    spheres.push_back({{edge * stream.uniform(), edge * stream.uniform(), edge * stream.uniform()}, radius});
  return spheres;
}

TEST(PushApart, separates_two_spheres_by_the_sum_of_their_radii) {
  std::vector<Sphere> spheres{{{1, 5, 5}, 1}, {{9.5, 5, 5}, 2}};  // neighbours through the face
  EXPECT_TRUE(push_apart(spheres, {}, {10}));
  EXPECT_NEAR(PeriodicCube{10}.distance(spheres[0].centre, spheres[1].centre), 3, 0.05);
}

TEST(PushApart, reaches_half_filling_where_random_addition_jams) {
  std::vector<Sphere> spheres = random_spheres(95, 5, 46.3);  // 50 % of the volume; random addition ends at 38 %
  EXPECT_TRUE(push_apart(spheres, {}, {46.3}));
  EXPECT_THAT(overlaps(spheres, {}, {46.3}), Each(Le(0.01)));
}

TEST(PushApart, says_when_the_spheres_do_not_fit) {
  std::vector<Sphere> spheres = random_spheres(30, 5, 20);
  EXPECT_FALSE(push_apart(spheres, {}, {20}, 50));
}

TEST(PushApart, does_not_fit_a_sphere_wider_than_the_cube) {
  std::vector<Sphere> spheres{{{1, 1, 1}, 3}};
  EXPECT_FALSE(push_apart(spheres, {}, {5}));
}

TEST(PushApart, keeps_off_obstacles) {
  std::vector<Sphere> spheres{{{5, 5, 5.2}, 1.5}};
  const std::vector<Sphere> obstacles{{{5, 5, 5}, 2}};
  EXPECT_TRUE(push_apart(spheres, obstacles, {12}));
  EXPECT_NEAR(norm(spheres[0].centre - Vector3{5, 5, 5}), 3.5, 0.05);
}

// Discs of radius 3, side by side, one above the other, and at a right angle.
TEST(DiscSeparation, is_that_of_the_nearest_points) {
  const Sphere lying{{}, 1, 3, {0, 0, 1}}, standing{{}, 1, 3, {1, 0, 0}}, ball{{}, 1};
  EXPECT_NEAR(norm(disc_separation(lying, lying, {10, 0, 0})), 4, 1e-3);
  EXPECT_NEAR(norm(disc_separation(lying, lying, {2, 1, 7})), 7, 1e-3);
  EXPECT_NEAR(norm(disc_separation(lying, standing, {0, 0, 8})), 5, 1e-3);
  EXPECT_NEAR(norm(disc_separation(ball, lying, {0, 7, 3})), 5, 1e-3);
  EXPECT_EQ(disc_separation(ball, ball, {1, 2, 3}), (Vector3{1, 2, 3}));
}

TEST(PushApart, lets_flat_bodies_nearer_than_their_largest_spheres) {
  std::vector<Sphere> slits{{{10, 10, 9}, 2, 4, {0, 0, 1}}, {{10, 10, 11}, 2, 4, {0, 0, 1}}};
  EXPECT_TRUE(push_apart(slits, {}, {20}));
  EXPECT_THAT(overlaps(slits, {}, {20}), Each(Le(0.01)));
  EXPECT_NEAR(PeriodicCube{20}.distance(slits[0].centre, slits[1].centre), 4, 0.1);
}

TEST(FindRoom, overlaps_nothing_while_there_is_room) {
  Stream stream(4, Purpose::Test);
  const std::vector<Sphere> obstacles{{{0, 0, 0}, 4}};
  std::vector<Sphere> spheres;
  for (int i = 0; i < 20; ++i) spheres.push_back({find_room({{}, 2}, spheres, obstacles, {20}, stream), 2});
  EXPECT_THAT(overlaps(spheres, obstacles, {20}), Each(0.0));
}

}  // namespace
}  // namespace cardhouse
