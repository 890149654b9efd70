#include "engine/carbonize/rule_library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/carbonize/sample_processes.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using samples::library_of;
using testing::AllOf;
using testing::HasSubstr;

/// The keys of a good rule; `more` come after them, and one key may be replaced by another text.
std::string rule(const std::string& in, const std::string& out, const std::string& more = {},
                 const std::string& from = {}, const std::string& to = {}) {
  std::string text = "[[rule]]\nid = \"S2\"\nin = \"" + in + "\"\nout = \"" + out +
                     "\"\nA = \"1e13 1/s\"\nE = \"200 kJ/mol\"\nsource = \"estimate: test\"\n" + more + "\n";
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

const std::string good = rule("WOOD", "6 CHAR + 5 H2O");

std::string message_of(const std::string& rules) {
  return samples::message_of([&] { library_of(samples::species + rules); });
}

const Rule only(const std::string& text) {
  const auto library = library_of(samples::species + text);
  EXPECT_EQ(library.rules.size(), 1u);
  return library.rules.at(0);
}

TEST(RuleLibrary, keeps_coefficients_as_they_are_written) {
  const Rule r = only(rule("2 WOOD", "11.674883 CHAR + 9.349766 H2O + .325117 CO2 + 0.650234 H2 + 0.2 CROSSLINK"));
  ASSERT_EQ(r.reactants.size(), 1u);
  EXPECT_EQ(r.reactants[0].count, 2);
  ASSERT_EQ(r.products.size(), 5u);
  EXPECT_EQ(r.products[2].coefficient, (Decimal{325117, 1000000}));
  EXPECT_EQ(r.products[4].coefficient, (Decimal{1, 5}));
}

TEST(RuleLibrary, a_gas_beside_a_solid_comes_from_the_furnace_with_its_coefficient) {
  const auto library = library_of(samples::species + rule("WOOD + 0.5 O2", "6 CHAR + 4 H2O + H2O + 0.5 O2"));
  const Rule& r = library.rules[0];
  ASSERT_EQ(r.reactants.size(), 1u);
  EXPECT_EQ(library.species[r.reactants[0].species].name, "WOOD");
  ASSERT_TRUE(r.gas && r.gas->taken);
  EXPECT_EQ(library.species[r.gas->species].name, "O2");
  EXPECT_EQ(*r.gas->taken, (Decimal{1, 2}));
  EXPECT_EQ(r.gas->order, 1);
}

TEST(RuleLibrary, a_gas_that_stands_first_leaves_the_lead_to_the_solid) {
  const auto library = library_of(samples::species + rule("CO2 + CHAR", "2 CO", "gas_order = 0.78"));
  EXPECT_EQ(library.species[library.rules[0].reactants.front().species].name, "CHAR");
  EXPECT_EQ(library.rules[0].gas->order, 0.78);
}

TEST(RuleLibrary, a_gas_that_only_watches_is_not_taken) {
  const Rule r = only(rule("WOOD", "6 CHAR + 5 H2O", "gas = \"CO2\"\ngas_order = 0.5"));
  ASSERT_TRUE(r.gas);
  EXPECT_FALSE(r.gas->taken);
  EXPECT_EQ(r.gas->order, 0.5);
}

TEST(RuleLibrary, reads_everything_that_a_rule_may_say) {
  const auto library =
      library_of(samples::species +
                 rule("WOOD + 2 SALT", "6 CHAR + 5 H2O + 2 SALT",
                      "n = 1.5\norder = 2\nspread = \"10 kJ/mol\"\nonset = \"300 degC\"\nceiling = \"700 degC\"\n"
                      "medium = \"water\"\ncatalyst = { species = \"SALT\", strength = 40, from = 0.005 }"));
  const Rule& r = library.rules[0];
  EXPECT_NEAR(r.law.barrier, 200 * 0.010364269, 1e-6);  // eV
  EXPECT_EQ(r.law.temperature_power, 1.5);
  EXPECT_EQ(r.order, 2);
  EXPECT_NEAR(r.spread, 10 * 0.010364269, 1e-7);
  EXPECT_NEAR(r.onset, 573.15, 1e-9);
  EXPECT_NEAR(r.ceiling, 973.15, 1e-9);
  EXPECT_EQ(r.medium, "water");
  ASSERT_TRUE(r.catalyst);
  EXPECT_EQ(library.species[r.catalyst->species].name, "SALT");
  EXPECT_EQ(r.catalyst->strength, 40);
  EXPECT_EQ(r.catalyst->from, 0.005);
  ASSERT_EQ(r.reactants.size(), 2u);
  EXPECT_EQ(r.reactants[1].count, 2);
}

TEST(RuleLibrary, what_stands_twice_in_a_reaction_is_needed_twice) {
  const Rule r = only(rule("WOOD + WOOD", "12 CHAR + 10 H2O"));
  ASSERT_EQ(r.reactants.size(), 1u);
  EXPECT_EQ(r.reactants[0].count, 2);
}

TEST(RuleLibrary, names_file_line_rule_element_and_amount_of_an_imbalance) {
  EXPECT_THAT(message_of(rule("WOOD", "6 CHAR + 4.9 H2O")),
              AllOf(HasSubstr("rules.toml:18: rule[1].out"), HasSubstr("'S2' is not balanced"),
                    HasSubstr("H 100 in, 98 out (2 missing)"), HasSubstr("O 50 in, 49 out (1 missing)"),
                    HasSubstr("in 10 events")));
  EXPECT_THAT(message_of(rule("WOOD", "6.000001 CHAR + 5 H2O")),
              HasSubstr("C 6000000 in, 6000001 out (1 too many) in 1000000 events"));
  EXPECT_THAT(message_of(rule("CHAR + 0.9 CO2", "2 CO")), HasSubstr("C 19 in, 20 out"));
  EXPECT_EQ(message_of(good), "no error");
}

TEST(RuleLibrary, demands_a_source_that_is_one) {
  const auto with = [](const std::string& source) {
    return message_of(rule("WOOD", "6 CHAR + 5 H2O", "", "source = \"estimate: test\"\n", source));
  };
  EXPECT_THAT(with(""), AllOf(HasSubstr("source"), HasSubstr("missing")));
  EXPECT_THAT(with("source = \"somewhere\"\n"), AllOf(HasSubstr("rules.toml:21"), HasSubstr("where the numbers")));
  EXPECT_EQ(with("source = \"doi:10.1021/x\"\n"), "no error");
  EXPECT_EQ(with("source = \"Fuel 290 (2021) 119682\"\n"), "no error");
}

TEST(RuleLibrary, suggests_the_nearest_species_and_key) {
  EXPECT_THAT(message_of(rule("WOOD", "6 CHARR + 5 H2O")),
              AllOf(HasSubstr("rules.toml:18"), HasSubstr("unknown species 'CHARR'"), HasSubstr("'CHAR'")));
  EXPECT_THAT(message_of(rule("WOD", "6 CHAR + 5 H2O")), AllOf(HasSubstr("rules.toml:17"), HasSubstr("'WOOD'")));
  EXPECT_THAT(message_of(rule("WOOD", "6 CHAR + 5 H2O", "oder = 2")),
              AllOf(HasSubstr("rules.toml:22"), HasSubstr("oder"), HasSubstr("order")));
  EXPECT_THAT(message_of(rule("WOOD", "6 CHAR + 5 H2O", "catalyst = { species = \"SAL\", strength = 1 }")),
              AllOf(HasSubstr("rules.toml:22"), HasSubstr("'SALT'")));
}

TEST(RuleLibrary, names_line_and_reason_of_each_wrong_number) {
  struct Wrong {
    const char* from;
    const char* to;
    const char* line;
    const char* reason;
  };
  const Wrong cases[] = {
      {"E = \"200 kJ/mol\"", "E = \"-1 kJ/mol\"", "rules.toml:20", "the barrier is negative"},
      {"E = \"200 kJ/mol\"", "E = 200", "rules.toml:20", "energy"},
      {"E = \"200 kJ/mol\"", "E = \"200 K/min\"", "rules.toml:20", "energy"},
      {"E = \"200 kJ/mol\"\n", "", "rules.toml", "missing"},
      {"A = \"1e13 1/s\"", "A = \"1e13\"", "rules.toml:19", "rate"},
      {"A = \"1e13 1/s\"", "A = \"0 1/s\"", "rules.toml:19", "the prefactor must be positive"},
      {"source =", "order = 0\nsource =", "rules.toml:21", "the order must be positive"},
      {"source =", "spread = \"-1 eV\"\nsource =", "rules.toml:21", "the spread is negative"},
      {"source =", "onset = \"900 K\"\nceiling = \"800 K\"\nsource =", "rules.toml:22", "acts at no temperature"},
      {"source =", "gas = \"CHAR\"\nsource =", "rules.toml:21", "a furnace gas is a volatile species"},
      {"source =", "gas = \"CO2\"\ngas_order = -1\nsource =", "rules.toml:22", "the order must be positive"},
      {"source =", "catalyst = { species = \"SALT\", strength = -1 }\nsource =", "rules.toml:21", "never slows"},
  };
  for (const auto& [from, to, line, reason] : cases) {
    EXPECT_THAT(message_of(rule("WOOD", "6 CHAR + 5 H2O", "", from, to)), AllOf(HasSubstr(line), HasSubstr(reason)));
  }
}

TEST(RuleLibrary, refuses_reactants_that_no_event_could_take) {
  EXPECT_THAT(message_of(rule("0.5 WOOD", "3 CHAR + 2.5 H2O")),
              AllOf(HasSubstr("rules.toml:17"), HasSubstr("whole molecules of 'WOOD'")));
  EXPECT_THAT(message_of(rule("CHAR + CO2 + H2O", "2 CO + H2O")),
              AllOf(HasSubstr("rules.toml:17"), HasSubstr("one furnace gas at most")));
  EXPECT_THAT(message_of(rule("CHAR + CO2", "2 CO", "gas = \"H2O\"")), HasSubstr("another furnace gas already"));
  EXPECT_THAT(message_of(rule("CO2 + H2O", "CO2 + H2O")), HasSubstr("rules.toml:17"));
}

TEST(RuleLibrary, a_free_molecule_reacts_alone_and_in_first_order) {
  EXPECT_EQ(message_of(rule("TAR", "6 CHAR + 5 H2O")), "no error");
  for (const auto* more :
       {"order = 2", "gas = \"CO2\"", "catalyst = { species = \"SALT\", strength = 1 }", "spread = \"0.1 eV\""}) {
    EXPECT_THAT(message_of(rule("TAR", "6 CHAR + 5 H2O", more)),
                AllOf(HasSubstr("rules.toml:17"), HasSubstr("a free molecule reacts alone")))
        << more;
  }
  EXPECT_THAT(message_of(rule("2 TAR", "12 CHAR + 10 H2O")), HasSubstr("a free molecule reacts alone"));
}

TEST(RuleLibrary, refuses_repeats) {
  EXPECT_THAT(message_of(good + good), AllOf(HasSubstr("rules.toml:24"), HasSubstr("rule 'S2' is declared twice")));
  const std::string one = "name = \"X\"\nformula = \"C\"\nstate = \"solid\"\nsource = \"estimate: x\"\n";
  EXPECT_THAT(samples::message_of([&] { library_of("[[species]]\n" + one + "[[species]]\n" + one); }),
              AllOf(HasSubstr("rules.toml:7"), HasSubstr("species 'X' is declared twice")));
}

TEST(RuleLibrary, what_weighs_nothing_has_no_formula_and_what_weighs_has_one) {
  const auto message = [](const std::string& keys) {
    return samples::message_of([&] { library_of("[[species]]\nname = \"X\"\nsource = \"estimate: x\"\n" + keys); });
  };
  EXPECT_THAT(message("state = \"network\"\nformula = \"C\""),
              AllOf(HasSubstr("rules.toml:5"), HasSubstr("network species 'X' weighs nothing")));
  EXPECT_THAT(message("state = \"solid\""), AllOf(HasSubstr("formula"), HasSubstr("missing")));
  EXPECT_THAT(message("state = \"solid\"\nformula = \"Qq2\""), AllOf(HasSubstr("rules.toml:5"), HasSubstr("'X'")));
  EXPECT_THAT(message("state = \"solidd\"\nformula = \"C\""), AllOf(HasSubstr("rules.toml:4"), HasSubstr("'solid'")));
}

/// Loads "first" of a folder that holds these files.
std::string message_of_files(const std::vector<std::pair<std::string, std::string>>& files) {
  const ScratchFolder folder;
  for (const auto& [name, text] : files) folder.with_text(name + ".toml", text);
  return samples::message_of([&] {
    RuleLibrary library;
    load_library(library, "first", folder.path(""), {"deck.toml", 2, "rules"});
  });
}

TEST(RuleLibrary, names_a_library_that_is_not_there) {
  EXPECT_THAT(message_of_files({{"frist", ""}}),
              AllOf(HasSubstr("deck.toml:2: rules"), HasSubstr("no rule library 'first'"), HasSubstr("'frist'")));
  EXPECT_THAT(message_of_files({{"first", "summary = \"x\"\nneeds = [\"secnd\"]"}, {"second", ""}}),
              AllOf(HasSubstr("first.toml:2: needs"), HasSubstr("no rule library 'secnd'"), HasSubstr("'second'")));
}

TEST(RuleLibrary, refuses_libraries_that_need_each_other) {
  EXPECT_THAT(message_of_files({{"first", "needs = [\"second\"]"}, {"second", "\nneeds = [\"first\"]"}}),
              AllOf(HasSubstr("second.toml:2: needs"), HasSubstr("first -> second -> first")));
  EXPECT_THAT(message_of_files({{"first", "needs = [\"first\"]"}}), HasSubstr("first -> first"));
}

TEST(RuleLibrary, loads_what_two_need_once) {
  const ScratchFolder folder;
  folder.with_text("first.toml", "needs = [\"left\", \"right\"]");
  folder.with_text("left.toml", "needs = [\"base\"]\n" + rule("WOOD", "6 CHAR + 5 H2O"));
  folder.with_text("right.toml", "needs = [\"base\"]");
  folder.with_text("base.toml", samples::species);
  RuleLibrary library;
  load_library(library, "first", folder.path(""), {});
  EXPECT_EQ(library.rules.size(), 1u);
  EXPECT_THAT(library.loaded, testing::UnorderedElementsAre("base", "first", "left", "right"));
}

}  // namespace
}  // namespace cardhouse
