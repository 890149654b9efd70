#include "engine/carbonize/reaction_lattice.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "engine/base/statistics.hpp"
#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

using samples::rule;
using samples::small_process;
using samples::total;

const Atmosphere argon{};
const std::string to_char = "6 CHAR + 5 H2O";
constexpr std::size_t wood = 0;  // the order of samples::species
constexpr std::size_t charcoal = 1;

Formula accounted(const ReactionLattice& lattice) {
  return lattice.condensed() + lattice.dissolved() + lattice.in_pores() + lattice.escaped() + lattice.removed() +
         lattice.remainder();
}

/// Atmosphere of this gas alone at a pressure [atm].
Atmosphere pure(const std::string& gas, double pressure = 1) {
  Atmosphere atmosphere;
  atmosphere.name = gas;
  atmosphere.gases = {{gas, 1}};
  atmosphere.pressure = from_unit(pressure, "atm");
  return atmosphere;
}

/// Cells of 597 molecules of wood.
ReactionLatticeOptions cells(std::size_t side) {
  return {{side, side, side}, 17.5, 20};
}

// Additions, removals, oxygen and carbon dioxide taken up, tar that chars while it leaves, pores.
TEST(ReactionLattice, every_atom_is_on_the_books_after_every_interval) {
  const auto process = samples::process_of(
      "precursor = \"softwood\"\nash = { K = 0.01 }\nparticle = \"1 um\"\n"
      "[[step]]\ntreatment = \"citric_acid\"\n"
      "[[step]]\ntreatment = \"pre_oxidation\"\nhold = \"1 h\"\n"
      "[[step]]\ntreatment = \"hydrothermal\"\nhold = \"1 h\"\n"
      "[[step]]\ntreatment = \"co2_activation\"\nresidence = \"10 s\"\n" +
      samples::ramp_to(1200, "20 K/min"));
  ReactionLattice lattice(process, samples::shipped_transport(), {{3, 3, 3}, 17.5, 10}, 1, {});
  const Formula start = lattice.supplied();
  std::int64_t most_in_pores = 0;
  std::int64_t most_owed = 0;
  double from = process.start;
  std::size_t intervals = 0;
  for (const auto& step : process.steps) {
    for (const auto& removal : step.removals) lattice.remove(removal);
    for (const auto& addition : step.additions) lattice.add(addition);
    ASSERT_EQ(lattice.supplied(), accounted(lattice));
    const TemperatureProgramme programme(from, step.furnace);
    for (const auto& interval : programme.intervals(10, 600)) {
      lattice.advance({interval.temperature, &step.furnace[interval.step].atmosphere}, interval.end - interval.begin,
                      1e4);
      ASSERT_EQ(lattice.supplied(), accounted(lattice)) << "interval " << intervals;
      most_in_pores = std::max(most_in_pores, lattice.in_pores()[Element::O]);
      most_owed = std::max(most_owed, std::abs(lattice.remainder()[Element::C]));
      ++intervals;
    }
    from = step.furnace.back().target;
  }
  EXPECT_GT(intervals, 150u);
  EXPECT_GT(lattice.removed()[Element::K], 0);                   // washed out
  EXPECT_GT(lattice.supplied()[Element::O], start[Element::O]);  // taken from air and CO2
  EXPECT_GT(lattice.supplied()[Element::C], start[Element::C]);  // citric acid and CO2
  EXPECT_GT(most_in_pores, 0);
  EXPECT_GT(most_owed, 0);
  EXPECT_GT(lattice.burned(), 0);
}

TEST(ReactionLattice, every_kind_of_event_happens) {
  const auto process = samples::process_of(samples::precursor("phenolic_resin") + samples::ramp_to(1200, "20 K/min"));
  ReactionLattice lattice(process, samples::shipped_transport(), {{4, 4, 4}, 17.5, 5}, 1, {});
  for (double temperature = 500; temperature < 1500; temperature += 10) lattice.advance({temperature, &argon}, 60, 0);
  for (const auto kind : {ReactionKind::Escape, ReactionKind::Inflate, ReactionKind::Leak, ReactionKind::Reaction}) {
    EXPECT_GT(lattice.events(kind), 0u) << static_cast<int>(kind);
  }
}

