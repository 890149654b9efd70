#include "engine/carbonize/expected_carbon.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/units.hpp"
#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

/// Sucrose with the responses of a text in place of the shipped ones.
Process sucrose(const std::string& responses = {}) {
  static const Process shipped = samples::process_of(samples::precursor("sucrose") + samples::ramp_to(1300));
  Process process = shipped;
  const Deck deck = Deck::from_text(responses, "responses.toml");
  process.responses = read_responses(deck.root());
  return process;
}

std::string response(const std::string& of, const std::string& on, const std::string& gain,
                     const std::string& more = {}) {
  return "[[response]]\nof = \"" + of + "\"\non = \"" + on + "\"\ngain = " + gain + "\nsource = \"estimate: test\"\n" +
         more + "\n";
}

/// What a run of the reference would give after two hours at a temperature.
CarbonizeResult held_at(double celsius) {
  CarbonizeResult result;
  result.ordering.equivalent_temperature = celsius + 273.15;
  result.ordering.barrier = from_unit(462, "kJ/mol");
  result.ordered = {parse_formula("C1000H20N30"), 1.71, 0.37e-3};
  result.per_carbon = {{"PENTAGON", 0.06}};
  return result;
}

ExpectedCarbon carbon_at(double celsius, const std::string& responses = {}) {
  return expected_carbon(held_at(celsius), sucrose(responses));
}

TEST(ExpectedCarbon, is_the_reference_after_two_hours_at_1300_degrees) {
  const auto carbon = carbon_at(1300);
  EXPECT_NEAR(carbon.interlayer_spacing.value, 3.75, 1e-9);
  EXPECT_NEAR(carbon.layer_extent.value, 29, 1e-9);
  EXPECT_NEAR(carbon.stack_height.value, 13.5, 1e-9);
  EXPECT_NEAR(carbon.raman_ratio.value, 1.1, 1e-9);
  EXPECT_NEAR(in_unit(carbon.surface_area.value / constants::dalton, "m2/g"), 13, 1e-6);
  EXPECT_NEAR(carbon.pore_radius.value, 6, 1e-9);
  EXPECT_EQ(carbon.mobility, 1);
  EXPECT_NEAR(carbon.interlayer_spacing.error, 0.1, 1e-9);  // that of the material alone
  EXPECT_NEAR(carbon.stack_height.error, 3, 1e-9);
}

TEST(ExpectedCarbon, shipped_responses_leave_the_reference_alone) {
  const Process process = samples::process_of(samples::precursor("sucrose") + samples::ramp_to(1300));
  auto result = held_at(1300);
  result.ordered.elements = parse_formula("C1000H20");
  result.per_carbon.clear();
  const auto carbon = expected_carbon(result, process);
  EXPECT_NEAR(carbon.interlayer_spacing.value, 3.75, 1e-9);
  EXPECT_NEAR(carbon.raman_ratio.value, 1.1, 1e-9);
  EXPECT_NEAR(carbon.mobility, 1, 1e-9);
}

TEST(ExpectedCarbon, follows_the_slopes_within_series) {
  const auto cold = carbon_at(1000);
  const auto hot = carbon_at(1600);
  EXPECT_NEAR(cold.interlayer_spacing.value - hot.interlayer_spacing.value, 0.6 * 0.314, 1e-9);
  EXPECT_NEAR(std::log(hot.layer_extent.value / cold.layer_extent.value), 0.6 * 0.545, 1e-9);
  EXPECT_NEAR(std::log(hot.stack_height.value / cold.stack_height.value), 0.6 * 0.434, 1e-9);
  EXPECT_NEAR(std::log(hot.raman_ratio.value / cold.raman_ratio.value), -0.6 * 0.480, 1e-9);
  EXPECT_NEAR(std::log(hot.surface_area.value / cold.surface_area.value), -0.6 * 2.97, 1e-9);
}

