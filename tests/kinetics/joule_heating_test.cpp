#include "engine/kinetics/joule_heating.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cardhouse {
namespace {

JoulePulse pulse_of(const std::string& extra = "") {
  const Deck deck = Deck::from_text(
      "current = \"100 A\"\nresistance = \"0.5 ohm\"\nmass = \"0.2 g\"\narea = \"4 cm2\"\nduration = \"100 ms\"\n" +
          extra,
      "pulse.toml");
  auto pulse = read_joule_pulse(deck.root());
  deck.reject_unknown_keys();
  return pulse;
}

Atmosphere argon() {
  Atmosphere atmosphere;
  atmosphere.place = {"pulse.toml", 3, "joule"};
  return atmosphere;
}

TEST(SpecificHeat, is_that_of_graphite) {
  EXPECT_NEAR(in_unit(specific_heat(300), "J/g/K"), 0.713, 0.01);  // Butland & Maddison 1973, table
  EXPECT_NEAR(in_unit(specific_heat(2000), "J/g/K"), 2.02, 0.02);
}

TEST(JouleSteps, a_short_pulse_puts_all_its_energy_into_heat) {
  const JoulePulse pulse = pulse_of();
  const auto steps = joule_steps(pulse, 300, argon());
  double peak = 0;
  for (const auto& step : steps) peak = std::max(peak, step.target);
  double heat = 0;
  for (double t = 300; t < peak; t += 0.1) heat += 0.1 * specific_heat(t) * pulse.mass;
  const double energy = pulse.current * pulse.current * pulse.resistance * pulse.duration;
  EXPECT_GT(peak, 1500);
  EXPECT_LT(heat, energy);
  EXPECT_GT(heat, 0.97 * energy);  // radiation takes a few per cent at most in 100 ms
}

TEST(JouleSteps, a_long_pulse_reaches_the_balance_of_power_and_radiation) {
  JoulePulse pulse = pulse_of();
  pulse.current /= 4;
  pulse.duration = 60;
  const auto steps = joule_steps(pulse, 300, argon());
  double peak = 0;
  for (const auto& step : steps) peak = std::max(peak, step.target);
  const double watts = 25.0 * 25.0 * 0.5;
  const double balance = std::pow(watts / (0.9 * 5.670374419e-8 * 4e-4) + std::pow(298.15, 4), 0.25);
  EXPECT_NEAR(peak, balance, 0.5);
  EXPECT_LE(steps.back().target, 373.15);
}

TEST(JouleSteps, a_pulse_beyond_sublimation_is_refused_at_its_place) {
  JoulePulse pulse = pulse_of();
  pulse.duration = 2;
  try {
    joule_steps(pulse, 300, argon());
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("pulse.toml:3"), std::string::npos);
  }
}

TEST(JoulePulse, refuses_a_lump_that_never_cools) {
  EXPECT_THROW(pulse_of("cool_to = \"20 degC\"\n"), InputError);
  EXPECT_THROW(pulse_of("emissivity = 1.5\n"), InputError);
}

}  // namespace
}  // namespace cardhouse
