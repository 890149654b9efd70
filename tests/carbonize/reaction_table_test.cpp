#include "engine/carbonize/reaction_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/units.hpp"
#include "engine/carbonize/reaction_cell.hpp"
#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

using samples::library_of;
using samples::rule;

Atmosphere mixture(const std::string& gas, double share, double pressure) {
  Atmosphere atmosphere;
  atmosphere.name = "mixture";
  atmosphere.gases = {{gas, share}, {"Ar", 1 - share}};
  atmosphere.pressure = from_unit(pressure, "atm");
  return atmosphere;
}

/// Rules of a text over samples::species, all of which are present.
struct Table {
  explicit Table(const std::string& rules, const Atmosphere& around = {})
      : library(library_of(samples::species + rules)),
        atmosphere(around),
        table(library, std::vector<bool>(library.species.size(), true), {&atmosphere, 1}) {}
  double constant(double temperature) {
    table.set({temperature, &atmosphere});
    return table.constant(0);
  }
  RuleLibrary library;
  Atmosphere atmosphere;
  ReactionTable table;
};

// C = x p / RT with p = 101325 Pa and R = 8.314462618 J/(mol K).
TEST(ReactionTable, a_gas_of_broken_order_enters_in_mol_per_cm3_as_written) {
  Table oxygen(rule("CHAR + 0.5 O2", "CO", "5.7e9 1/s", "gas_order = 0.78"), mixture("O2", 0.21, 2));
  for (const double temperature : {700.0, 1100.0}) {
    const double concentration = 0.21 * 2 * 101325 / (8.314462618 * temperature) * 1e-6;
    const double expected = 5.7e9 * std::pow(concentration, 0.78);
    EXPECT_NEAR(oxygen.constant(temperature) / expected, 1, 1e-9) << temperature;
  }
}

TEST(ReactionTable, a_gas_that_only_watches_enters_in_the_same_way) {
  Table watched(rule("WOOD", "6 CHAR + 5 H2O", "1 1/s", "gas = \"CO2\""), mixture("CO2", 1, 1));
  EXPECT_NEAR(watched.constant(1000) * 0.08205736608096 * 1e6, 1, 1e-6);
}

TEST(ReactionTable, the_modified_arrhenius_law_stands_as_written) {
  const std::string text =
      "[[rule]]\nid = \"X\"\nin = \"WOOD\"\nout = \"6 CHAR + 5 H2O\"\nA = \"8e7 1/s\"\nE = \"31.0 kcal/mol\"\n"
      "n = 0.5\nsource = \"estimate: test\"\n";
  EXPECT_NEAR(Table(text).constant(650) / (8e7 * std::sqrt(650.0) * std::exp(-31000 * 4.184 / (8.314462618 * 650))), 1,
              1e-6);
}

TEST(ReactionTable, acts_between_onset_and_ceiling_and_in_its_medium_alone) {
  Table window(rule("WOOD", "6 CHAR + 5 H2O", "1 1/s", "onset = \"500 K\"\nceiling = \"700 K\""));
  EXPECT_EQ(window.constant(499), 0);
  EXPECT_EQ(window.constant(600), 1);
  EXPECT_EQ(window.constant(701), 0);
  Atmosphere water;
  water.name = "water";
  water.gases = {};
  Table wet(rule("WOOD", "6 CHAR + 5 H2O", "1 1/s", "medium = \"water\""), water);
  EXPECT_EQ(wet.constant(500), 1);
  const Atmosphere argon;
  wet.table.set({500, &argon});
  EXPECT_EQ(wet.table.constant(0), 0);
}

// Limestone gives off carbon of its own; lime takes that of the char.
TEST(ReactionTable, a_carbonate_that_falls_apart_takes_no_carbon_of_the_solid) {
  const RuleLibrary library = library_of(R"(species = [
  { name = "CACO3", formula = "CaCO3", state = "solid", source = "estimate: test" },
  { name = "CAO", formula = "CaO", state = "solid", source = "estimate: test" },
  { name = "CA", formula = "Ca", state = "solid", source = "estimate: test" },
  { name = "CHAR", formula = "C", state = "solid", source = "estimate: test" },
  { name = "CO", formula = "CO", state = "volatile", source = "estimate: test" },
  { name = "CO2", formula = "CO2", state = "volatile", source = "estimate: test" },
]
)" + rule("CACO3", "CAO + CO2") + rule("CAO + CHAR", "CA + CO"));
  const Atmosphere argon;
  const ReactionTable table(library, std::vector<bool>(library.species.size(), true), {&argon, 1});
  EXPECT_EQ(table.outcome(0).burned, 0);
  EXPECT_EQ(table.outcome(1).burned, 1);
}

TEST(ReactionTable, keeps_only_what_can_come_to_pass) {
  const auto library =
      library_of(samples::species + rule("WOOD", "TAR") + rule("TAR", "6 CHAR + 5 H2O") + rule("CHAR + CO2", "2 CO") +
                 rule("DUST", "6 CHAR + 5 H2O") + rule("WOOD", "6 CHAR + 5 H2O", "1 1/s", "medium = \"water\""));
  std::vector<bool> present(library.species.size(), false);
  present[library.find_species("WOOD")] = true;
  const Atmosphere argon;
  const ReactionTable dry(library, present, {&argon, 1});
  ASSERT_EQ(dry.rules().size(), 1u);  // no DUST, no CO2, no water
  ASSERT_EQ(dry.free_rules().size(), 1u);
  const Atmosphere dioxide = mixture("CO2", 0.5, 1);
  EXPECT_EQ(ReactionTable(library, present, {&dioxide, 1}).rules().size(), 2u);  // CHAR comes from TAR
}

