#include "engine/carbonize/carbonize.hpp"

#include <omp.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/carbonize/same_result.hpp"
#include "tests/carbonize/sample_processes.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using samples::options;
using samples::precursor;
using samples::process_of;
using samples::ramp_to;
using testing::HasSubstr;

CarbonizeResult run(const std::string& deck, const CarbonizeOptions& settings, std::uint64_t seed = 1) {
  return carbonize(process_of(deck), settings, seed, {});
}

/// The usual programme: 5 K/min to 1300 degC, two hours there. Run once for all tests.
const CarbonizeResult& usual(const std::string& material) {
  const auto deck = [](const char* name) { return precursor(name) + ramp_to(1300, "5 K/min", "hold = \"2 h\""); };
  static const auto sucrose = run(deck("sucrose"), options(6, 20));
  static const auto resin = run(deck("phenolic_resin"), options(6, 20));
  return material == "sucrose" ? sucrose : resin;
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

TEST(Carbonize, every_element_closes_in_integers) {
  for (const auto* name : {"sucrose", "phenolic_resin"}) {
    const auto& result = usual(name);
    EXPECT_EQ(
        result.char_elements + result.dissolved + result.in_pores + result.escaped + result.removed + result.remainder,
        result.supplied)
        << name;
    EXPECT_GT(result.supplied[Element::C], 100000) << name;
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
  auto settings = options(6, 20);
  settings.temperature_width = 2;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    runs.push_back(run(precursor("phenolic_resin") + ramp_to(750), settings, seed));
  }
  EXPECT_NEAR(peak_between(runs, 150, 400), 275, 10);
  EXPECT_NEAR(peak_between(runs, 400, 700), 512, 10);
}

// The first stage peaks at 244 and the second at 303 degC for 5 K/min; the first shows as a shoulder of the second, so
// that the conversion of each is compared with its own rate law, integrated apart.
TEST(Carbonize, sucrose_reacts_as_its_two_rate_laws_say) {
  double sucrose = 1;
  double caramel = 0;
  const auto law = [](double a, double e, double t) { return a * std::exp(-e / (8.314462618 * t)); };
  const double dt = 0.05;
  for (double t = 298.15; t < 573.15; t += 5.0 / 60 * dt) {
    const double first = law(1.58e8, 105000, t) * sucrose;
    const double second = law(3.98e18, 229000, t) * caramel;
    sucrose -= first * dt;
    caramel += (first - second) * dt;
  }
  ASSERT_GT(1 - sucrose - caramel, 0.2);
  const auto result = run(precursor("sucrose") + ramp_to(300), options(6, 20));
  // Gas of the first stage: three of water; of the second: 4 H2O, CO2, 0.6 CO, 0.3 H2, 0.2 CH4, half a furfural.
  const double first_gas = 3 * 18.015;
  const double second_gas = 4 * 18.015 + 44.01 + 0.6 * 28.01 + 0.3 * 2.016 + 0.2 * 16.04 + 0.5 * 96.08;
  const double expected = 1 - (first_gas * (1 - sucrose) + second_gas * (1 - sucrose - caramel)) / 342.3;
  EXPECT_NEAR(result.thermogravimetry.rows.back().mass_fraction, expected, 0.01);
}

TEST(Carbonize, rows_carry_the_temperature_of_their_own_time) {
  const auto process = process_of(precursor("sucrose") + ramp_to(600, "5 K/min", "hold = \"10 min\""));
  const auto programme = process.programme();
  auto settings = options(3, 1);
  for (const double width : {1.0, 25.0}) {
    settings.temperature_width = width;
    for (const auto& row : carbonize(process, settings, 1, {}).thermogravimetry.rows) {
      ASSERT_NEAR(row.temperature, programme.temperature(row.time), 1e-6) << width;
    }
  }
}

TEST(Carbonize, late_gases_leave_a_char_of_carbon_with_hardly_any_oxygen) {
  const auto& result = usual("sucrose");
  EXPECT_LT(result.hydrogen_per_carbon, 0.02);
  EXPECT_GT(result.oxygen_per_carbon, 0);
  EXPECT_LT(result.oxygen_per_carbon, 0.02);
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
  EXPECT_NEAR(table.rows.back().mass_fraction, 1 - result.escaped.mass() / result.supplied.mass(), 1e-9);
  double gases = 0;
  for (const auto& gas : result.gases) gases += gas.mass_fraction;
  EXPECT_NEAR(gases, result.escaped.mass() / result.supplied.mass(), 1e-9);
  EXPECT_NEAR(table.rows.back().time, 1275 * 12 + 7200, 1e-6);
}

TEST(Carbonize, thermogravimetry_rises_with_what_is_mixed_in_and_taken_up) {
  const auto result = run(precursor("pitch") + "[[step]]\ntreatment = \"citric_acid\"\namount = 0.2\n", options(3, 10));
  EXPECT_NEAR(result.thermogravimetry.rows.front().mass_fraction, 1.2, 0.003);
}

TEST(Carbonize, thermogravimetry_weighs_what_air_brings) {
  const auto result = run(precursor("pitch") + "[[step]]\ntreatment = \"pre_oxidation\"\n", options(3, 10));
  double gases = 0;
  for (const auto& gas : result.gases) gases += gas.mass_fraction;
  const double precursor_mass = result.escaped.mass() / gases;
  EXPECT_GT(result.supplied.mass(), 1.02 * precursor_mass);
  EXPECT_NEAR(result.thermogravimetry.rows.back().mass_fraction,
              (result.supplied.mass() - result.escaped.mass()) / precursor_mass, 1e-9);
}

// nickel_nitrogen_phosphorus mixes in three: each mass is over that of the solid before any of them.
TEST(Carbonize, what_is_mixed_in_together_is_weighed_against_one_solid) {
  const auto process =
      process_of(precursor("phenolic_resin") + "[[step]]\ntreatment = \"nickel_nitrogen_phosphorus\"\n" + ramp_to(30));
  double sum = 1;
  ASSERT_GE(process.steps[0].additions.size(), 3u);
  for (const auto& addition : process.steps[0].additions) sum += addition.mass;
  EXPECT_NEAR(carbonize(process, options(3, 20), 1, {}).thermogravimetry.rows.front().mass_fraction, sum, 0.003);
}

TEST(Carbonize, sucrose_gels_while_it_chars_and_resin_from_the_start) {
  const auto& sucrose = usual("sucrose");
  ASSERT_TRUE(sucrose.gel && sucrose.bethe_gel);
  EXPECT_NEAR(sucrose.gel->temperature - 273.15, 310, 20);
  EXPECT_NEAR(sucrose.gel->temperature, sucrose.bethe_gel->temperature, 15);  // two roads to one point
  ASSERT_TRUE(usual("phenolic_resin").gel);
  EXPECT_EQ(usual("phenolic_resin").gel->time, 0);
  EXPECT_FALSE(run(precursor("sucrose") + ramp_to(250), options(3, 2)).gel);
}

TEST(Carbonize, pitch_melts_and_pre_oxidised_pitch_does_not) {
  const std::string heat = ramp_to(700, "10 K/min");
  EXPECT_GT(run(precursor("pitch") + heat, options(3, 10)).fluid, 0.5);
  EXPECT_LT(run(precursor("pitch") + "[[step]]\ntreatment = \"pre_oxidation\"\n" + heat, options(3, 10)).fluid, 0.1);
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
  const auto slow = run(precursor("sucrose") + ramp_to(600, "1 K/min"), options(4, 10));
  const auto fast = run(precursor("sucrose") + ramp_to(600, "100 K/min"), options(4, 10));
  EXPECT_GT(fast.pore_gas_per_mass, 1.2 * slow.pore_gas_per_mass);
}

/// Pore gas [mol/kg] and yields of sucrose for eight seeds, the same open cells at any width.
std::pair<std::vector<double>, std::vector<double>> gas_and_yields(double width) {
  auto process = process_of(precursor("sucrose") + ramp_to(420));
  process.start = 450;
  process.steps[0].furnace[0].duration = (693.15 - 450) * 12;
  auto settings = options(4, 20);
  settings.temperature_width = width;
  settings.intervals_least = 1;
  std::pair<std::vector<double>, std::vector<double>> results;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto result = carbonize(process, settings, seed, {});
    results.first.push_back(1e3 * result.pore_gas_per_mass);
    results.second.push_back(result.char_yield.value);
  }
  return results;
}