TEST(ReactionLattice, fills_to_the_density_with_the_shares_of_the_parts) {
  const auto process = small_process(rule("WOOD", to_char), {{"WOOD", 0.9}, {"SALT", 0.1}});
  const ReactionLattice lattice(process, samples::shipped_transport(), cells(3), 1, {});
  const double mass = 27 * std::pow(17.5, 3) * 20 * from_unit(1.5, "g/cm3") / constants::dalton;
  EXPECT_NEAR(lattice.initial_mass(), mass, 200);  // one molecule
  EXPECT_NEAR(total(lattice, "WOOD"), 0.9 * mass / 162.141, 1);
  EXPECT_NEAR(total(lattice, "SALT"), 0.1 * mass / 39.098, 1);
}

TEST(ReactionLattice, says_what_there_is_too_little_of) {
  const auto process = small_process(rule("WOOD", to_char), {{"WOOD", 0.9999999}, {"SALT", 1e-7}});
  const auto message =
      samples::message_of([&] { ReactionLattice(process, samples::shipped_transport(), cells(2), 1, {}); });
  EXPECT_NE(message.find("less than one molecule of 'SALT'"), std::string::npos) << message;
}

TEST(ReactionLattice, opens_exactly_the_declared_share_of_cells_in_different_places) {
  const auto process = small_process(rule("WOOD", to_char));
  auto settings = samples::shipped_transport();
  settings.open_fraction = 0.25;
  std::set<std::vector<char>> patterns;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const ReactionLattice lattice(process, settings, {{4, 4, 4}, 17.5, 1}, seed, {});
    EXPECT_EQ(std::count(lattice.map().open.begin(), lattice.map().open.end(), 1), 16);
    patterns.insert(lattice.map().open);
  }
  EXPECT_EQ(patterns.size(), 5u);
}

// Half of the volume of a sphere lies above 1 - (1/2)^(1/3) of its radius, and so for every share.
TEST(ReactionLattice, places_its_cells_at_the_depths_of_equal_volumes) {
  auto process = small_process(rule("WOOD", to_char));
  process.particle_radius = 5000;
  const ReactionLattice lattice(process, samples::shipped_transport(), {{5, 5, 5}, 17.5, 1}, 1, {});
  std::vector<double> depths;
  for (std::size_t cell = 0; cell < 125; ++cell) depths.push_back(lattice.depth(cell));
  EXPECT_FALSE(std::is_sorted(depths.begin(), depths.end()));
  std::sort(depths.begin(), depths.end());
  for (std::size_t i = 0; i < 125; ++i) {
    const double inside = std::pow(1 - depths[i] / 5000, 3);
    EXPECT_NEAR(inside, 1 - (static_cast<double>(i) + 0.5) / 125, 1e-9);
  }
}

// Four standard errors of a binomial: one false alarm in 16000 for each of three times.
TEST(ReactionLattice, first_order_follows_its_closed_form) {
  const auto process = small_process(rule("WOOD", to_char, "2 1/s"));
  ReactionLattice lattice(process, samples::open_transport(), cells(4), 1, {});
  const double molecules = total(lattice, "WOOD");
  for (const double time : {0.5, 1.0, 2.0}) {
    for (int i = 0; i < 10; ++i) lattice.advance({1000, &argon}, time / (time > 0.5 ? 20 : 10), 0);
    const double left = std::exp(-2 * time);
    EXPECT_NEAR(total(lattice, "WOOD") / molecules, left, 4 * std::sqrt(left * (1 - left) / molecules)) << time;
  }
}