/// One cell of given molecules, by species.
struct Cell {
  Cell(Table& conditions, const std::vector<std::pair<std::string, std::int64_t>>& molecules) : table(conditions) {
    const auto species = table.library.species.size();
    counts.assign(species, 0);
    born.assign(species, 0);
    taken.assign(species, 0);
    for (const auto& [name, count] : molecules) counts[table.library.find_species(name)] = count;
    initial = counts;
    remainders.assign(table.table.slots().size(), 0);
    table.table.set({1000, &table.atmosphere});
  }
  ReactionCell model(double carbon = 0, double exposure = 1) {
    return {table.table, {counts, born, taken, initial, remainders, &burned, exposure}, carbon, space};
  }
  std::int64_t count(const std::string& name) const { return counts[table.library.find_species(name)]; }

  Table& table;
  std::vector<std::int64_t> counts, born, taken, initial;
  std::vector<std::int32_t> remainders;
  double burned = 0;
  CellWorkspace space;
};

TEST(ReactionCell, a_catalyst_speeds_in_proportion_to_its_share_beyond_a_least_one) {
  Table table(
      rule("WOOD", "6 CHAR + 5 H2O", "3 1/s", "catalyst = { species = \"SALT\", strength = 40, from = 0.005 }"));
  const double carbon = 6000;
  EXPECT_NEAR(Cell(table, {{"WOOD", 1000}}).model(carbon).total_rate(), 3000, 1e-9);
  EXPECT_NEAR(Cell(table, {{"WOOD", 1000}, {"SALT", 20}}).model(carbon).total_rate(), 3000, 1e-9);  // below `from`
  EXPECT_NEAR(Cell(table, {{"WOOD", 1000}, {"SALT", 600}}).model(carbon).total_rate(), 3000 * (1 + 40 * 0.095), 1e-6);
}

// Two rules: one event of the second halves the catalyst, which must show in the rate of the first right away.
TEST(ReactionCell, a_catalyst_that_is_used_up_speeds_less_at_once) {
  Table table(rule("WOOD", "6 CHAR + 5 H2O", "1e-9 1/s", "catalyst = { species = \"DUST\", strength = 100 }") +
              rule("DUST", "6 CHAR + 5 H2O", "1 1/s"));
  Cell cell(table, {{"WOOD", 1000}, {"DUST", 2}});
  auto model = cell.model(100);
  Stream stream(1, Purpose::Test);
  model.fire(stream);
  ASSERT_EQ(cell.count("DUST"), 1);
  EXPECT_NEAR(model.total_rate() - 1, 1000e-9 * 2, 1e-12);
}

TEST(ReactionCell, gas_thins_with_exposure_to_its_own_order) {
  Table table(rule("CHAR + O2", "CO2", "1 1/s", "gas_order = 0.5"), mixture("O2", 1, 1));
  Cell cell(table, {{"CHAR", 100}});
  EXPECT_NEAR(cell.model(0, 0.25).total_rate() / cell.model().total_rate(), 0.5, 1e-12);
}

TEST(ReactionCell, waits_for_all_its_reactants) {
  Table table(rule("WOOD + 3 SALT", "6 CHAR + 5 H2O + 3 SALT", "1 1/s"));
  EXPECT_EQ(Cell(table, {{"WOOD", 10}, {"SALT", 2}}).model().total_rate(), 0);
  EXPECT_EQ(Cell(table, {{"WOOD", 10}, {"SALT", 3}}).model().total_rate(), 10);  // by the first alone
}

TEST(ReactionCell, takes_from_the_furnace_what_the_coefficient_says_over_many_events) {
  Table table(rule("CHAR + 0.75 O2", "0.5 CO2 + 0.5 CO", "1 1/s"), mixture("O2", 1, 1));
  Cell cell(table, {{"CHAR", 1000}});
  auto model = cell.model();
  Stream stream(1, Purpose::Test);
  for (int i = 0; i < 1000; ++i) model.fire(stream);
  EXPECT_EQ(cell.count("CHAR"), 0);
  EXPECT_EQ(cell.taken[table.library.find_species("O2")], 750);
  EXPECT_EQ(cell.count("CO2"), 500);
  EXPECT_EQ(cell.burned, 1000);
  EXPECT_EQ(model.total_rate(), 0);
}

TEST(ReactionCell, picks_rules_in_proportion_to_their_rates) {
  Table table(rule("WOOD", "6 CHAR + 5 H2O", "1 1/s") + rule("WOOD", "DUST", "3 1/s"));
  Cell cell(table, {{"WOOD", 4000}});
  auto model = cell.model();
  Stream stream(1, Purpose::Test);
  for (int i = 0; i < 4000; ++i) model.fire(stream);
  EXPECT_NEAR(static_cast<double>(cell.count("DUST")), 3000, 4 * std::sqrt(750.0));  // one false alarm in 16000
  EXPECT_EQ(cell.count("DUST") * 6 + cell.count("CHAR"), 24000);
}

}  // namespace
}  // namespace cardhouse