double mean_difference(const std::vector<double>& a, const std::vector<double>& b) {
  RunningMoments moments;
  for (std::size_t i = 0; i < a.size(); ++i) moments.add(b[i] - a[i]);
  return moments.mean();
}

// Reactions and walks take turns in an interval. Yields do not feel it. Pore gas does, by what stands dissolved at the
// interval's begin: halving 4, 2 and 1 K moves it by 0.14, 0.05 and 0.02 mol/kg (each to 0.01), that is by 5 % for the
// usual 1 K, where one run of 64 cells has an error of 16 %.
TEST(Carbonize, splitting_reaction_from_transport_fades_with_the_interval) {
  const auto [gas4, yield4] = gas_and_yields(4);
  const auto [gas2, yield2] = gas_and_yields(2);
  const auto [gas1, yield1] = gas_and_yields(1);
  const auto [gas05, yield05] = gas_and_yields(0.5);
  EXPECT_NEAR(mean_difference(yield1, yield05), 0, 1e-4);
  EXPECT_LT(mean_difference(gas2, gas1), 0.75 * mean_difference(gas4, gas2));
  const auto usual_gas = mean_of(gas1);
  EXPECT_LT(std::abs(mean_difference(gas1, gas05)), 0.1 * usual_gas.value);
  EXPECT_LT(std::abs(mean_difference(gas1, gas05)), usual_gas.error * std::sqrt(8.0));
}

