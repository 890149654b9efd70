#include "analysis/reflections.hpp"

#include <gtest/gtest.h>

#include "analysis/turbostratic.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

constexpr double pi = std::numbers::pi;

ScatteringCurve gaussian_curve(double centre, double width, double resolution) {
  // q (S - 1) is a Gaussian on a sloping line.
  ScatteringCurve curve;
  curve.q = q_grid();
  curve.resolution = resolution;
  for (double q : curve.q) {
    const double reduced = 3 * std::exp(-4 * std::log(2.0) * std::pow((q - centre) / width, 2)) + 0.05 * q - 0.3;
    curve.structure_factor.push_back(1 + reduced / q);
  }
  return curve;
}

TEST(Reflections, read_a_gaussian_on_a_slope) {
  const auto found = find_reflection(gaussian_curve(1.72, 0.4, 0.14), search_002);
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR(found->position.value, 1.72, 0.004);
  EXPECT_NEAR(found->spacing.value, 2 * pi / 1.72, 0.01);
  const double width = std::sqrt(0.4 * 0.4 - 0.14 * 0.14);
  EXPECT_NEAR(found->width.value, width, 0.02 * width);
  EXPECT_NEAR(found->size.value, 5.592 / width, 0.03 * 5.592 / width);
  EXPECT_FALSE(found->size_is_lower_bound);
}

TEST(Reflections, use_the_constants_of_warren_for_the_ten_band) {
  const auto found = find_reflection(gaussian_curve(2.98, 0.3, 0), search_10);
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR(found->size.value, 11.56 / 0.3, 1.2);
}

TEST(Reflections, give_a_lower_bound_when_the_peak_is_as_narrow_as_the_resolution) {
  const auto found = find_reflection(gaussian_curve(1.72, 0.15, 0.14), search_002);
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->size_is_lower_bound);
  EXPECT_NEAR(found->size.value, 5.592 / (0.14 * std::sqrt(1.25)), 1e-2);
  EXPECT_EQ(found->size.error, 0);
}

TEST(Reflections, find_none_in_a_flat_curve_or_at_the_border) {
  ScatteringCurve flat = gaussian_curve(1.72, 0.4, 0.1);
  for (double& s : flat.structure_factor) s = 1;
  EXPECT_FALSE(find_reflection(flat, search_002).has_value());
  EXPECT_FALSE(find_reflection(gaussian_curve(1.1, 0.3, 0.1), search_002).has_value());
}

TEST(Reflections, measure_half_the_c_axis_of_graphite) {
  const Atoms atoms = samples::graphite(16, 9, 6);
  const ScatteringCurve curve = scattering(PairHistogram::periodic(atoms), q_grid());
  const auto found = find_reflection(curve, search_002);
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR(found->spacing.value, samples::graphite_c / 2, 0.005);
  EXPECT_TRUE(found->size_is_lower_bound);
  const auto in_plane = find_reflection(curve, search_10);
  ASSERT_TRUE(in_plane.has_value());
}

TEST(Reflections, see_layers_and_no_stack_in_single_sheets) {
  // One sheet in a wide cell: no (002), but a (10) band.
  Atoms atoms{
      Cell::orthorhombic(16 * samples::lattice_constant, 9 * samples::lattice_constant * std::sqrt(3.0), 40), {}, {}};
  samples::add_layer(atoms, 16, 9, 10);
  const ScatteringCurve curve = scattering(PairHistogram::periodic(atoms), q_grid());
  EXPECT_TRUE(find_reflection(curve, search_10).has_value());
  const auto stack = find_reflection(curve, search_002);
  const auto in_plane = find_reflection(curve, search_10);
  EXPECT_TRUE(!stack || stack->height.value < 0.1 * in_plane->height.value);
}

TEST(Reflections, recover_the_size_of_stacks_of_four_layers) {
  // Four layers of 3.5 angstrom and a wide gap: the (002) width of a stack of N layers is close to 0.89 * 2 pi/(N d).
  Atoms atoms{
      Cell::orthorhombic(26 * samples::lattice_constant, 15 * samples::lattice_constant * std::sqrt(3.0), 64), {}, {}};
  Stream stream(31, Purpose::Test);
  for (int l = 0; l < 4; ++l)
    samples::add_layer(atoms, 26, 15, 3.5 * l, {2 * stream.uniform(), 3 * stream.uniform(), 0});
  const ScatteringCurve curve = scattering(PairHistogram::periodic(atoms), q_grid());
  const auto found = find_reflection(curve, search_002);
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->size_is_lower_bound);
  EXPECT_NEAR(found->spacing.value, 3.5, 0.1);
  EXPECT_NEAR(found->size.value, 14, 2.5);
}

TEST(Reflections, take_the_tail_of_the_band_of_small_layers_for_background) {
  // What the constant of Warren gives of layers of known size, the background being drawn as a laboratory does it:
  // right from 3 nm on, half as much again for 1 nm. The fit of the whole profile has no such background.
  const auto scherrer = [](double size) {
    ScatteringCurve curve;
    curve.q = q_grid();
    curve.structure_factor = turbostratic_structure_factor({3.6, size, 2, 0.05, 0, 2.46, 0.003}, curve.q);
    return find_reflection(curve, search_10)->size.value;
  };
  EXPECT_NEAR(scherrer(50), 50, 5);
  EXPECT_NEAR(scherrer(30), 30, 3);
  EXPECT_GT(scherrer(10), 14);
  EXPECT_LT(scherrer(10), 20);
}

}  // namespace
}  // namespace cardhouse
