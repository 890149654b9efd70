// The shipped rules of sugars, resins, pitch, proteins and chars against what their sources say they do: peaks of
// thermogravimetry, half-lives, conversions and burn-off, from the loaded rate laws alone.

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/constants.hpp"
#include "engine/carbonize/rule_library.hpp"

namespace cardhouse {
namespace {

const std::string rules_folder = CARDHOUSE_SOURCE_DIR "/inputs/rules";

const RuleLibrary& library() {
  static const RuleLibrary loaded = [] {
    RuleLibrary all;
    for (const auto* name :
         {"sugars", "phenolic", "polyimide", "gelatin", "pitch_coal", "gasification", "late_loss", "char_annealing"}) {
      load_library(all, name, rules_folder, {});
    }
    return all;
  }();
  return loaded;
}

const Rule& rule(const std::string& id) {
  const auto& rules = library().rules;
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& other) { return other.id == id; });
  if (found == rules.end()) throw std::runtime_error("no rule " + id);
  return *found;
}

double kelvin(double celsius) {
  return celsius + constants::ice_point;
}

/// Sum over the rules by which a species reacts without a furnace gas [1/s].
double inert_rate(const std::string& species, double celsius) {
  const auto index = library().find_species(species);
  double sum = 0;
  for (const auto& entry : library().rules) {
    if (entry.reactants.front().species == index && !entry.gas) sum += entry.law.at(kelvin(celsius));
  }
  return sum;
}

/// Temperature [degC] of the fastest conversion at a heating rate [K/min], by the exact law over steps of 0.05 K.
double peak(const Rule& rule, double kelvin_per_minute) {
  const double step = 0.05;
  const double time = step / (kelvin_per_minute / 60);
  double left = 1;
  double fastest = 0;
  double at = 0;
  for (double t = std::max(300.0, rule.onset); t < 1300; t += step) {
    const double dose = rule.law.at(t) * time;
    const double next = rule.order == 1
                            ? left * std::exp(-dose)
                            : std::pow(std::pow(left, 1 - rule.order) + (rule.order - 1) * dose, 1 / (1 - rule.order));
    if (left - next > fastest) fastest = left - next, at = t;
    left = next;
  }
  return at - constants::ice_point;
}

struct Peak {
  const char* rule;
  double celsius;
};

// Glucose and sucrose: TG-DTA, The Chinese Journal of Process Engineering 10 (2010) 720. Phenolic resin: TACOT test
// case. Polyimide and gelatin: what their estimated prefactors were chosen for.
TEST(LateChemistry, stages_peak_where_thermogravimetry_has_them_at_5_kelvin_a_minute) {
  const std::array<Peak, 10> peaks = {{{"GL1", 224},
                                       {"GL2", 309},
                                       {"GL3", 334},
                                       {"SU1", 244},
                                       {"SU2", 303},
                                       {"PF1", 275},
                                       {"PF2", 512},
                                       {"PI1", 590},
                                       {"GE1", 295},
                                       {"GE2", 335}}};
  for (const auto& [id, celsius] : peaks) EXPECT_NEAR(peak(rule(id), 5), celsius, 1) << id;
}

TEST(LateChemistry, peaks_move_to_higher_temperature_with_the_heating_rate) {
  for (const auto* id : {"GL1", "SU2", "PF2", "PI1"}) EXPECT_GT(peak(rule(id), 20), peak(rule(id), 5) + 8) << id;
}

TEST(LateChemistry, half_the_nitrogen_is_lost_in_hours_at_1000_and_in_minutes_at_1200_degrees) {
  const auto half_life = [](double celsius) { return std::log(2) / inert_rate("NCHAR", celsius); };
  EXPECT_NEAR(half_life(1000) / 3600, 2.6, 0.05);
  EXPECT_NEAR(half_life(1100) / 60, 16, 0.5);
  EXPECT_NEAR(half_life(1200) / 60, 2, 0.5);
}

TEST(LateChemistry, two_hours_turn_mature_carbon_graphitic_at_1300_but_hardly_at_1000_degrees) {
  const auto conversion = [](double celsius) { return 1 - std::exp(-inert_rate("CHARM", celsius) * 7200); };
  EXPECT_NEAR(conversion(1300), 0.94, 0.005);
  EXPECT_NEAR(conversion(1100), 0.21, 0.005);
  EXPECT_NEAR(conversion(1000), 0.05, 0.005);
}

struct Loss {
  const char* species;
  double at_700, at_1000, at_1300;  // 1/s
};

