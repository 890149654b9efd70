#include "engine/carbonize/rule.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

TEST(Decimal, is_an_exact_reduced_fraction) {
  EXPECT_EQ(parse_decimal("7.3").numerator, 73);
  EXPECT_EQ(parse_decimal("7.3").denominator, 10);
  EXPECT_EQ(parse_decimal(".6").numerator, 3);
  EXPECT_EQ(parse_decimal(".6").denominator, 5);
  EXPECT_EQ(parse_decimal("12").numerator, 12);
  EXPECT_EQ(parse_decimal("12.00").denominator, 1);
}

TEST(Decimal, refuses_zero_and_text) {
  for (const auto* text : {"0", "0.0", "", ".", "1e3", "-1", "1.2.3", "1234567890"}) {
    EXPECT_THROW(parse_decimal(text), InputError) << text;
  }
}

TEST(EquationSide, splits_terms_and_takes_a_missing_coefficient_as_one) {
  const auto terms = parse_equation_side("7.3 CHAR + CO2 +.2 CH4");
  ASSERT_EQ(terms.size(), 3u);
  EXPECT_EQ(terms[0].species, "CHAR");
  EXPECT_EQ(terms[1].species, "CO2");
  EXPECT_EQ(terms[1].coefficient.numerator, 1);
  EXPECT_EQ(terms[2].species, "CH4");
  EXPECT_EQ(terms[2].coefficient.denominator, 5);
}

TEST(EquationSide, refuses_empty_terms_and_numbers_alone) {
  for (const auto* text : {"", "CHAR +", "+ CO", "3", "2.5 + CO"}) {
    EXPECT_THROW(parse_equation_side(text), InputError) << text;
  }
}

}  // namespace
}  // namespace cardhouse