// An event takes two, so that the variance doubles.
TEST(ReactionLattice, molecules_that_react_in_pairs_vanish_by_the_same_law) {
  const auto process = small_process(rule("2 WOOD", "12 CHAR + 10 H2O", "1 1/s"));
  ReactionLattice lattice(process, samples::open_transport(), cells(4), 1, {});
  const double molecules = total(lattice, "WOOD");
  lattice.advance({1000, &argon}, 1, 0);
  const double left = std::exp(-1);
  EXPECT_NEAR(total(lattice, "WOOD") / molecules, left, 4 * std::sqrt(2 * left * (1 - left) / molecules));
}

// d(n/n0)/dt = -k (n/n0)^3 has n/n0 = 1/sqrt(1 + 2 k t). The lattice averages the cube over cells of 597 molecules,
// which is off by about 3/597.
TEST(ReactionLattice, third_order_follows_its_closed_form) {
  const auto process = small_process(rule("WOOD", to_char, "1 1/s", "order = 3"));
  ReactionLattice lattice(process, samples::open_transport(), cells(4), 1, {});
  const double molecules = total(lattice, "WOOD");
  double before = 0;
  for (const double time : {0.5, 1.5, 4.0}) {
    lattice.advance({1000, &argon}, time - before, 0);
    before = time;
    EXPECT_NEAR(total(lattice, "WOOD") / molecules, 1 / std::sqrt(1 + 2 * time), 0.006) << time;
  }
}

/// erfinv by halving intervals of erf.
double quantile_shift(double y) {
  double low = -6;
  double high = 6;
  for (int i = 0; i < 60; ++i) (std::erf(0.5 * (low + high)) < y ? low : high) = 0.5 * (low + high);
  return low;
}

/// Conversion after `time` of dx/dt = k (1 - x) exp(-sqrt(2) s erfinv(2x - 1)/kT), by small steps of the middle.
double spread_conversion(double k, double spread, double thermal, double time) {
  const auto speed = [&](double x) {
    const double at = std::clamp(x, 0.001, 0.999);
    return k * (1 - x) * std::exp(-std::sqrt(2.0) * spread * quantile_shift(2 * at - 1) / thermal);
  };
  double x = 0;
  const double step = time / 20000;
  for (int i = 0; i < 20000; ++i) x += step * speed(x + 0.5 * step * speed(x));
  return x;
}

// 38000 molecules: four standard errors are 0.01 at most; the spread itself shifts the conversions by 0.1 to 0.3.
TEST(ReactionLattice, a_spread_barrier_slows_the_reaction_as_it_goes) {
  const auto process = small_process(rule("WOOD", to_char, "1 1/s", "spread = \"0.15 eV\""));
  ReactionLattice lattice(process, samples::open_transport(), cells(4), 1, {});
  const double molecules = total(lattice, "WOOD");
  double before = 0;
  for (const double time : {0.03, 0.3, 3.0}) {
    lattice.advance({1000, &argon}, time - before, 0);
    before = time;
    const double expected = spread_conversion(1, 0.15, constants::boltzmann * 1000, time);
    EXPECT_NEAR(1 - total(lattice, "WOOD") / molecules, expected, 0.01) << time;
    EXPECT_GT(std::abs(1 - std::exp(-time) - expected), 0.05) << "the test would not see the spread";
  }
}

/// Chance of what the cells kept under one exposure for each depth [in diffusion lengths], by chi-square.
double exposure_p_value(const ReactionLattice& lattice, double front, double (*exposure)(double)) {
  double statistic = 0;
  for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) {
    const auto molecules = std::round(lattice.cell_mass() / 162.141);
    const double left = std::exp(-exposure(lattice.depth(cell) / front));
    const double miss = static_cast<double>(lattice.count(cell, wood)) - molecules * left;
    statistic += miss * miss / (molecules * left * (1 - left));
  }
  return chi_square_tail(statistic, static_cast<double>(lattice.cell_count()));
}

