#include "potentials/pair_forms.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/base/constants.hpp"

namespace cardhouse {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr PairRange range{.cutoff = 10, .taper_start = 8, .force_cap = unlimited};

const std::vector<PairForm> every_form{
    MorseDispersion{.depth = 0.1, .steepness = 1.5, .distance = 2.8, .six = 30, .damping = 3},
    LennardJonesForm{.depth = 0.003, .diameter = 3.4},
    Buckingham{.amplitude = 1000, .range = 0.3, .six = 50},
    ScreenedCoulomb{.charge_product = -0.6, .screening_length = 4},
    TangToennies{.amplitude = 1500, .decay = 3.5, .six = 74},
};

TEST(PairForms, have_slopes_that_equal_numerical_derivatives) {
  constexpr double step = 1e-4;
  for (const PairForm& form : every_form) {
    for (double r = 0.3; r < 9; r *= 1.2) {
      const auto value = [&](double at) { return evaluate(form, at).value; };
      const double slope =
          (8 * (value(r + step) - value(r - step)) - (value(r + 2 * step) - value(r - 2 * step))) / (12 * step);
      EXPECT_NEAR(evaluate(form, r).slope, slope, 1e-7 * (1e-3 + std::abs(slope))) << form.index() << " at " << r;
    }
  }
}

TEST(PairForms, have_the_wells_of_their_formulas) {
  EXPECT_DOUBLE_EQ(evaluate(MorseDispersion{0.1, 1.5, 2.8, 0, 3}, 2.8).value, -0.1);
  const double minimum = std::pow(2.0, 1.0 / 6.0) * 3.4;
  EXPECT_NEAR(evaluate(LennardJonesForm{0.003, 3.4}, minimum).value, -0.003, 1e-16);
  EXPECT_NEAR(evaluate(LennardJonesForm{0.003, 3.4}, minimum).slope, 0, 1e-15);
  EXPECT_NEAR(evaluate(ScreenedCoulomb{1, 4}, 4).value, constants::coulomb / (4 * std::exp(1.0)), 1e-14);
}

TEST(PairForms, damp_dispersion_as_the_sum_of_tang_and_toennies) {
  for (const double x : {0.5, 1.0, 1.9, 2.1, 5.0, 20.0}) {
    long double head = 0;
    long double term = 1;
    for (int k = 0; k <= 6; ++k) head += term, term *= static_cast<long double>(x) / (k + 1);
    const long double f = 1 - std::exp(-static_cast<long double>(x)) * head;
    const auto expected = static_cast<double>(f / std::pow(static_cast<long double>(x), 6));
    EXPECT_NEAR(damped_inverse_sixth(x).value, expected, 1e-11 * expected) << x;
  }
}

TEST(PairForms, leave_no_dispersion_at_contact) {
  EXPECT_EQ(damped_inverse_sixth(0).value, 0);
  EXPECT_NEAR(damped_inverse_sixth(0).slope, 1.0 / 5040, 1e-18);
  EXPECT_NEAR(damped_inverse_sixth(1e-6).value, 1e-6 / 5040, 1e-15);
}

TEST(PairTerm, is_the_shifted_sum_of_its_forms_between_core_and_taper) {
  const PairTerm term({every_form[1], every_form[3]}, range);
  const double shift = evaluate(every_form[1], 10).value + evaluate(every_form[3], 10).value;
  for (const double r : {2.5, 4.0, 7.9}) {
    const double expected = evaluate(every_form[1], r).value + evaluate(every_form[3], r).value - shift;
    EXPECT_NEAR(term.in_square(r * r).value, expected, 1e-14);
  }
}

TEST(PairTerm, ends_with_zero_energy_and_two_zero_derivatives) {
  for (const PairForm& form : every_form) {
    const PairTerm term({form}, range);
    const double width = 1e-3;
    // E ~ (c - r)^4: the shifted energy vanishes linearly, the weight as a cube.
    EXPECT_LT(std::abs(term.in_square(std::pow(10 - width, 2)).value), std::pow(width, 3) * 1e-1);
    EXPECT_LT(std::abs(term.in_square(std::pow(10 - width, 2)).slope), std::pow(width, 2) * 1e-1);
    EXPECT_EQ(term.in_square(100.001).value, 0);
  }
}

TEST(PairTerm, has_slopes_in_the_square_that_equal_numerical_derivatives) {
  constexpr double step = 1e-5;
  for (const PairForm& form : every_form) {
    const PairTerm term({form}, {.cutoff = 10, .taper_start = 8, .force_cap = 20});
    for (double r2 = 0.04; r2 < 99; r2 *= 1.3) {
      const double slope = (term.in_square(r2 + step).value - term.in_square(r2 - step).value) / (2 * step);
      EXPECT_NEAR(term.in_square(r2).slope, slope, 1e-6 * (1e-2 + std::abs(slope))) << form.index() << " at " << r2;
    }
  }
}

TEST(PairTerm, is_continuous_at_its_core) {
  for (const PairForm& form : every_form) {
    const PairTerm term({form}, {.cutoff = 10, .taper_start = 8, .force_cap = 20});
    const double r2 = term.core() * term.core();
    const ValueAndSlope below = term.in_square(r2 * (1 - 1e-10));
    const ValueAndSlope above = term.in_square(r2 * (1 + 1e-10));
    EXPECT_NEAR(below.value, above.value, 1e-7 * std::abs(above.value));
    EXPECT_NEAR(below.slope, above.slope, 1e-7 * std::abs(above.slope));
  }
}

TEST(PairTerm, keeps_to_the_force_cap) {
  const PairTerm term({LennardJonesForm{0.003, 3.4}}, {.cutoff = 10, .taper_start = 8, .force_cap = 5});
  double largest = 0;
  for (double r = 0.01; r < 8; r += 0.01) largest = std::max(largest, -2 * r * term.in_square(r * r).slope);
  EXPECT_LE(largest, 5 * (1 + 1e-9));
  EXPECT_GT(largest, 4.8);
}

TEST(PairTerm, keeps_a_buckingham_pair_from_falling_together) {
  const Buckingham bare{.amplitude = 1000, .range = 0.3, .six = 50};
  ASSERT_LT(evaluate(bare, 0.5).value, -1000);  // what the guard is for
  const PairTerm term({bare}, range);
  EXPECT_TRUE(term.repels_at_core());
  double last = -std::numeric_limits<double>::infinity();
  for (double r = 1.8; r >= 0; r -= 0.01) {
    const double energy = term.in_square(r * r).value;
    EXPECT_GT(energy, last) << r;
    last = energy;
  }
}

TEST(PairTerm, says_when_nothing_repels) {
  EXPECT_FALSE(PairTerm({Buckingham{.amplitude = 1, .range = 0.3, .six = 50}}, range).repels_at_core());
  EXPECT_FALSE(PairTerm({ScreenedCoulomb{-1, 4}}, range).repels_at_core());
}

}  // namespace
}  // namespace cardhouse
