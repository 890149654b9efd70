#include "engine/carbonize/carbonize.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace cardhouse {
namespace {

const std::string inputs = CARDHOUSE_SOURCE_DIR "/inputs";

TemperatureProgramme ramp(double celsius, double rate_per_minute, double hold = 0) {
  const double start = 298.15;
  const double target = celsius + 273.15;
  return {start, {{target, (target - start) / (rate_per_minute / 60), hold, "Ar"}}};
}

CarbonizeOptions options(std::size_t cells = 6, std::size_t replicas = 20) {
  return {load_volatile_transport(inputs + "/rules/volatile_transport.toml"), {{cells, cells, cells}, 17.5, replicas}};
}

CarbonizeResult run(const std::string& precursor, const TemperatureProgramme& programme,
                    const CarbonizeOptions& settings, std::uint64_t seed = 1) {
  return carbonize(load_precursor(precursor, inputs), programme, settings, seed, {});
}

/// The usual programme: 5 K/min to 1300 degC, two hours there. Run once for all tests.
const CarbonizeResult& usual(const std::string& precursor) {
  static const auto sucrose = run("sucrose", ramp(1300, 5, 7200), options());
  static const auto resin = run("phenolic_resin", ramp(1300, 5, 7200), options());
  return precursor == "sucrose" ? sucrose : resin;
}

/// Straight lines between the rows, while the furnace heats.
double mass_at(const CarbonizeResult& result, double celsius) {
  const auto& rows = result.thermogravimetry.rows;
  const double target = celsius + 273.15;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& a = rows[i - 1];
    const auto& b = rows[i];
    if (b.temperature < target) continue;
    return a.mass_fraction +
           (b.mass_fraction - a.mass_fraction) * (target - a.temperature) / (b.temperature - a.temperature);
  }
  return rows.back().mass_fraction;
}

/// Temperature [degC] of the fastest loss of mass between two temperatures, of the mean over runs, with slopes over
/// windows of 40 K: a peak of third order is 100 K wide, and one run's counting noise moves its flat top by several K.
double peak_between(const std::vector<CarbonizeResult>& runs, double low, double high) {
  double peak = low;
  double fastest = 0;
  for (double at = low; at <= high; at += 1) {
    double loss = 0;
    for (const auto& result : runs) loss += mass_at(result, at - 20) - mass_at(result, at + 20);
    if (loss > fastest) fastest = loss, peak = at;
  }
  return peak;
}

/// Peak [degC] of Goldstein's law d(rho)/dt = -A ((rho - r))^3 exp(-Ta/T), rho from 1 to the residue r, at 5 K/min.
double goldstein_peak(double prefactor, double activation_temperature, double residue) {
  double density = 1;
  double peak = 0;
  double fastest = 0;
  const double dt = 0.1;
  for (double t = 298.15; t < 1300; t += 5.0 / 60 * dt) {
    const double loss = prefactor * std::pow(density - residue, 3) * std::exp(-activation_temperature / t);
    if (loss > fastest) fastest = loss, peak = t - 273.15;
    density -= loss * dt;
  }
  return peak;
}

TEST(Carbonize, every_element_closes_in_integers_for_both_precursors) {
  for (const auto* name : {"sucrose", "phenolic_resin"}) {
    const auto& result = usual(name);
    EXPECT_EQ(result.char_elements + result.dissolved + result.in_pores + result.escaped, result.initial) << name;
  }
}

TEST(Carbonize, phenolic_resin_keeps_half_of_its_mass_at_900_degrees) {
  EXPECT_NEAR(mass_at(usual("phenolic_resin"), 900), 0.50, 0.02);
}

// Published constants in their published form, integrated apart: no (1 - r)^2, no molecules.
TEST(Carbonize, phenolic_resin_loses_mass_fastest_at_the_two_peaks_of_goldsteins_law) {
  EXPECT_NEAR(goldstein_peak(1.2e4, 8556, 0), 275, 2);
  EXPECT_NEAR(goldstein_peak(4.48e9, 20444.4, 2.0 / 3), 512, 2);
  std::vector<CarbonizeResult> runs;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) runs.push_back(run("phenolic_resin", ramp(750, 5), options(), seed));
  EXPECT_NEAR(peak_between(runs, 150, 400), 275, 10);
  EXPECT_NEAR(peak_between(runs, 400, 700), 512, 10);
}

