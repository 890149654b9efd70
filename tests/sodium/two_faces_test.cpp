#include "engine/sodium/two_faces.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

TwoFaces library() {
  return samples::parameters().energies.faces;
}

// Energies of inputs/potentials/Na_C_reference.toml against bcc sodium: PBE-D3(BJ), rigid host.
TEST(TwoFaces, agree_with_first_principles_on_one_sheet_and_between_two) {
  struct Point {
    double distance, energy;
  };
  const TwoFaces faces = library();
  for (const Point& p : {Point{3.35, 2.80}, Point{3.6, 1.60}, Point{4.0, 0.47}, Point{4.5, -0.10}})
    EXPECT_NEAR(faces(p.distance), p.energy, 0.1) << p.distance;
  for (const Point& p : {Point{2.2, 0.59}, Point{2.4, 0.53}})
    EXPECT_NEAR(faces.atom + faces.one_face(p.distance), p.energy, 0.05) << p.distance;
}

TEST(TwoFaces, bind_once_far_apart_and_at_most_twice_as_strongly_as_one) {
  const TwoFaces faces = library();
  EXPECT_NEAR(faces(30), faces.single, 1e-9);
  EXPECT_NEAR(faces(2 * faces.height), faces.atom - 2 * (faces.atom - faces.single), 1e-12);
  EXPECT_GT(faces(4.2), faces(2 * faces.height));
  for (double d = 2 * faces.height; d < 10; d += 0.1) {
    EXPECT_LT(faces(d), faces(d + 0.1)) << d;
    EXPECT_LT(faces(d), faces.single) << d;
  }
}

TEST(TwoFaces, hold_sodium_midway_until_standing_over_one_is_better) {
  const TwoFaces faces = library();
  const auto midway = [&](double d) { return faces.atom + 2 * faces.one_face(d / 2); };
  const auto beside = [&](double d) { return faces.single + faces.one_face(d - faces.height); };
  EXPECT_NEAR(faces.split(), 6.157, 1e-3);
  EXPECT_NEAR(midway(faces.split()), beside(faces.split()), 1e-12);
  for (double d = 4.5; d < 9; d += 0.05) EXPECT_EQ(faces(d), std::min(midway(d), beside(d))) << d;
}

// The lowest energy anywhere between the faces, by search: standing at h is within 25 meV of it.
TEST(TwoFaces, stand_close_to_the_lowest_energy_between_them) {
  const TwoFaces faces = library();
  for (double d = 4.4; d < 7.5; d += 0.1) {
    double lowest = faces.atom;
    for (double z = 1.8; z <= d / 2 + 1e-9; z += 0.005)
      lowest = std::min(lowest, faces.atom + faces.one_face(z) + faces.one_face(d - z));
    EXPECT_NEAR(faces(d), lowest, 0.025) << d;
  }
}

}  // namespace
}  // namespace cardhouse
