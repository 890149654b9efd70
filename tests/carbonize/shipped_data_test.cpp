// Every file of inputs/rules, inputs/precursors and inputs/treatments.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/carbonize/registry.hpp"
#include "engine/carbonize/rule_library.hpp"
#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

using samples::inputs;

/// Libraries of species and rules; the other two files of the folder have grammars of their own.
std::vector<std::string> rule_libraries() {
  auto names = library_names(inputs + "/rules");
  std::erase(names, "structure");
  std::erase(names, "volatile_transport");
  return names;
}

/// Atoms of each element on both sides of a million events.
std::pair<Formula, Formula> sides(const Rule& rule, const RuleLibrary& library) {
  constexpr std::int64_t events = 1'000'000;
  const auto times = [](const Decimal& value) { return events / value.denominator * value.numerator; };
  Formula in;
  Formula out;
  for (const auto& reactant : rule.reactants) in += events * reactant.count * library.species[reactant.species].formula;
  if (rule.gas && rule.gas->taken) in += times(*rule.gas->taken) * library.species[rule.gas->species].formula;
  for (const auto& product : rule.products)
    out += times(product.coefficient) * library.species[product.species].formula;
  return {in, out};
}

TEST(ShippedRules, every_library_loads_by_itself_and_every_rule_of_it_balances) {
  ASSERT_GE(rule_libraries().size(), 35u);
  for (const auto& name : rule_libraries()) {
    RuleLibrary library;
    ASSERT_NO_THROW(load_library(library, name, inputs + "/rules", {})) << name;
    for (const auto& rule : library.rules) {
      const auto [in, out] = sides(rule, library);
      EXPECT_EQ(in, out) << name << ": " << rule.id;
    }
  }
}

TEST(ShippedRules, all_libraries_fit_together) {
  RuleLibrary library;
  for (const auto& name : rule_libraries()) ASSERT_NO_THROW(load_library(library, name, inputs + "/rules", {})) << name;
  EXPECT_GT(library.rules.size(), 250u);
}

TEST(ShippedPrecursors, every_file_loads_and_its_parts_are_one) {
  for (const auto& name : library_names(inputs + "/precursors")) {
    const auto material = load_precursor(name, inputs);
    EXPECT_EQ(material.name, name);
    double sum = 0;
    for (const auto& part : material.parts) sum += part.mass;
    EXPECT_NEAR(sum, 1, 1e-6) << name;
  }
}

TEST(ShippedPrecursors, every_one_can_be_carbonised_and_leaves_carbon) {
  for (const auto& name : library_names(inputs + "/precursors")) {
    auto settings = samples::options(3, 20);
    settings.temperature_width = 20;
    settings.intervals_least = 1;
    const auto result =
        carbonize(samples::process_of(samples::precursor(name) + samples::ramp_to(1000, "20 K/min")), settings, 1, {});
    EXPECT_GT(result.char_yield.value, 0.04) << name;
    EXPECT_LT(result.char_yield.value, 0.95) << name;
    EXPECT_LT(result.hydrogen_per_carbon, 0.3) << name;
    EXPECT_THAT(result.warnings, testing::IsEmpty()) << name;
  }
}

/// Carbonised sucrose to which a treatment is given, and heat afterwards.
std::string treated(const std::string& treatment) {
  return samples::precursor("sucrose") + samples::ramp_to(600, "10 K/min", "hold = \"2 h\"") +
         "[[step]]\ntreatment = \"" + treatment + "\"\n" + samples::ramp_to(1000, "10 K/min");
}

TEST(ShippedTreatments, every_file_loads_into_a_process) {
  const auto names = library_names(inputs + "/treatments");
  ASSERT_GE(names.size(), 50u);
  for (const auto& name : names) {
    Process process;
    ASSERT_NO_THROW(process = samples::process_of(treated(name))) << name;
    ASSERT_EQ(process.steps.size(), 3u);
    const auto& step = process.steps[1];
    EXPECT_EQ(step.treatment, name);
    // A treatment that does nothing at all would be a mistake in its file.
    const bool acts = !step.additions.empty() || !step.removals.empty() || !step.furnace.empty() ||
                      !process.states.empty() ||
                      std::any_of(process.responses.begin(), process.responses.end(),
                                  [](const StructureResponse& response) { return response.cause == "treatment"; });
    EXPECT_TRUE(acts) << name;
  }
}

TEST(ShippedTreatments, every_one_runs_and_the_books_close) {
  for (const auto& name : library_names(inputs + "/treatments")) {
    auto settings = samples::options(3, 2);
    settings.temperature_width = 50;
    settings.intervals_least = 1;
    CarbonizeResult result;
    ASSERT_NO_THROW(result = carbonize(samples::process_of(treated(name)), settings, 1, {})) << name;
    EXPECT_EQ(result.supplied, result.char_elements + result.dissolved + result.in_pores + result.escaped +
                                   result.removed + result.remainder)
        << name;
    EXPECT_GT(result.char_elements[Element::C], 0) << name;
  }
}

}  // namespace
}  // namespace cardhouse
