#include "engine/carbonize/carbon_targets.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

CarbonTargets targets_at(double celsius) {
  static const Precursor sucrose = load_precursor("sucrose", CARDHOUSE_SOURCE_DIR "/inputs");
  CarbonizeResult result;
  result.ordering.equivalent_temperature = celsius + 273.15;
  result.ordering.barrier = from_unit(462, "kJ/mol");
  result.hydrogen_per_carbon = 0.05;
  result.crosslinks_per_cluster = 1.7;
  result.pores = {{{0.5, 0.5, 0.5}, 1, false}};
  return carbon_targets(result, sucrose);
}

TEST(CarbonTargets, are_the_reference_at_1300_degrees) {
  const auto targets = targets_at(1300);
  EXPECT_NEAR(targets.interlayer_spacing, 3.75, 1e-12);
  EXPECT_NEAR(targets.layer_extent, 29, 1e-12);
  EXPECT_NEAR(targets.stack_height, 13.5, 1e-12);
  EXPECT_NEAR(targets.pore_radius, 6, 1e-12);
  EXPECT_NEAR(targets.anneal_steps, 400, 1e-9);
}

TEST(CarbonTargets, follow_the_within_series_laws) {
  const auto cold = targets_at(1000);
  const auto hot = targets_at(1600);
  EXPECT_NEAR(cold.interlayer_spacing - hot.interlayer_spacing, 0.6 * 0.314, 1e-12);
  EXPECT_NEAR(hot.layer_extent / cold.layer_extent, std::exp(0.6 * 0.545), 1e-12);
  EXPECT_NEAR(hot.stack_height / cold.stack_height, std::exp(0.6 * 0.434), 1e-12);
}

// 1 cm3/g = 1.66054 angstrom^3/dalton. At 1400 degC sucrose has 1.75 g/cm3 for helium and layers 3.7186 angstrom apart:
// 12.011 u on 2.62 angstrom^2 each.
TEST(CarbonTargets, closed_pores_fill_the_gap_between_helium_and_layer_density) {
  const double layers = 2.62 * targets_at(1400).interlayer_spacing / 12.011;
  EXPECT_NEAR(targets_at(1400).closed_pore_volume, 1.66053906660 / 1.75 - layers, 1e-9);
  EXPECT_EQ(targets_at(900).closed_pore_volume, 0);  // denser for helium than its layers are: nothing is left over
  EXPECT_GT(targets_at(1500).closed_pore_volume, targets_at(1300).closed_pore_volume);
}

TEST(CarbonTargets, pore_radius_stays_between_its_bounds) {
  EXPECT_EQ(targets_at(600).pore_radius, 3.5);
  EXPECT_EQ(targets_at(3000).pore_radius, 11);
}

TEST(CarbonTargets, anneal_steps_run_through_their_points_and_never_fall) {
  const auto steps = [](double molar) { return anneal_steps(from_unit(molar, "kJ/mol")); };
  EXPECT_DOUBLE_EQ(steps(100), 60);
  EXPECT_NEAR(steps(344), 60, 1e-9);
  EXPECT_NEAR(steps(403), std::sqrt(60.0 * 400), 1e-6);
  EXPECT_NEAR(steps(550), 1500, 1e-6);
  EXPECT_DOUBLE_EQ(steps(900), 1500);
  for (double at = 300; at < 600; at += 5) EXPECT_LE(steps(at), steps(at + 5));
}

TEST(CarbonTargets, chemistry_passes_through) {
  const auto targets = targets_at(1300);
  EXPECT_EQ(targets.hydrogen_per_carbon, 0.05);
  EXPECT_EQ(targets.crosslinks_per_cluster, 1.7);
  EXPECT_EQ(targets.pores.size(), 1u);
}

}  // namespace
}  // namespace cardhouse
