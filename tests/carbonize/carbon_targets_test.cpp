#include "engine/carbonize/carbon_targets.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/units.hpp"
#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

Process sucrose() {
  Process process = samples::process_of(samples::precursor("sucrose") + samples::ramp_to(1300));
  process.responses.clear();
  return process;
}

CarbonizeResult result_at(double celsius) {
  CarbonizeResult result;
  result.ordering.equivalent_temperature = celsius + 273.15;
  result.ordering.barrier = from_unit(462, "kJ/mol");
  result.hydrogen_per_carbon = 0.05;
  result.crosslinks_per_cluster = 1.7;
  result.pores = {{{0.5, 0.5, 0.5}, 1, false}};
  result.sides = {2, 1, 1};
  result.cells = {{1.5, 0.04, 0.01, 0.02, 0}, {1.9, 0.06, 0.03, 0.04, 0}};
  return result;
}

TEST(CarbonTargets, are_what_the_laboratory_would_expect) {
  const auto process = sucrose();
  const auto result = result_at(1450);
  const auto carbon = expected_carbon(result, process);
  const auto targets = carbon_targets(result, process);
  EXPECT_EQ(targets.interlayer_spacing, carbon.interlayer_spacing.value);
  EXPECT_EQ(targets.layer_extent, carbon.layer_extent.value);
  EXPECT_EQ(targets.stack_height, carbon.stack_height.value);
  EXPECT_EQ(targets.pore_radius, carbon.pore_radius.value);
  EXPECT_EQ(targets.closed_pore_volume, carbon.closed_pore_volume.value);
  EXPECT_NEAR(targets.anneal_steps, 400, 1e-9);
}

TEST(CarbonTargets, anneal_steps_scale_with_the_mobility_within_bounds) {
  auto process = sucrose();
  StructureResponse response;
  response.cause = "treatment";
  response.on = CarbonQuantity::Mobility;
  for (const auto& [gain, factor] : {std::pair{0.5, std::exp(0.5)}, {9.0, 5.0}, {-9.0, 0.2}}) {
    response.gain = gain;
    process.responses = {response};
    EXPECT_NEAR(carbon_targets(result_at(1300), process).anneal_steps, 400 * factor, 1e-6) << gain;
  }
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

TEST(CarbonTargets, handles_heal_between_900_and_1300_degrees_where_crosslinks_let_them) {
  const auto healed = [](double molar, double excess) { return handles_removed(from_unit(molar, "kJ/mol"), excess); };
  EXPECT_EQ(healed(300, 0), 0);
  EXPECT_NEAR(healed(344, 0), 0, 1e-12);
  EXPECT_NEAR(healed(403, 0), 0.5, 1e-9);
  EXPECT_NEAR(healed(462, 0), 1, 1e-9);
  EXPECT_EQ(healed(900, -1), 1);
  EXPECT_NEAR(healed(900, 0.7), std::exp(-0.7), 1e-12);
  auto result = result_at(1300);
  auto process = sucrose();
  result.ordered.crosslinks = process.material.reference.crosslinks + 0.5;
  EXPECT_NEAR(carbon_targets(result, process).handles_removed, std::exp(-0.5), 1e-6);
}

TEST(CarbonTargets, chemistry_passes_through_in_the_mean_and_cell_by_cell) {
  const auto targets = carbon_targets(result_at(1300), sucrose());
  EXPECT_EQ(targets.hydrogen_per_carbon, 0.05);
  EXPECT_EQ(targets.crosslinks_per_cluster, 1.7);
  EXPECT_EQ(targets.pores.size(), 1u);
  EXPECT_EQ(targets.field.sides, (std::array<std::size_t, 3>{2, 1, 1}));
  EXPECT_EQ(targets.field.crosslinks_per_cluster, (std::vector<double>{1.5, 1.9}));
  EXPECT_EQ(targets.field.hydrogen_per_carbon, (std::vector<double>{0.04, 0.06}));
  EXPECT_EQ(targets.field.oxygen_per_carbon, (std::vector<double>{0.01, 0.03}));
  EXPECT_EQ(targets.field.nitrogen_per_carbon, (std::vector<double>{0.02, 0.04}));
}

}  // namespace
}  // namespace cardhouse
