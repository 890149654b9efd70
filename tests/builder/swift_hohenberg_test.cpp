#include "engine/builder/swift_hohenberg.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/base/stream.hpp"
#include "engine/builder/grid_refinement.hpp"

namespace cardhouse {
namespace {

constexpr double edge = 28.8, spacing = 3.6;  // four wavelengths

ScalarGrid lamellae(double amplitude, double noise = 0) {
  ScalarGrid field(edge, 30);
  Stream stream(1, Purpose::Test);
  for (int i = 0; i < 30; ++i)
    for (int j = 0; j < 30; ++j)
      for (int k = 0; k < 30; ++k)
        field.values[field.index(i, j, k)] =
            amplitude * std::cos(std::numbers::pi * field.position(i, j, k).z / spacing) + noise * stream.normal();
  return field;
}

// Amplitude and phase of the wave along z.
double wave_amplitude(const ScalarGrid& field) {
  double cosine = 0, sine = 0;
  for (int i = 0; i < 30; ++i)
    for (int j = 0; j < 30; ++j)
      for (int k = 0; k < 30; ++k) {
        const double phase = std::numbers::pi * field.position(i, j, k).z / spacing;
        cosine += field.values[field.index(i, j, k)] * std::cos(phase);
        sine += field.values[field.index(i, j, k)] * std::sin(phase);
      }
  return 2 * std::hypot(cosine, sine) / static_cast<double>(field.size());
}

// sqrt(4 epsilon/3) is the first term in epsilon; the third harmonic, damped by (1 - 9)^2, changes it below 1 %.
TEST(SwiftHohenberg, grows_lamellae_to_their_amplitude_and_keeps_their_wavelength) {
  ScalarGrid field = lamellae(0.1, 0.1);
  anneal_lamellae(field, {}, {spacing, 300});
  EXPECT_NEAR(wave_amplitude(field), lamellar_amplitude(), 0.01 * lamellar_amplitude());
  EXPECT_NEAR(field.sample({1, 2, 0.5 * spacing}).value, 0, 0.02);  // a layer every spacing
  EXPECT_NEAR(field.sample({9, 5, 1.5 * spacing}).value, 0, 0.02);
}

TEST(SwiftHohenberg, a_perfect_lamella_does_not_move) {
  ScalarGrid field = lamellae(lamellar_amplitude());
  anneal_lamellae(field, {}, {spacing, 200});
  const ScalarGrid once = field;
  anneal_lamellae(field, {}, {spacing, 10});
  for (std::size_t point = 0; point < field.size(); ++point) EXPECT_NEAR(field.values[point], once.values[point], 1e-8);
}

double root_mean_square(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

// Young lamellae annealed further on a grid of so many points a wavelength and on one of ten: the distance of the two
// fields in units of the field.
double error_of_grid(int points_per_wavelength) {
  ScalarGrid fine(edge, 4 * 10);
  Stream stream(7, Purpose::Test);
  for (double& value : fine.values) value = stream.normal();
  anneal_lamellae(fine, {}, {spacing, 20});
  ScalarGrid coarse = refined(fine, 4 * points_per_wavelength);
  anneal_lamellae(coarse, {}, {spacing, 100});
  anneal_lamellae(fine, {}, {spacing, 100});
  std::vector<double> difference = refined(coarse, 4 * 10).values;
  for (std::size_t point = 0; point < fine.size(); ++point) difference[point] -= fine.values[point];
  return root_mean_square(difference) / root_mean_square(fine.values);
}

TEST(SwiftHohenberg, five_points_a_wavelength_are_enough_and_four_are_not) {
  EXPECT_LT(error_of_grid(5), 0.02);
  EXPECT_GT(error_of_grid(4), 0.5);
}

TEST(SwiftHohenberg, a_wrong_wavelength_decays) {
  ScalarGrid field = lamellae(0.1);
  anneal_lamellae(field, {}, {2 * spacing, 200});  // asked for twice the spacing
  EXPECT_LT(wave_amplitude(field), 1e-6);
}

TEST(SwiftHohenberg, pinned_points_stay) {
  ScalarGrid field = lamellae(0.1, 0.3);
  const ScalarGrid before = field;
  FieldConstraints constraints;
  constraints.mobility.assign(field.size(), 1.0);
  for (std::size_t point = 0; point < field.size(); point += 2) constraints.mobility[point] = 0;
  anneal_lamellae(field, constraints, {spacing, 20});
  double moved = 0;
  for (std::size_t point = 0; point < field.size(); ++point) {
    if (point % 2 == 0) {
      EXPECT_EQ(field.values[point], before.values[point]);
    }
    if (point % 2 == 1) moved += std::abs(field.values[point] - before.values[point]);
  }
  EXPECT_GT(moved, 100);
}

TEST(SwiftHohenberg, held_points_stay_near_their_values) {
  ScalarGrid field = lamellae(lamellar_amplitude());
  FieldConstraints constraints;
  const Vector3 centre{14.4, 14.4, 14.4};
  for (int i = 0; i < 30; ++i)
    for (int j = 0; j < 30; ++j)
      for (int k = 0; k < 30; ++k)
        if (norm(field.position(i, j, k) - centre) < 8)
          constraints.held.push_back({field.index(i, j, k), -lamellar_amplitude()});
  anneal_lamellae(field, constraints, {spacing, 100});
  for (const auto& [point, value] : constraints.held) EXPECT_LT(field.values[point], 0);
}

}  // namespace
}  // namespace cardhouse