// The two stages of sucrose peak at 244 and 303 degC for 5 K/min; the first shows as a shoulder of the second, so the
// conversion of each is compared with its own rate law, integrated independently.
TEST(Carbonize, sucrose_reacts_as_its_two_rate_laws_say) {
  const double rate = 5.0 / 60;
  double sucrose = 1;
  double caramel = 0;
  double fastest_first = 0, fastest_second = 0, peak_first = 0, peak_second = 0;
  const auto law = [](double a, double e, double t) { return a * std::exp(-e / (8.314462618 * t)); };
  const double dt = 0.05;
  const double end = 573.15;
  double sucrose_at_end = 0, caramel_at_end = 0;
  for (double t = 298.15; t < 680; t += rate * dt) {
    if (t < end) sucrose_at_end = sucrose, caramel_at_end = caramel;
    const double first = law(1.58e8, 105000, t) * sucrose;
    const double second = law(3.98e18, 229000, t) * caramel;
    if (first > fastest_first) fastest_first = first, peak_first = t - 273.15;
    if (second > fastest_second) fastest_second = second, peak_second = t - 273.15;
    sucrose -= first * dt;
    caramel += (first - second) * dt;
  }
  EXPECT_NEAR(peak_first, 244, 10);
  EXPECT_NEAR(peak_second, 303, 10);

  const auto result = run("sucrose", ramp(300, 5), options());
  const double water = 18.015 / 342.3;
  const double stage = 1 - sucrose_at_end;
  const double charred = stage - caramel_at_end;
  // Gas of the first stage: three of water; of the second: CO2, 0.6 CO, 0.2 CH4, 4 H2O, half a furfural.
  const double second_gas = (44.01 + 0.6 * 28.01 + 0.2 * 16.04 + 4 * 18.015 + 0.5 * 96.08) / 342.3;
  const double expected = 1 - 3 * water * stage - second_gas * charred;
  EXPECT_NEAR(result.thermogravimetry.rows.back().mass_fraction, expected, 0.01);
}

TEST(Carbonize, rows_carry_the_temperature_of_their_own_time) {
  const auto programme = ramp(600, 5, 600);
  auto settings = options(3, 1);
  for (const double width : {1.0, 25.0}) {
    settings.temperature_width = width;
    for (const auto& row : run("sucrose", programme, settings).thermogravimetry.rows) {
      ASSERT_NEAR(row.temperature, programme.temperature(row.time), 1e-6) << width;
    }
  }
}

TEST(Carbonize, late_gases_leave_a_char_of_carbon_with_stiff_oxygen) {
  const auto& result = usual("sucrose");
  EXPECT_NEAR(result.char_yield.value, 0.26, 0.01);
  EXPECT_LT(result.hydrogen_per_carbon, 0.005);
  EXPECT_GT(result.oxygen_per_carbon, 0.001);
  EXPECT_LT(result.oxygen_per_carbon, 0.01);
}

TEST(Carbonize, thermogravimetry_starts_whole_never_rises_and_ends_at_the_books) {
  const auto& result = usual("sucrose");
  const auto& table = result.thermogravimetry;
  EXPECT_LE(table.rows.size(), 400u);
  EXPECT_GT(table.rows.size(), 200u);
  EXPECT_EQ(table.rows.front().mass_fraction, 1);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    EXPECT_LE(table.rows[i].mass_fraction, table.rows[i - 1].mass_fraction + 1e-12);
    EXPECT_GT(table.rows[i].time, table.rows[i - 1].time);
  }
  EXPECT_NEAR(table.rows.back().mass_fraction, 1 - result.escaped.mass() / result.initial.mass(), 1e-12);
  double gases = 0;
  for (const auto& gas : result.gases) gases += gas.mass_fraction;
  EXPECT_NEAR(gases, result.escaped.mass() / result.initial.mass(), 1e-12);
  EXPECT_EQ(table.rows.back().time, ramp(1300, 5, 7200).end_time());
}