TEST(ExpectedCarbon, errors_join_those_of_the_material_and_of_the_slopes) {
  const auto carbon = carbon_at(1000);
  EXPECT_NEAR(carbon.interlayer_spacing.error, std::hypot(0.1, 0.3 * 0.032), 1e-9);
  EXPECT_NEAR(carbon.layer_extent.error / carbon.layer_extent.value, std::hypot(8 / 29.0, 0.3 * 0.053), 1e-9);
  EXPECT_NEAR(carbon.surface_area.error / carbon.surface_area.value, std::hypot(10 / 13.0, 0.3 * 0.36), 1e-9);
  EXPECT_GT(carbon.closed_pore_volume.error, 0);
  EXPECT_GT(carbon.open_pore_volume.error, 0);
  EXPECT_EQ(carbon.pore_radius.error, 1);
}

// 1 cm3/g = 1.66054 angstrom^3/dalton. At 1400 degC sucrose has 1.75 g/cm3 for helium and layers 3.7186 angstrom apart:
// 12.011 dalton on 2.62 angstrom^2 each.
TEST(ExpectedCarbon, closed_pores_fill_the_gap_between_helium_and_layers) {
  const auto carbon = carbon_at(1400);
  EXPECT_NEAR(carbon.closed_pore_volume.value, 1.66053906660 / 1.75 - 2.62 * 3.7186 / 12.011, 1e-6);
  EXPECT_EQ(carbon_at(900).closed_pore_volume.value, 0);  // denser for helium than its layers
}

TEST(ExpectedCarbon, nothing_stacks_closer_than_graphite_and_pores_keep_their_bounds) {
  EXPECT_EQ(carbon_at(2900).interlayer_spacing.value, 3.354);
  EXPECT_EQ(carbon_at(600).pore_radius.value, 3.5);
  EXPECT_EQ(carbon_at(3000).pore_radius.value, 11);
}

TEST(ExpectedCarbon, lengths_shift_by_gain_times_cause) {
  auto result = held_at(1300);
  result.ordered.crosslinks = 2.21;  // half a place beyond the reference
  EXPECT_NEAR(expected_carbon(result, sucrose(response("crosslinks", "interlayer_spacing", "\"0.02 nm\"")))
                  .interlayer_spacing.value,
              3.85, 1e-9);
  EXPECT_NEAR(expected_carbon(
                  result, sucrose(response("crosslinks", "interlayer_spacing", "\"0.02 nm\"", "limit = \"0.004 nm\"")))
                  .interlayer_spacing.value,
              3.79, 1e-9);
  EXPECT_NEAR(expected_carbon(result, sucrose(response("crosslinks", "pore_radius", "\"0.4 nm\""))).pore_radius.value,
              8, 1e-9);
}

TEST(ExpectedCarbon, the_rest_scales_by_the_exponential_of_all_that_act) {
  const auto carbon = carbon_at(
      1300, response("element:N", "stack_height", "-0.1") + response("element:N", "stack_height", "0.2", "from = 2.0") +
                response("PENTAGON", "layer_extent", "-0.02", "from = 4.0") +
                response("burn_off", "raman_ratio", "1.0") + response("treatment", "mobility", "0.7") +
                response("NO_SUCH_SPECIES", "mobility", "5.0"));
  EXPECT_NEAR(carbon.stack_height.value, 13.5 * std::exp(-0.1 * 3 + 0.2 * 1), 1e-9);
  EXPECT_NEAR(carbon.layer_extent.value, 29 * std::exp(-0.02 * 2), 1e-9);
  EXPECT_NEAR(carbon.raman_ratio.value, 1.1, 1e-9);
  EXPECT_NEAR(carbon.mobility, std::exp(0.7), 1e-9);
}

TEST(ExpectedCarbon, pore_gas_of_the_gelled_part_acts_by_decades_over_the_reference) {
  auto result = held_at(1300);
  const auto process = sucrose(response("pore_gas", "raman_ratio", "0.5"));
  const auto ratio = [&](double gas) {
    result.ordered.pore_gas = gas;
    return expected_carbon(result, process).raman_ratio.value / 1.1;
  };
  EXPECT_NEAR(ratio(3.7e-4), 1, 1e-9);
  EXPECT_NEAR(ratio(7.4e-4), std::exp(0.5 * std::log10(2)), 1e-9);
  EXPECT_NEAR(ratio(0), std::exp(0.5 * std::log10(0.2)), 1e-9);  // a fifth stands for less
  EXPECT_NEAR(ratio(1), std::exp(0.5 * std::log10(5)), 1e-9);
  result.fluid = 0.5;  // half of the material holds all of the gas, and half of the effect is left
  EXPECT_NEAR(ratio(3.7e-4), std::exp(0.25 * std::log10(2)), 1e-9);
  result.fluid = 1;
  EXPECT_NEAR(ratio(0), 1, 1e-9);
}

