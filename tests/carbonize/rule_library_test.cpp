#include "engine/carbonize/rule_library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardhouse {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string species = R"([[species]]
name = "CARAMEL"
formula = "C12H16O8"
state = "solid"
source = "estimate: sugar less water"
[[species]]
name = "CHAR"
formula = "C"
state = "solid"
source = "estimate: carbon"
[[species]]
name = "H2O"
formula = "H2O"
state = "volatile"
source = "estimate: water"
)";

std::string rule(const std::string& out, const std::string& more = "source = \"estimate: test\"\n",
                 const std::string& in = "CARAMEL") {
  return "[[rule]]\nid = \"S2\"\nin = \"" + in + "\"\nout = \"" + out + "\"\nA = \"1e13 1/s\"\nE = \"200 kJ/mol\"\n" +
         more;
}

RuleLibrary read(const std::string& text) {
  const Deck deck = Deck::from_text(text, "rules.toml");
  RuleLibrary library;
  add_rules(library, deck.root());
  deck.reject_unknown_keys();
  return library;
}

std::string message_of(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(RuleLibrary, makes_decimal_coefficients_whole_with_the_smallest_batch) {
  const auto library = read(species + R"([[species]]
name = "GAS"
formula = "C2"
state = "volatile"
source = "estimate: test"
)" + rule("11.5 CHAR + 8 H2O + .25 GAS"));
  ASSERT_EQ(library.rules.size(), 1u);
  const Rule& r = library.rules[0];
  EXPECT_EQ(r.batch, 4);
  EXPECT_EQ(r.products[0].count, 46);
  EXPECT_EQ(r.products[1].count, 32);
  EXPECT_EQ(r.products[2].count, 1);
  EXPECT_EQ(r.order, 1);
}

TEST(RuleLibrary, refuses_coefficients_so_fine_that_an_event_would_consume_thousands) {
  EXPECT_THAT(message_of(species + rule("11.9999 CHAR + 8 H2O")),
              AllOf(HasSubstr("rules.toml:19"), HasSubstr("consume 10000 molecules of 'CARAMEL'"),
                    HasSubstr("at most three decimals")));
}

TEST(RuleLibrary, names_file_line_rule_element_and_amount_of_an_imbalance) {
  EXPECT_THAT(message_of(species + rule("12 CHAR + 7.9 H2O")),
              AllOf(HasSubstr("rules.toml:19"), HasSubstr("'S2' is not balanced"), HasSubstr("H 160 in, 158 out"),
                    HasSubstr("2 missing"), HasSubstr("O 80 in, 79 out"), HasSubstr("10 CARAMEL")));
  EXPECT_THAT(message_of(species + rule("12.5 CHAR + 8 H2O")), HasSubstr("C 24 in, 25 out (1 too many)"));
}

TEST(RuleLibrary, accepts_the_same_rule_when_it_closes) {
  EXPECT_NO_THROW(read(species + rule("12 CHAR + 8 H2O")));
}

TEST(RuleLibrary, demands_a_source_that_is_one) {
  EXPECT_THAT(message_of(species + rule("12 CHAR + 8 H2O", "")), AllOf(HasSubstr("source"), HasSubstr("missing")));
  EXPECT_THAT(message_of(species + rule("12 CHAR + 8 H2O", "source = \"somewhere\"\n")),
              HasSubstr("where the numbers"));
  EXPECT_NO_THROW(read(species + rule("12 CHAR + 8 H2O", "source = \"doi:10.1021/x\"\n")));
  EXPECT_NO_THROW(read(species + rule("12 CHAR + 8 H2O", "source = \"Fuel 290 (2021) 119682\"\n")));
  EXPECT_THAT(message_of("[[species]]\nname = \"X\"\nformula = \"C\"\nstate = \"solid\"\n"), HasSubstr("source"));
}

TEST(RuleLibrary, suggests_the_nearest_species) {
  EXPECT_THAT(message_of(species + rule("12 CHARR + 8 H2O")),
              AllOf(HasSubstr("CHARR"), HasSubstr("did you mean 'CHAR'")));
}

TEST(RuleLibrary, suggests_the_nearest_key) {
  EXPECT_THAT(message_of(species + rule("12 CHAR + 8 H2O", "oder = 2\nsource = \"estimate: test\"\n")),
              AllOf(HasSubstr("oder"), HasSubstr("order")));
  EXPECT_THAT(message_of(species + rule("12 CHAR + 8 H2O", "effect = { croslink = 1 }\nsource = \"estimate: test\"\n")),
              HasSubstr("crosslink"));
}

TEST(RuleLibrary, refuses_repeats_volatile_reactants_and_several_reactants) {
  const std::string good = rule("12 CHAR + 8 H2O");
  EXPECT_THAT(message_of(species + good + good), HasSubstr("rule 'S2' is declared twice"));
  EXPECT_THAT(message_of(species + species), HasSubstr("species 'CARAMEL' is declared twice"));
  EXPECT_THAT(message_of(species + rule("H2O", "source = \"estimate: test\"\n", "H2O")), HasSubstr("volatile"));
  EXPECT_THAT(message_of(species + rule("24 CHAR + 16 H2O", "source = \"estimate: test\"\n", "2 CARAMEL")),
              HasSubstr("one molecule of one reactant"));
}

TEST(RuleLibrary, the_library_of_late_gases_loads_and_balances) {
  const auto library = load_rules(CARDHOUSE_SOURCE_DIR "/inputs/rules/metaplast.toml");
  EXPECT_GE(library.rules.size(), 10u);
}

}  // namespace
}  // namespace cardhouse
