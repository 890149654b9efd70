// The stochastic lattice against rate equations integrated by other code: yields, elements and gases of biomass.

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/constants.hpp"
#include "engine/carbonize/carbonize.hpp"

namespace cardhouse {
namespace {

const std::string inputs = CARDHOUSE_SOURCE_DIR "/inputs";

/// Cells of a table of this folder, without comments and the line of column names.
std::vector<std::vector<std::string>> table(const std::string& name) {
  std::ifstream file(CARDHOUSE_SOURCE_DIR "/tests/carbonize/" + name);
  if (!file) throw std::runtime_error("no table " + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  rows.erase(rows.begin());
  return rows;
}

/// All cells open and escape at once: what is set free is gone, as in the rate equations.
VolatileTransport open_everywhere() {
  auto transport = load_volatile_transport(inputs + "/rules/volatile_transport.toml");
  transport.escape = {1e12, 0, 0};
  transport.open_fraction = 1;
  return transport;
}

using Parts = std::vector<std::pair<std::string, double>>;

const std::map<std::string, Parts>& materials() {
  static const std::map<std::string, Parts> all = {
      {"cellulose", {{"CELL", 1}}},
      {"ligc", {{"LIGC", 1}}},
      {"ligo", {{"LIGO", 1}}},
      {"xyhw", {{"XYHW", 1}}},
      {"softwood", {{"CELL", 0.44}, {"GMSW", 0.26}, {"LIGC", 0.12}, {"LIGH", 0.12}, {"LIGO", 0.06}}},
  };
  return all;
}

/// From 100 to 1000 degC at 5 K/min in argon; what escapes spends `residence` [s] in the hot gas.
CarbonizeResult run(const Parts& parts, double residence = 0) {
  Process process;
  process.material = load_precursor("softwood", inputs);
  process.material.parts.clear();
  for (const auto& [name, mass] : parts) {
    process.material.parts.push_back({process.material.library.find_species(name), mass});
  }
  process.start = constants::ice_point + 100;
  TemperatureStep ramp;
  ramp.target = constants::ice_point + 1000;
  ramp.duration = 900 * 12;
  ramp.atmosphere.residence = residence;
  process.steps = {{"", {}, {}, {ramp}}};
  CarbonizeOptions options;
  options.transport = open_everywhere();
  options.lattice = {{3, 3, 3}, 17.5, 300};
  options.rows = 2000;
  return carbonize(process, options, 1, {});
}

/// One run for each material serves all tests.
const Thermogravimetry& thermogravimetry(const std::string& material) {
  static std::map<std::string, Thermogravimetry> done;
  const auto found = done.find(material);
  if (found != done.end()) return found->second;
  return done[material] = run(materials().at(material)).thermogravimetry;
}

double celsius(const ThermogravimetryRow& row) {
  return row.temperature - constants::ice_point;
}

const ThermogravimetryRow& row_at(const Thermogravimetry& curve, double temperature) {
  return *std::find_if(curve.rows.begin(), curve.rows.end() - 1,
                       [&](const ThermogravimetryRow& row) { return celsius(row) >= temperature - 1e-6; });
}

/// Where a share of the gas that leaves in all has left.
double released_at(const Thermogravimetry& curve, const std::string& gas, double share) {
  const auto name = std::find(curve.gases.begin(), curve.gases.end(), gas);
  const auto column = static_cast<std::size_t>(name - curve.gases.begin());
  const double total = curve.rows.back().gas_fraction.at(column);
  return celsius(*std::find_if(curve.rows.begin(), curve.rows.end(), [&](const ThermogravimetryRow& row) {
    return row.gas_fraction[column] >= share * total;
  }));
}

// Yields are shares of some 1e5 molecules: their sampling error is below 0.001.
TEST(Biomass, leaves_the_char_of_the_rate_equations) {
  for (const auto& cells : table("biomass_yields.csv")) {
    const auto& row = row_at(thermogravimetry(cells[0]), std::stod(cells[1]));
    EXPECT_NEAR(row.mass_fraction, std::stod(cells[2]), 0.01) << cells[0] << " at " << cells[1] << " degC";
  }
}

TEST(Biomass, keeps_the_elements_of_the_rate_equations) {
  for (const auto& cells : table("biomass_yields.csv")) {
    const auto& row = row_at(thermogravimetry(cells[0]), std::stod(cells[1]));
    const double hydrogen = 1.008 / 12.011 * row.hydrogen_per_carbon;
    const double oxygen = 15.999 / 12.011 * row.oxygen_per_carbon;
    const double percent = 100 / (1 + hydrogen + oxygen);
    const std::string where = cells[0] + " at " + cells[1] + " degC";
    EXPECT_NEAR(percent, std::stod(cells[3]), 1) << where;
    EXPECT_NEAR(percent * hydrogen, std::stod(cells[4]), 1) << where;
    EXPECT_NEAR(percent * oxygen, std::stod(cells[5]), 1) << where;
  }
}

TEST(Biomass, gives_its_gases_when_the_rate_equations_do) {
  const std::array<double, 3> shares = {0.1, 0.5, 0.9};
  for (const auto& cells : table("biomass_gases.csv")) {
    for (std::size_t s = 0; s < shares.size(); ++s) {
      EXPECT_NEAR(released_at(thermogravimetry(cells[0]), cells[1], shares[s]), std::stod(cells[2 + s]), 3)
          << 100 * shares[s] << " % of " << cells[1] << " of " << cells[0];
    }
  }
}

double mass_of(const CarbonizeResult& result, const std::string& gas) {
  for (const auto& entry : result.gases) {
    if (entry.name == gas) return entry.mass_fraction;
  }
  return 0;
}

// Tar that reacts in the hot gas chars (A = 1e6 1/s) or cracks (4.28e6 1/s) with one barrier, and C6H10O5 leaves C6.
TEST(Biomass, keeps_as_char_what_the_constants_say_of_the_tar_that_stays) {
  const auto swept = run(materials().at("cellulose"));
  const auto confined = run(materials().at("cellulose"), 300);
  double tar = 0;
  for (const auto* name : {"LVG", "ANHYDROGLUCOSE"}) tar += mass_of(swept, name) - mass_of(confined, name);
  EXPECT_GT(tar, 0.2);
  const double carbon = 6 * 12.011 / 162.14;
  EXPECT_NEAR(confined.char_yield.value - swept.char_yield.value, tar * carbon / 5.28, 0.003);
}

// The reference of a precursor is what its own rules give, and none of these chars softens on its way.
TEST(Biomass, has_the_crosslinks_of_its_reference_and_stays_solid) {
  for (const auto* name :
       {"bamboo", "cellulose", "coconut_shell", "hardwood", "lignin", "softwood", "starch", "straw", "tannin"}) {
    Process process;
    process.material = load_precursor(name, inputs);
    process.start = constants::ice_point + 25;
    TemperatureStep step;
    step.target = constants::ice_point + 1300;
    step.duration = 1275 * 12;
    step.hold = 7200;
    process.steps = {{"", {}, {}, {step}}};
    CarbonizeOptions options;
    options.transport = load_volatile_transport(inputs + "/rules/volatile_transport.toml");
    options.lattice = {{4, 4, 4}, 17.5, 30};
    const auto result = carbonize(process, options, 1, {});
    EXPECT_NEAR(result.crosslinks_per_cluster, process.material.reference.crosslinks, 0.05) << name;
    EXPECT_LT(result.fluid, 0.05) << name;
  }
}

TEST(Biomass, air_hastens_the_dehydration_of_cellulose_sevenfold) {
  const auto library = load_precursor("cellulose", inputs).library;
  const auto rule = [&](const std::string& id) {
    return *std::find_if(library.rules.begin(), library.rules.end(), [&](const Rule& r) { return r.id == id; });
  };
  for (const double temperature : {550.0, 600.0}) {
    const double oxygen = 0.21 / (82.06 * temperature);  // mol/cm3 at one atmosphere
    const double alone = rule("C4").law.at(temperature);
    EXPECT_NEAR((alone + rule("C4-air").law.at(temperature) * oxygen) / alone, 1 + 30 * 0.21, 0.01);
  }
}

}  // namespace
}  // namespace cardhouse