TEST(ExpectedCarbon, volumes_shift_by_their_gain_and_never_below_nothing) {
  auto result = held_at(1300);
  result.fluid = 1;
  const double before = carbon_at(1300).closed_pore_volume.value;
  const double more = expected_carbon(result, sucrose(response("fluid", "closed_pore_volume", "\"0.01 cm3/g\"")))
                          .closed_pore_volume.value;
  EXPECT_NEAR(more - before, 0.0166053906660, 1e-9);
  EXPECT_EQ(expected_carbon(result, sucrose(response("fluid", "closed_pore_volume", "\"-9 cm3/g\"")))
                .closed_pore_volume.value,
            0);
}

// A third of the carbon taken leaves half of what remains as pore volume, at the density of the layers.
TEST(ExpectedCarbon, carbon_eaten_away_leaves_open_pores_until_heat_closes_them) {
  auto result = held_at(1300);
  const auto untreated = expected_carbon(result, sucrose());
  result.burn_off = 1 / 3.0;
  const double opened = 0.5 * 2.62 * 3.75 / 12.011;
  const auto etched = expected_carbon(result, sucrose());
  EXPECT_NEAR(etched.open_pore_volume.value - untreated.open_pore_volume.value, opened, 1e-9);
  EXPECT_NEAR(etched.surface_area.value - untreated.surface_area.value, opened / 4, 1e-9);
  EXPECT_NEAR(etched.closed_pore_volume.value, untreated.closed_pore_volume.value, 1e-12);
  result.ordering_after_opening.barrier = from_unit(429, "kJ/mol");
  EXPECT_NEAR(expected_carbon(result, sucrose()).open_pore_volume.value, etched.open_pore_volume.value, 1e-12);
  result.ordering_after_opening.barrier = from_unit(431, "kJ/mol");
  const auto closed = expected_carbon(result, sucrose());
  EXPECT_NEAR(closed.closed_pore_volume.value - untreated.closed_pore_volume.value, 0.6 * opened, 1e-9);
  EXPECT_NEAR(closed.open_pore_volume.value - untreated.open_pore_volume.value, 0.4 * opened, 1e-9);
  const auto more = expected_carbon(result, sucrose(response("treatment", "closing", "0.2")));
  EXPECT_NEAR(more.closed_pore_volume.value - untreated.closed_pore_volume.value, 0.6 * std::exp(0.2) * opened, 1e-9);
}

ExpectedCarbon carbon_of(const std::string& steps) {
  auto settings = samples::options(3, 10);
  settings.temperature_width = 10;
  const auto process = samples::process_of(samples::precursor("sucrose") + steps);
  return expected_carbon(carbonize(process, settings, 1, {}), process);
}

TEST(ExpectedCarbon, etching_opens_and_heat_after_it_closes) {
  const std::string etch = samples::ramp_to(800) + "[[step]]\ntreatment = \"co2_activation\"\n";
  const std::string heat = samples::ramp_to(1300, "5 K/min", "hold = \"2 h\"");
  const auto plain = carbon_of(heat);
  const auto etched = carbon_of(etch);
  const auto closed = carbon_of(etch + heat);
  EXPECT_GT(etched.open_pore_volume.value, plain.open_pore_volume.value + 0.05);
  EXPECT_EQ(etched.closed_pore_volume.value, 0);
  EXPECT_GT(closed.closed_pore_volume.value, plain.closed_pore_volume.value + 0.05);
  EXPECT_LT(closed.open_pore_volume.value, etched.open_pore_volume.value);
}

}  // namespace
}  // namespace cardhouse
