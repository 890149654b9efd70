#include "engine/carbonize/formula.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

TEST(Formula, reads_counts_and_two_letter_symbols) {
  const Formula formula = parse_formula("C12H22O11NaZn2");
  EXPECT_EQ(formula[Element::C], 12);
  EXPECT_EQ(formula[Element::H], 22);
  EXPECT_EQ(formula[Element::O], 11);
  EXPECT_EQ(formula[Element::Na], 1);
  EXPECT_EQ(formula[Element::Zn], 2);
  EXPECT_EQ(formula[Element::N], 0);
}

TEST(Formula, adds_symbols_that_come_twice) {
  EXPECT_EQ(parse_formula("CH3OH"), parse_formula("CH4O"));
}

TEST(Formula, text_survives_a_round_trip) {
  for (const auto* text : {"C12H22O11", "CH2O", "H2", "C"}) EXPECT_EQ(format_formula(parse_formula(text)), text);
}

TEST(Formula, knows_metals) {
  EXPECT_TRUE(holds_metal(parse_formula("CaCO3")));
  EXPECT_FALSE(holds_metal(parse_formula("SiO2")));
  EXPECT_FALSE(holds_metal(parse_formula("C12H22O11")));
}

TEST(Formula, mass_of_sucrose_is_342_dalton) {
  EXPECT_NEAR(parse_formula("C12H22O11").mass(), 342.297, 2e-3);
}

TEST(Formula, arithmetic_is_elementwise) {
  EXPECT_EQ(parse_formula("C12H16O8") + 3 * parse_formula("H2O"), parse_formula("C12H22O11"));
  EXPECT_EQ(parse_formula("C2H4") - parse_formula("C2H4"), Formula{});
}

TEST(Formula, refuses_what_is_no_formula) {
  for (const auto* text : {"", "Xx2", "c6", "C0", "2C", "C-1", "C 6"}) {
    EXPECT_THROW(parse_formula(text), InputError) << text;
  }
}

}  // namespace
}  // namespace cardhouse
