#include "engine/carbonize/ordering_clock.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

TemperatureProgramme hold(double celsius, double seconds) {
  return {celsius + 273.15, {{celsius + 273.15, 0, seconds}}};
}

double barrier_of_hold(double celsius, double seconds) {
  return constants::boltzmann * (celsius + 273.15) * std::log(ordering_prefactor * seconds);
}

double barrier(const TemperatureProgramme& programme) {
  return in_unit(ordering_clock(programme).barrier, "kJ/mol");
}

// E* = R T ln(A t), evaluated independently and rounded to kJ/mol.
TEST(OrderingClock, holds_give_the_barriers_of_the_closed_form) {
  const double two_hours = 7200;
  const std::pair<double, double> table[] = {{800, 315},  {900, 344},  {1000, 374}, {1100, 403}, {1200, 432},
                                             {1300, 462}, {1400, 491}, {1500, 521}, {1600, 550}};
  for (const auto& [celsius, expected] : table) EXPECT_NEAR(barrier(hold(celsius, two_hours)), expected, 1) << celsius;
}

TEST(OrderingClock, flashes_count_less_and_long_dwells_more) {
  EXPECT_NEAR(barrier(hold(1950, 22)), 546, 1);
  EXPECT_NEAR(barrier(hold(1500, 1)), 390, 1);
  EXPECT_NEAR(barrier(hold(1300, 20 * 3600)), 492, 1);
  EXPECT_NEAR(ordering_clock(hold(1950, 22)).equivalent_temperature - 273.15, 1585, 3);
}

TEST(OrderingClock, two_hours_at_a_temperature_are_equivalent_to_themselves) {
  EXPECT_NEAR(ordering_clock(hold(1234, 7200)).equivalent_temperature, 1234 + 273.15, 1e-6);
}

// For a ramp the integral of A exp(-E/kT) dT is A (T exp(-x) - (E/k) E1(x)), x = E/kT.
TEST(OrderingClock, ramp_satisfies_the_exponential_integral) {
  const double rate = 5.0 / 60;
  const double top = 1573.15;
  const TemperatureProgramme ramp(298.15, {{top, (top - 298.15) / rate, 0}});
  const double theta = ordering_clock(ramp).barrier / constants::boltzmann;
  const double x = theta / top;
  const double crossings = ordering_prefactor / rate * (top * std::exp(-x) + theta * std::expint(-x));
  EXPECT_NEAR(crossings, 1, 1e-4);
}

TEST(OrderingClock, counts_from_a_time_on) {
  const TemperatureProgramme two(1273.15, {{1273.15, 0, 7200}, {1573.15, 0, 7200}});
  EXPECT_NEAR(ordering_clock(two, 7200).equivalent_temperature, 1573.15, 1e-6);
  EXPECT_NEAR(ordering_clock(two, 10800).barrier, barrier_of_hold(1300, 3600), 1e-6);
  EXPECT_EQ(ordering_clock(two, 14400).barrier, 0);
}

TEST(OrderingClock, ramps_and_further_steps_only_add) {
  const TemperatureProgramme with_ramp(298.15, {{1573.15, 15300, 7200}, {298.15, 15300, 0}});
  EXPECT_GT(barrier(with_ramp), barrier(hold(1300, 7200)));
  EXPECT_LT(barrier(with_ramp), barrier(hold(1300, 7200)) + 3);
}

}  // namespace
}  // namespace cardhouse