// CHARH, NCHAR, CHAR: doi:10.1016/j.fuel.2020.119682 and doi:10.1021/acs.energyfuels.1c01559; the others: the CRECK
// biomass mechanism. Two digits.
TEST(LateChemistry, char_loses_hydrogen_oxygen_and_nitrogen_at_published_rates) {
  const std::array<Loss, 6> losses = {{{"CHARH", 3.6e-3, 6.8, 730},
                                       {"H2S", 3.4e-8, 1.7e-4, 3.4e-2},
                                       {"COH2S", 5.6e-5, 0.074, 6.4},
                                       {"COSTIFFS", 4.5e-7, 1.25e-3, 0.17},
                                       {"NCHAR", 4.3e-9, 7.4e-5, 0.031},
                                       {"CHAR", 3.2e-7, 5.55e-3, 2.3}}};
  for (const auto& [species, at_700, at_1000, at_1300] : losses) {
    EXPECT_NEAR(inert_rate(species, 700) / at_700, 1, 0.025) << species;
    EXPECT_NEAR(inert_rate(species, 1000) / at_1000, 1, 0.025) << species;
    EXPECT_NEAR(inert_rate(species, 1300) / at_1300, 1, 0.025) << species;
  }
}

struct BurnOff {
  const char* rule;
  std::array<double, 4> per_hour;  // at 700, 800, 900, 1000 degC and 1 atm
};

/// First-order loss of the leading species [1/h] in the pure gas at one atmosphere; C = p/RT in mol/cm3.
double burn_off(const Rule& rule, double celsius) {
  const double concentration = 101325 / (constants::gas_constant * kelvin(celsius)) * 1e-6;
  return 3600 * rule.law.at(kelvin(celsius)) * std::pow(concentration, rule.gas->order);
}

TEST(LateChemistry, gases_burn_char_off_as_fast_as_their_sources_have_it) {
  const std::array<BurnOff, 6> table = {{{"CO2 on young char", {0.030, 0.49, 5.0, 35}},
                                         {"CO2 on graphitic char", {0.0073, 0.13, 1.4, 9.9}},
                                         {"CO2 on hydrogenated char", {0.055, 0.71, 5.9, 35}},
                                         {"steam on young char", {0.083, 0.97, 7.4, 41}},
                                         {"steam on graphitic char", {0.0098, 0.12, 0.95, 5.4}},
                                         {"steam on hydrogenated char", {0.81, 6.8, 40, 175}}}};
  for (const auto& [id, per_hour] : table) {
    for (std::size_t i = 0; i < per_hour.size(); ++i) {
      EXPECT_NEAR(burn_off(rule(id), 700 + 100.0 * static_cast<double>(i)) / per_hour[i], 1, 0.025) << id;
    }
  }
}

TEST(LateChemistry, oxygen_forms_carbon_monoxide_with_an_order_of_three_quarters) {
  for (const auto* age : {"young", "mature", "graphitic"}) {
    EXPECT_EQ(rule(std::string("O2 to CO2 on ") + age + " char").gas->order, 1);
    EXPECT_EQ(rule(std::string("O2 to CO on ") + age + " char").gas->order, 0.78);
  }
}

TEST(LateChemistry, oxygen_attacks_carbon_the_slower_the_older_it_is) {
  const auto at_500 = [](const std::string& age) { return burn_off(rule("O2 to CO2 on " + age + " char"), 500); };
  EXPECT_GT(at_500("young"), at_500("mature"));
  EXPECT_GT(at_500("mature"), at_500("graphitic"));
}

TEST(LateChemistry, potassium_speeds_carbon_dioxide_and_steam_above_five_atoms_in_a_thousand) {
  const auto potassium = library().find_species("K_ASH");
  for (const auto* id : {"CO2 on young char", "CO2 on mature char", "CO2 on graphitic char", "steam on young char",
                         "steam on mature char", "steam on graphitic char"}) {
    ASSERT_TRUE(rule(id).catalyst) << id;
    EXPECT_EQ(rule(id).catalyst->species, potassium);
    EXPECT_EQ(rule(id).catalyst->from, 0.005);
  }
}

TEST(LateChemistry, the_ring_that_loses_its_oxygen_becomes_a_pentagon) {
  const auto pentagon = library().find_species("PENTAGON");
  const auto& products = rule("PF3").products;
  const auto found = std::find_if(products.begin(), products.end(),
                                  [&](const Product& product) { return product.species == pentagon; });
  ASSERT_NE(found, products.end());
  EXPECT_EQ(found->coefficient, (Decimal{1, 1}));
  EXPECT_LT(std::log(2) / rule("PF3").law.at(kelvin(512)), 2);  // seconds: no waiting at the peak of scission
}

// Of what leaves COAL2 two thirds are char and gas, a third tar; of the metaplast of COAL1 likewise.
TEST(LateChemistry, pitch_chars_by_two_thirds_and_turns_to_tar_by_one) {
  for (const double celsius : {300.0, 350.0}) {
    const double t = kelvin(celsius);
    EXPECT_NEAR(rule("T2").law.at(t) / (rule("T2").law.at(t) + rule("T1").law.at(t)), 2.0 / 3, 1e-9);
    EXPECT_NEAR(rule("T5").law.at(t) / (rule("T5").law.at(t) + rule("T6").law.at(t)), 2.0 / 3, 1e-9);
  }
}

}  // namespace
}  // namespace cardhouse
