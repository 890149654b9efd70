#include "engine/structure/sphere_packing.hpp"

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

TEST(FindRoom, overlaps_nothing_while_there_is_room) {
  Stream stream(4, Purpose::Test);
  const std::vector<Sphere> obstacles{{{0, 0, 0}, 4}};
  std::vector<Sphere> spheres;
  for (int i = 0; i < 20; ++i) spheres.push_back({find_room(2, spheres, obstacles, {20}, stream), 2});
  EXPECT_THAT(overlaps(spheres, obstacles, {20}), Each(0.0));
}

}  // namespace
}  // namespace cardhouse