TEST(Carbonize, sucrose_gels_while_it_chars_and_resin_from_the_start) {
  const auto& sucrose = usual("sucrose");
  ASSERT_TRUE(sucrose.gel && sucrose.bethe_gel);
  EXPECT_NEAR(sucrose.gel->temperature - 273.15, 310, 15);
  EXPECT_NEAR(sucrose.gel->temperature, sucrose.bethe_gel->temperature, 10);  // two roads to one point
  ASSERT_TRUE(usual("phenolic_resin").gel);
  EXPECT_EQ(usual("phenolic_resin").gel->time, 0);
  EXPECT_FALSE(run("sucrose", ramp(250, 5), options(3, 2)).gel);
}

TEST(Carbonize, pore_seeds_lie_in_the_cell_and_share_one) {
  const auto& pores = usual("sucrose").pores;
  ASSERT_FALSE(pores.empty());
  double sum = 0;
  for (const auto& pore : pores) {
    sum += pore.weight;
    for (int axis = 0; axis < 3; ++axis) {
      EXPECT_GT(pore.fractional[axis], 0);
      EXPECT_LT(pore.fractional[axis], 1);
    }
  }
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(Carbonize, faster_heating_blows_more_gas_into_pores) {
  const auto slow = run("sucrose", ramp(600, 1), options(4, 10));
  const auto fast = run("sucrose", ramp(600, 100), options(4, 10));
  EXPECT_GT(fast.pore_gas_per_mass, 1.2 * slow.pore_gas_per_mass);
}

TEST(Carbonize, the_same_seed_gives_the_same_result_and_another_does_not) {
  const auto a = run("sucrose", ramp(300, 5), options(3, 2), 7);
  const auto b = run("sucrose", ramp(300, 5), options(3, 2), 7);
  const auto c = run("sucrose", ramp(300, 5), options(3, 2), 8);
  EXPECT_EQ(a.events, b.events);
  EXPECT_EQ(a.char_elements, b.char_elements);
  EXPECT_EQ(a.thermogravimetry.rows.back().mass_fraction, b.thermogravimetry.rows.back().mass_fraction);
  EXPECT_NE(a.events, c.events);
  EXPECT_NE(a.char_elements, c.char_elements);
}

// The spread over 48 seeds must be what one run reports as its error, and means of 4 seeds must spread half as much.
// A standard deviation of n values is known to 1/sqrt(2n): 10 % and 20 %; the bounds are about three of these.
TEST(Carbonize, the_reported_error_is_the_spread_over_seeds_and_falls_with_their_root) {
  RunningMoments yields, errors, means_of_four;
  RunningMoments four;
  for (std::uint64_t seed = 1; seed <= 48; ++seed) {
    const auto result = run("sucrose", ramp(295, 5), options(3, 2), seed);
    yields.add(result.char_yield.value);
    errors.add(result.char_yield.error);
    four.add(result.char_yield.value);
    if (seed % 4 != 0) continue;
    means_of_four.add(four.mean());
    four = {};
  }
  const double spread = std::sqrt(yields.variance());
  EXPECT_NEAR(spread / errors.mean(), 1, 0.35);
  EXPECT_NEAR(std::sqrt(means_of_four.variance()) / spread, 0.5, 0.3);
}

TEST(Carbonize, refuses_an_atmosphere_that_no_rule_knows) {
  const TemperatureProgramme air(300, {{900, 100, 0, "air"}});
  try {
    run("sucrose", air, options(3, 1));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("'air'"));
  }
}

TEST(Carbonize, refuses_an_atmosphere_where_the_deck_names_it) {
  const Deck deck =
      Deck::from_text("[[step]]\ntarget = \"900 degC\"\nrate = \"5 K/min\"\natmosphere = \"AR\"\n", "deck.toml");
  const auto programme = read_temperature_programme(deck.root());
  EXPECT_THAT([&] { require_inert(programme); },
              testing::ThrowsMessage<InputError>("deck.toml:4: step[1].atmosphere: no rule reacts with the atmosphere "
                                                 "'AR' (only inert ones are known), did you mean 'Ar'"));
}

TEST(Carbonize, tells_how_far_it_is) {
  double last = 0;
  carbonize(load_precursor("sucrose", inputs), ramp(200, 10), options(3, 1), 1, [&](double fraction) {
    EXPECT_GE(fraction, last);
    last = fraction;
  });
  EXPECT_EQ(last, 1);
}

}  // namespace
}  // namespace cardhouse
