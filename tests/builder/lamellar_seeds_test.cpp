#include "engine/builder/lamellar_seeds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/statistics.hpp"

namespace cardhouse {
namespace {

const GrainShape grains{.spacing = 3.6, .layer_extent = 25, .stack_height = 12};

double second_legendre(double cosine) {
  return 1.5 * cosine * cosine - 0.5;
}

// Five standard errors: a false alarm once in 1.7 million runs; a shift of order by 0.02 is seen.
TEST(AxialNormal, has_the_wanted_order_parameter) {
  for (const double order : {-0.3, 0.0, 0.3, 0.8}) {
    Stream stream(11, Purpose::Test);
    RunningMoments moments;
    for (int i = 0; i < 20000; ++i) moments.add(second_legendre(draw_axial_normal(order, stream).z));
    EXPECT_NEAR(moments.mean(), order, 5 * moments.standard_error());
    EXPECT_LT(5 * moments.standard_error(), 0.02);
  }
}

// False-alarm rate 1e-4.
TEST(AxialNormal, is_isotropic_for_order_zero) {
  Stream stream(5, Purpose::Test);
  std::vector<double> heights, azimuths;
  for (int i = 0; i < 5000; ++i) {
    const Vector3 normal = draw_axial_normal(0, stream);
    EXPECT_NEAR(norm(normal), 1, 1e-12);
    heights.push_back(normal.z);
    azimuths.push_back(std::atan2(normal.y, normal.x) / (2 * std::numbers::pi) + 0.5);
  }
  EXPECT_GT(kolmogorov_p_value(heights), 1e-4);
  EXPECT_GT(kolmogorov_p_value(azimuths), 1e-4);
}

TEST(AxialNormal, is_the_axis_for_order_one) {
  Stream stream(5, Purpose::Test);
  for (int i = 0; i < 100; ++i) EXPECT_NEAR(draw_axial_normal(1, stream).z, 1, 1e-12);
}

TEST(Seeds, are_as_many_as_grains_fit) {
  Stream stream(1, Purpose::Test);
  const double grain = std::numbers::pi / 6 * 25 * 25 * 12;
  EXPECT_EQ(draw_seeds(grains, {}, {60}, stream).size(), static_cast<std::size_t>(std::round(0.74 * 216000 / grain)));
  EXPECT_EQ(draw_seeds(grains, {}, {5}, stream).size(), 1u);
}

// The wave of a grain on a face rises through zero at the wall and half a wavelength further out falls through it.
TEST(Seeds, lay_their_first_layer_on_the_faces_of_flat_pores) {
  Stream stream(1, Purpose::Test);
  const Pore pore{{20, 20, 20}, 5, false, 6, normalized(Vector3{1, 2, 2})};
  const PeriodicCube cube{40};
  const std::vector<LamellarSeed> seeds = draw_seeds(grains, std::vector{pore, Pore{{1, 1, 1}, 5}}, cube, stream);
  const auto wave = [&](const LamellarSeed& seed, double distance) {
    const Vector3 point = pore.centre + (pore.wall_radius() + distance) * seed.normal;
    return std::cos(std::numbers::pi * dot(cube.separation(seed.centre, point), seed.normal) / 3.6 + seed.phase);
  };
  for (const LamellarSeed& seed : {seeds[0], seeds[1]}) {
    EXPECT_NEAR(std::abs(dot(seed.normal, pore.normal)), 1, 1e-12);
    EXPECT_NEAR(wave(seed, 0), 0, 1e-12);
    EXPECT_NEAR(wave(seed, 1.8), 1, 1e-12);
    EXPECT_NEAR(wave(seed, 3.6), 0, 1e-12);
  }
  EXPECT_EQ(seeds.size(), 2 + draw_seeds(grains, {}, cube, stream).size());
}

// The lists of nearby seeds must not change who owns a point: compare with all seeds at every point.
TEST(Grains, belong_to_the_nearest_seed_of_all) {
  Stream stream(7, Purpose::Test);
  ScalarGrid field(60, 30);
  const std::vector<LamellarSeed> seeds = draw_seeds(grains, {}, field.cube(), stream);
  ASSERT_GT(seeds.size(), 20u);
  add_grains(field, seeds, grains, 0.6);
  for (int i = 0; i < 30; i += 3)
    for (int j = 0; j < 30; ++j)
      for (int k = 0; k < 30; ++k) {
        double best = std::numeric_limits<double>::infinity(), wave = 0;
        for (const LamellarSeed& seed : seeds) {
          const Vector3 r = field.cube().separation(seed.centre, field.position(i, j, k));
          const double along = dot(r, seed.normal), across = std::sqrt(squared_norm(r) - along * along);
          const double distance = std::pow(across / 25, 2) + std::pow(along / 12, 2);
          if (distance < best) best = distance, wave = 0.6 * std::cos(std::numbers::pi * along / 3.6 + seed.phase);
        }
        ASSERT_NEAR(field.values[field.index(i, j, k)], wave, 1e-9);
      }
}

}  // namespace
}  // namespace cardhouse