// False alarm one in a thousand; a straight profile to the same depth is seen at once.
TEST(ReactionLattice, furnace_gases_thin_out_with_depth_as_the_error_function_says) {
  const Atmosphere oxygen = pure("O2");
  const double front = 2000;
  auto process = small_process(rule("WOOD + O2", "6 CHAR + 5 H2O + O2", "1 1/s"), {{"WOOD", 1}}, oxygen);
  process.particle_radius = 5000;
  ReactionLattice lattice(process, samples::open_transport(), cells(6), 1, {});
  const double inverse = 0.08205736608096 * 1000 * 1000;  // cm3/mol at 1000 K and 1 atm, so that k C t is one
  lattice.advance({1000, &oxygen}, inverse, front);
  EXPECT_GT(exposure_p_value(lattice, front, [](double d) { return std::erfc(d / 2); }), 1e-3);
  EXPECT_LT(exposure_p_value(lattice, front, [](double d) { return std::max(1e-9, 1 - d / 2); }), 1e-9);
  EXPECT_EQ(lattice.supplied(), accounted(lattice));
}

TEST(ReactionLattice, no_furnace_gas_comes_in_before_time) {
  const Atmosphere oxygen = pure("O2");
  auto process = small_process(rule("WOOD + O2", "6 CHAR + 5 H2O + O2", "1e9 1/s"), {{"WOOD", 1}}, oxygen);
  process.particle_radius = 5000;
  ReactionLattice lattice(process, samples::open_transport(), cells(2), 1, {});
  lattice.advance({1000, &oxygen}, 1, 0);
  EXPECT_EQ(total(lattice, "CHAR"), 0);
}

/// Molecules of carbon dioxide that have left or not.
double carbon_dioxide(const ReactionLattice& lattice) {
  for (std::size_t s = 0; s < lattice.species().size(); ++s) {
    if (lattice.species()[s].name == "CO2") return total(lattice, "CO2") + static_cast<double>(lattice.escaped(s));
  }
  return 0;
}

// Every cell begins with an amount owed that is drawn evenly, so that n events make floor(u + 0.3251 n) molecules: on
// average 0.3251 n, with a variance of f(1 - f), f the part of 0.3251 n behind the point. Four standard errors over 400
// cells are 0.9 %; cells that began with nothing owed would make floor(0.3251 n) and miss three times that.
TEST(ReactionLattice, whole_molecules_have_the_mean_of_the_coefficient) {
  const auto process = small_process(rule("WOOD", "5.6749 CHAR + 0.3251 CO2 + 4.3498 H2O + 0.6502 H2", "1e3 1/s"));
  ReactionLattice lattice(process, samples::open_transport(), {{10, 10, 4}, 17.5, 1}, 1, {});
  std::vector<std::size_t> events;
  for (std::size_t cell = 0; cell < 400; ++cell) events.push_back(static_cast<std::size_t>(lattice.count(cell, wood)));
  lattice.advance({1000, &argon}, 1, 0);
  ASSERT_EQ(total(lattice, "WOOD"), 0);
  double mean = 0;
  double variance = 0;
  double rounded_down = 0;
  for (const auto n : events) {
    const double due = 0.3251 * static_cast<double>(n);
    mean += due;
    rounded_down += std::floor(due);
    variance += (due - std::floor(due)) * (1 - due + std::floor(due));
  }
  EXPECT_NEAR(carbon_dioxide(lattice), mean, 4 * std::sqrt(variance));
  EXPECT_GT(std::abs(rounded_down - mean), 8 * std::sqrt(variance)) << "the test would not see rounding down";
  EXPECT_EQ(lattice.supplied(), accounted(lattice));
}

// Less than one molecule of each product in each cell, however many events there were.
TEST(ReactionLattice, what_rounding_owes_stays_below_a_molecule_a_product_and_cell) {
  const auto process = small_process(rule("WOOD", "5.6749 CHAR + 0.3251 CO2 + 4.3498 H2O + 0.6502 H2", "1 1/s"));
  ReactionLattice lattice(process, samples::open_transport(), cells(4), 1, {});
  std::set<std::int64_t> seen;
  for (int i = 0; i < 40; ++i) {
    lattice.advance({1000, &argon}, 0.1, 0);
    const Formula owed = lattice.remainder();
    seen.insert(owed[Element::O]);
    EXPECT_LT(std::abs(owed[Element::C]), 64 * 2);
    EXPECT_LT(std::abs(owed[Element::O]), 64 * 3);
    EXPECT_LT(std::abs(owed[Element::H]), 64 * 4);
  }
  EXPECT_GT(seen.size(), 10u);  // it wanders
}