TEST(Carbonize, the_same_seed_gives_the_same_result_and_another_does_not) {
  const std::string deck = precursor("sucrose") + ramp_to(300);
  const auto a = run(deck, options(3, 2), 7);
  EXPECT_EQ(samples::difference(a, run(deck, options(3, 2), 7)), "");
  EXPECT_NE(samples::difference(a, run(deck, options(3, 2), 8)), "");
}

// 512 cells, so that the lattice really shares them among threads.
TEST(Carbonize, threads_do_not_change_a_bit) {
  const auto process = process_of(precursor("softwood") + "[[step]]\ntreatment = \"pre_oxidation\"\nhold = \"1 h\"\n" +
                                  ramp_to(900, "10 K/min", "atmosphere = \"CO2\"\nresidence = \"1 s\""));
  auto settings = options(8, 2);
  settings.temperature_width = 20;
  settings.intervals_least = 20;
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const auto one = carbonize(process, settings, 1, {});
  omp_set_num_threads(2);
  const auto two = carbonize(process, settings, 1, {});
  omp_set_num_threads(before);
  EXPECT_EQ(samples::difference(one, two), "");
  EXPECT_GT(one.events, 100000u);
}

// The spread over 48 seeds must be what one run reports as its error, and means of 4 seeds must spread half as much.
// A standard deviation of n values is known to 1/sqrt(2n): 10 % and 20 %; the bounds are about three of these.
TEST(Carbonize, the_reported_error_is_the_spread_over_seeds_and_falls_with_their_root) {
  RunningMoments yields, errors, means_of_four;
  RunningMoments four;
  auto settings = options(3, 2);
  settings.temperature_width = 5;
  for (std::uint64_t seed = 1; seed <= 48; ++seed) {
    const auto result = run(precursor("sucrose") + ramp_to(295), settings, seed);
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

TEST(Carbonize, carbon_that_carbon_dioxide_takes_is_burned_off) {
  const std::string char_first = precursor("sucrose") + ramp_to(800, "10 K/min");
  const auto kept = run(char_first + ramp_to(900, "10 K/min", "hold = \"1 h\""), options(3, 10));
  const auto etched =
      run(char_first + ramp_to(900, "10 K/min", "hold = \"1 h\"\natmosphere = \"CO2\""), options(3, 10));
  EXPECT_EQ(kept.burn_off, 0);
  EXPECT_GT(etched.burn_off, 0.05);
  const auto carbon = [](const CarbonizeResult& result) {
    return static_cast<double>(result.char_elements[Element::C]);
  };
  EXPECT_NEAR(carbon(etched) / carbon(kept), 1 - etched.burn_off, 0.03);
}

TEST(Carbonize, says_so_when_no_carbon_is_left) {
  const auto process = samples::small_process(samples::rule("WOOD", "TAR", "1e3 1/s"));
  auto settings = options(2, 1);
  settings.transport = samples::open_transport();
  EXPECT_THAT(samples::message_of([&] { carbonize(process, settings, 1, {}); }), HasSubstr("no carbon is left"));
}

// The furnace jumps away at once: the hottest stretch is the first that takes time.
TEST(Carbonize, layers_order_though_the_start_is_the_hottest_moment) {
  auto process = samples::small_process(samples::rule("WOOD", "6 CHAR + 5 H2O", "1e3 1/s"));
  process.start = 2000;
  EXPECT_GT(carbonize(process, options(2, 1), 1, {}).ordered.elements[Element::C], 0);
}

TEST(Carbonize, warns_of_own_rules_that_never_fire) {
  const ScratchFolder folder;
  const std::string keys = "A = \"1e13 1/s\"\nE = \"100 kJ/mol\"\nsource = \"estimate: test\"\n";
  folder.with_text("mine.toml",
                   "needs = [\"sugars\"]\n[[rule]]\nid = \"fires\"\nin = \"SUCROSE\"\nout = \"CARAMEL + 3 "
                   "H2O\"\n" +
                       keys +
                       "[[rule]]\nid = \"sleeps\"\nin = \"CARAMEL\"\nout = \"12 CHAR + 8 "
                       "H2O\"\nonset = \"2000 degC\"\n" +
                       keys);
  const auto path = folder.with_text("deck.toml", precursor("sucrose") + "rules = [\"mine.toml\"]\n" + ramp_to(300));
  const Deck deck = Deck::from_file(path);
  const auto result = carbonize(read_process(deck.root(), samples::inputs), options(3, 2), 1, {});
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_THAT(result.warnings[0],
              testing::AllOf(HasSubstr("'sleeps'"), HasSubstr("mine.toml"), HasSubstr("never fired")));
}

TEST(Carbonize, warns_of_furnace_gases_that_nothing_reacts_with) {
  const auto warnings = [](const std::string& atmosphere) {
    return run(precursor("sucrose") + ramp_to(300, "20 K/min", "atmosphere = " + atmosphere), options(3, 2)).warnings;
  };
  EXPECT_THAT(warnings("\"AR\""), testing::ElementsAre(HasSubstr("furnace gas 'AR'")));
  EXPECT_THAT(warnings("{ N2 = 0.9, Xe = 0.1 }"), testing::ElementsAre(HasSubstr("furnace gas 'Xe'")));
  EXPECT_THAT(warnings("\"N2\""), testing::IsEmpty());
  EXPECT_THAT(warnings("\"vacuum\""), testing::IsEmpty());
  EXPECT_THAT(warnings("\"CO2\""), testing::IsEmpty());
}

TEST(Carbonize, tells_how_far_it_is) {
  double last = 0;
  carbonize(process_of(precursor("sucrose") + ramp_to(200, "10 K/min")), options(3, 1), 1, [&](double fraction) {
    EXPECT_GE(fraction, last);
    last = fraction;
  });
  EXPECT_EQ(last, 1);
}

}  // namespace
}  // namespace cardhouse
