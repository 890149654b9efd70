#include "engine/carbonize/rule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

TEST(Decimal, is_an_exact_reduced_fraction) {
  EXPECT_EQ(parse_decimal("7.3"), (Decimal{73, 10}));
  EXPECT_EQ(parse_decimal(".6"), (Decimal{3, 5}));
  EXPECT_EQ(parse_decimal("12"), (Decimal{12, 1}));
  EXPECT_EQ(parse_decimal("12.00"), (Decimal{12, 1}));
}

TEST(Decimal, has_up_to_six_digits_behind_the_point_and_nine_in_all) {
  EXPECT_EQ(parse_decimal("0.325117"), (Decimal{325117, 1000000}));
  EXPECT_EQ(parse_decimal("123.456789"), (Decimal{123456789, 1000000}));
  EXPECT_THAT([] { parse_decimal("0.3251171"); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("more than six digits behind the point")));
  EXPECT_THROW(parse_decimal("1234.567891"), InputError);
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
  EXPECT_EQ(terms[1].coefficient, (Decimal{1, 1}));
  EXPECT_EQ(terms[2].species, "CH4");
  EXPECT_EQ(terms[2].coefficient, (Decimal{1, 5}));
}

TEST(EquationSide, refuses_empty_terms_and_numbers_alone) {
  for (const auto* text : {"", "CHAR +", "+ CO", "3", "2.5 + CO"}) {
    EXPECT_THROW(parse_equation_side(text), InputError) << text;
  }
}

// E(x) - E = sqrt(2) s erfinv(2x - 1) says that erf of the shift over sqrt(2) s is 2x - 1.
TEST(BarrierShift, is_the_inverse_of_the_normal_distribution_over_conversion) {
  for (const double spread : {0.02, 0.2}) {
    for (double x = 0.001; x < 1; x += 0.0103) {
      EXPECT_NEAR(std::erf(barrier_shift(spread, x) / (std::sqrt(2.0) * spread)), 2 * x - 1, 1e-12) << x;
    }
  }
  EXPECT_NEAR(barrier_shift(0.1, 0.841344746068543), 0.1, 1e-12);  // one standard deviation
}

TEST(BarrierShift, keeps_conversion_off_the_ends) {
  EXPECT_EQ(barrier_shift(0.1, 0), barrier_shift(0.1, 0.001));
  EXPECT_EQ(barrier_shift(0.1, 1), barrier_shift(0.1, 0.999));
  EXPECT_EQ(barrier_shift(0, 0.7), 0);
}

}  // namespace
}  // namespace cardhouse