TEST(ReactionLattice, adds_by_mass_and_removes_by_share) {
  auto process = small_process(rule("WOOD", to_char), {{"WOOD", 0.9}, {"SALT", 0.1}});
  const auto dust = process.material.library.find_species("DUST");
  const auto salt = process.material.library.find_species("SALT");
  process.steps[0].additions = {{dust, 0.2}};
  ReactionLattice lattice(process, samples::shipped_transport(), cells(4), 1, {});
  const double before = total(lattice, "SALT");
  lattice.remove({salt, 0.7});
  EXPECT_NEAR(total(lattice, "SALT"), 0.3 * before, 4 * 0.5 * 8);  // a coin for each of 64 cells
  const double mass = lattice.condensed().mass();
  lattice.add({dust, 0.2});
  EXPECT_NEAR(total(lattice, "DUST"), 0.2 * mass / 162.141, 4 * 0.5 * 8);
  EXPECT_EQ(lattice.supplied(), accounted(lattice));
  EXPECT_NEAR(lattice.supplied_mass(), lattice.condensed().mass(), 1e-6);
}

TEST(ReactionLattice, washing_out_takes_the_clusters_and_bridges_of_its_carbon) {
  auto process = small_process(rule("WOOD", to_char), {{"WOOD", 0.5}, {"DUST", 0.3}, {"SALT", 0.2}});
  process.material.network.bridges[0].places = 1 / 500.0;
  ReactionLattice lattice(process, samples::shipped_transport(), cells(3), 1, {});
  const double bridges = total(lattice, "CROSSLINK");
  const double joined = lattice.mean_bridging();
  lattice.remove({process.material.library.find_species("SALT"), 1});
  EXPECT_EQ(total(lattice, "SALT"), 0);
  EXPECT_EQ(total(lattice, "CROSSLINK"), bridges);
  EXPECT_EQ(lattice.mean_bridging(), joined);
  lattice.remove({process.material.library.find_species("DUST"), 1});
  EXPECT_NEAR(total(lattice, "CROSSLINK"), bridges * 5 / 8, 27);  // one a cell by rounding
  EXPECT_NEAR(lattice.mean_bridging(), joined, 0.01);
  lattice.remove({process.material.library.find_species("WOOD"), 1});
  EXPECT_EQ(lattice.mean_bridging(), 0);  // of nothing
  EXPECT_EQ(lattice.crosslinks(0), 0);
  EXPECT_EQ(lattice.supplied(), accounted(lattice));
}

// As in a_spread_barrier_slows_the_reaction_as_it_goes, of the half that is left: were the other half counted as
// converted, the reaction would lag by ten times the tolerance.
TEST(ReactionLattice, washing_out_leaves_the_conversion_of_the_rest) {
  const auto process =
      small_process(rule("WOOD", to_char, "1 1/s", "spread = \"0.15 eV\""), {{"WOOD", 0.9}, {"DUST", 0.1}});
  ReactionLattice lattice(process, samples::open_transport(), cells(4), 1, {});
  lattice.remove({wood, 0.5});
  const double molecules = total(lattice, "WOOD");
  lattice.advance({1000, &argon}, 0.3, 0);
  const double expected = spread_conversion(1, 0.15, constants::boltzmann * 1000, 0.3);
  EXPECT_NEAR(1 - total(lattice, "WOOD") / molecules, expected, 0.015);
}

// Made evenly over a second, a molecule has half a second for thirty hops a second.
TEST(ReactionLattice, hops_are_counted) {
  auto transport = samples::open_transport();
  transport.hop = {30, 0, 0};
  transport.escape = {0, 0, 0};
  ReactionLattice lattice(small_process(rule("WOOD", "TAR", "0.05 1/s")), transport, cells(5), 1, {});
  lattice.advance({1000, &argon}, 1, 0);
  EXPECT_NEAR(static_cast<double>(lattice.events(ReactionKind::Hop)) / total(lattice, "TAR"), 15, 1);
}

// Made evenly over a second and leaving with 1/s, a molecule is gone by its end with a chance of 1/e; had all lived for
// the whole of it, 1 - 1/e. About 3600 molecules, four standard errors.
TEST(ReactionLattice, what_is_made_in_an_interval_has_lived_for_a_part_of_it) {
  auto transport = samples::open_transport();
  transport.hop = {0, 0, 0};
  transport.escape = {1, 0, 0};
  ReactionLattice lattice(small_process(rule("WOOD", "TAR", "0.05 1/s")), transport, cells(5), 1, {});
  lattice.advance({1000, &argon}, 1, 0);
  const auto gone = static_cast<double>(lattice.events(ReactionKind::Escape));
  const double made = gone + total(lattice, "TAR");
  const double share = std::exp(-1);
  EXPECT_NEAR(gone / made, share, 4 * std::sqrt(share * (1 - share) / made));
}

// Tar leaves at once and chars in the hot gas with 1/s for 0.7 s. What condenses lies where the tar came from: cells
// differ by their own binomials and no more (chi-square, false alarm one in a thousand).
TEST(ReactionLattice, tar_chars_on_its_way_out_and_is_laid_down_where_it_left) {
  Atmosphere slow;
  slow.residence = 0.7;
  const auto process =
      small_process(rule("WOOD", "TAR", "1e3 1/s") + rule("TAR", to_char, "1 1/s"), {{"WOOD", 1}}, slow);
  ReactionLattice lattice(process, samples::open_transport(), cells(5), 1, {});
  std::vector<double> tar;
  for (std::size_t cell = 0; cell < 125; ++cell) tar.push_back(static_cast<double>(lattice.count(cell, wood)));
  lattice.advance({1000, &slow}, 1, 0);
  const double kept = 1 - std::exp(-0.7);
  double statistic = 0;
  for (std::size_t cell = 0; cell < 125; ++cell) {
    const double miss = static_cast<double>(lattice.count(cell, charcoal)) / 6 - kept * tar[cell];
    statistic += miss * miss / (tar[cell] * kept * (1 - kept));
  }
  EXPECT_GT(chi_square_tail(statistic, 125), 1e-3);
  EXPECT_LT(chi_square_tail(statistic, 125), 1 - 1e-3);
  EXPECT_EQ(lattice.supplied(), accounted(lattice));
}

TEST(ReactionLattice, without_residence_all_tar_is_lost) {
  const auto process = small_process(rule("WOOD", "TAR", "1e3 1/s") + rule("TAR", to_char, "1 1/s"));
  ReactionLattice lattice(process, samples::open_transport(), cells(3), 1, {});
  lattice.advance({1000, &argon}, 1, 0);
  EXPECT_EQ(total(lattice, "CHAR"), 0);
}

TEST(ReactionLattice, what_a_gas_takes_is_burned_and_what_heat_takes_is_not) {
  const Atmosphere dioxide = pure("CO2");
  const auto process = small_process(rule("CHAR + CO2", "2 CO", "1e5 1/s") + rule("WOOD", "5 CHAR + CO + 4 H2O + H2"),
                                     {{"WOOD", 0.5}, {"CHAR", 0.5}}, dioxide);
  ReactionLattice lattice(process, samples::open_transport(), cells(3), 1, {});
  const double carbon = total(lattice, "CHAR");
  lattice.advance({1000, &argon}, 1, 1);
  EXPECT_EQ(lattice.burned(), 0);
  const double more = total(lattice, "CHAR");
  EXPECT_GT(more, carbon);
  lattice.advance({1000, &dioxide}, 1e-3, 1);
  EXPECT_GT(lattice.burned(), 0);
  EXPECT_EQ(lattice.supplied()[Element::O] - lattice.condensed()[Element::O] - lattice.escaped()[Element::O] -
                lattice.dissolved()[Element::O],
            0);
}

}  // namespace
}  // namespace cardhouse
