#include "engine/app/stages/ocv_diagnostics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/io/table.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr double atoms_of_carbon = 1000;

/// Two pores of 16 and 1 sites, and 40 sites in a gallery, two of them out of reach.
SiteNetwork small_carbon() {
  SiteNetwork network = synthetic::bcc(2);
  network.cell = Cell::cubic(60);
  network.domains = {{2600}};
  network.patches = {{900, 3.6}};
  network.sites.push_back(synthetic::site({40, 40, 40}, SiteClass::PoreCore));
  for (int i = 0; i < 40; ++i) {
    network.sites.push_back(
        synthetic::site({4.0 * (i % 10), 20 + 4.0 * (i / 10), 50}, SiteClass::Gallery, -0.8 - 0.05 * i, 0.8));
    network.sites.back().patch = 0;
    network.sites.back().domain = 0;
    network.sites.back().wall_distance = 1.8;
    network.sites.back().access = i >= 38 ? 3 : 0.5;
  }
  return network;
}

struct Diagnosed {
  SiteNetwork network = small_carbon();
  SweepResult result;
  HostMeasure host;
  std::map<std::string, Table> tables;

  Diagnosed() {
    SweepOptions options;
    options.voltages = {1.0, 0.3, 0.0, -0.6};
    options.beyond = {-1.0, -1.5};
    options.equilibration_sweeps = 20;
    options.production_sweeps = 60;
    options.replicas = 3;
    options.looks = 4;
    options.passable = 1;
    result = sweep(network, synthetic::parameters(), options, Communicator());
    host = {network.cell.volume(), atoms_of_carbon, capacity(network, 1), 900, options.passable};
    for (NamedTable& named : diagnostic_tables(result, host)) tables[named.name] = std::move(named.table);
  }
  const std::vector<double>& column(const std::string& table, const std::string& name) const {
    return tables.at(table).column(name).values;
  }
};

const Diagnosed& diagnosed() {
  static const Diagnosed once;
  return once;
}

TEST(OcvDiagnostics, are_tables_with_units_and_meanings) {
  std::vector<std::string> names;
  for (const auto& [name, table] : diagnosed().tables) {
    names.push_back(name);
    EXPECT_TRUE(is_well_formed(table)) << name;
    EXPECT_GT(table.rows(), 0u) << name;
    for (const Column& column : table.columns) {
      EXPECT_FALSE(column.unit.empty()) << name << " " << column.name;
      EXPECT_FALSE(column.meaning.empty()) << name << " " << column.name;
      for (const double value : column.values) ASSERT_TRUE(std::isfinite(value)) << name << " " << column.name;
    }
  }
  EXPECT_THAT(names, UnorderedElementsAre("diagnostics", "gallery_spacings", "electrons", "clusters", "nmr", "pores",
                                          "pore_filling"));
  const Table& points = diagnosed().tables.at("diagnostics");
  const std::map<std::string, std::string> units{
      {"voltage", "V"},        {"capacity", "mAh/g"}, {"enthalpy", "eV"},     {"temperature_coefficient", "mV/K"},
      {"volume_change", "%"},  {"nmr_shift", "ppm"},  {"sodium_per_c6", "1"}, {"cluster_diameter", "angstrom"},
      {"unreachable", "mAh/g"}};
  for (const auto& [name, unit] : units) EXPECT_EQ(points.column(name).unit, unit);
}

TEST(OcvDiagnostics, have_a_row_a_point_down_up_and_below) {
  EXPECT_THAT(diagnosed().column("diagnostics", "way"), ElementsAre(0, 0, 0, 0, 1, 1, 1, 2, 2));
  EXPECT_THAT(diagnosed().column("diagnostics", "voltage"), ElementsAre(1.0, 0.3, 0, -0.6, 0, 0.3, 1.0, -1.0, -1.5));
}

TEST(OcvDiagnostics, count_sodium_per_six_carbon) {
  const std::vector<double>& x = diagnosed().column("diagnostics", "sodium_per_c6");
  const std::vector<double>& charge = diagnosed().column("diagnostics", "capacity");
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_NEAR(x[i] / 6 * atoms_of_carbon * diagnosed().host.unit, charge[i], 1e-9);
  EXPECT_GT(x.back(), 0);
}

TEST(OcvDiagnostics, take_the_temperature_coefficient_from_the_entropy) {
  const std::vector<double>& known = diagnosed().column("diagnostics", "entropy_known");
  EXPECT_THAT(known, Contains(1));
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == 0) continue;
    const double voltage = diagnosed().column("diagnostics", "voltage")[i];
    const double enthalpy = diagnosed().column("diagnostics", "enthalpy")[i];
    EXPECT_NEAR(diagnosed().column("diagnostics", "temperature_coefficient")[i], 1e3 * (enthalpy + voltage) / 298.15,
                1e-9);
  }
}

TEST(OcvDiagnostics, add_up_over_every_histogram) {
  const auto sum_at = [](const std::string& table, const std::string& name, double way, double voltage) {
    double sum = 0;
    const auto& values = diagnosed().column(table, name);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (diagnosed().column(table, "way")[i] == way && diagnosed().column(table, "voltage")[i] == voltage)
        sum += values[i];
    return sum;
  };
  const auto& ways = diagnosed().column("diagnostics", "way");
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const double voltage = diagnosed().column("diagnostics", "voltage")[i];
    EXPECT_NEAR(sum_at("gallery_spacings", "area_share", ways[i], voltage), 1, 1e-9);
    EXPECT_NEAR(sum_at("electrons", "electrons_per_c6", ways[i], voltage),
                diagnosed().column("diagnostics", "electrons_per_c6")[i], 1e-9);
    EXPECT_NEAR(sum_at("clusters", "sodium", ways[i], voltage), diagnosed().column("diagnostics", "pore_sodium")[i],
                1e-9);
  }
  EXPECT_GT(sum_at("clusters", "sodium", 2, -1.5), 0);
  EXPECT_GT(sum_at("electrons", "electrons_per_c6", 0, 0.0), 0);
}

TEST(OcvDiagnostics, tell_where_each_pore_fills_and_empties) {
  const Diagnosed& d = diagnosed();
  ASSERT_EQ(d.column("pores", "site").size(), 2u);
  const std::size_t big = d.column("pores", "sodium")[0] == 16 ? 0 : 1;
  EXPECT_EQ(d.column("pores", "sodium")[big], 16);
  EXPECT_EQ(d.column("pores", "sodium")[1 - big], 1);
  EXPECT_EQ(d.column("pores", "site")[1 - big], 16);  // of the network that was given
  EXPECT_EQ(d.column("pores", "fills")[big], 1);
  EXPECT_LT(d.column("pores", "fill_voltage")[big], 0);
  EXPECT_GT(d.column("pores", "fill_error")[big], 0);
  EXPECT_THAT(d.column("pores", "reachable"), Each(1));
}

TEST(OcvDiagnostics, find_the_voltage_at_which_a_pore_passes_one_half) {
  SweepResult result;
  const auto point = [](double voltage, bool sodiation, std::vector<double> fillings) {
    SweepPoint p;
    p.voltage = voltage;
    p.sodiation = sodiation;
    const SiteNetwork none = synthetic::bcc(2);
    const Hamiltonian hamiltonian(none, synthetic::parameters());
    for (const double filling : fillings) {
      p.reports.push_back(OccupationSurvey(none, hamiltonian, 1).report(std::vector<std::uint8_t>(16, 0)));
      p.reports.back().pore_filling = {filling};
    }
    return p;
  };
  result.points = {point(0.2, true, {0.0, 0.0}), point(0.1, true, {1.0, 0.25}), point(0.0, true, {1.0, 0.75}),
                   point(0.1, false, {1.0, 0.5}), point(0.2, false, {0.0, 0.5})};
  result.pores = {{{0}, 1, 2.1, 0}};
  Table pores;
  for (const NamedTable& named : diagnostic_tables(result, {1000, 100, 1, 1, 1}))
    if (named.name == "pores") pores = named.table;
  EXPECT_EQ(pores.column("fills").values[0], 1);
  EXPECT_NEAR(pores.column("fill_voltage").values[0], (0.15 + 0.05) / 2, 1e-12);
  EXPECT_NEAR(pores.column("fill_error").values[0], std::hypot(0.05, 0.1 / std::sqrt(12.0)), 1e-12);
  EXPECT_EQ(pores.column("empties").values[0], 1);
  EXPECT_NEAR(pores.column("empty_voltage").values[0], (0.15 + 0.1) / 2, 1e-12);
}

TEST(OcvDiagnostics, give_no_error_to_what_is_alike_in_all_replicas_and_the_standard_error_to_a_mean) {
  SweepResult result;
  SweepPoint point;
  const SiteNetwork bulk = synthetic::bcc(2);
  const Hamiltonian hamiltonian(bulk, synthetic::parameters());
  for (const double sodium : {4.0, 6.0, 11.0}) {
    point.reports.push_back(OccupationSurvey(bulk, hamiltonian, 1).report(std::vector<std::uint8_t>(16, 0)));
    point.reports.back().sums.pore_sodium = sodium;
    point.reports.back().sums.coordination = 8 * sodium;
  }
  result.points = {point};
  result.pores = {{{0}, 1, 2.1, 0}};
  for (const NamedTable& named : diagnostic_tables(result, {1000, 100, 2, 1, 1})) {
    if (named.name != "diagnostics") continue;
    EXPECT_NEAR(named.table.column("pore_sodium").values[0], 14, 1e-12);
    EXPECT_NEAR(named.table.column("pore_sodium_error").values[0], 2 * std::sqrt(26.0 / 6), 1e-12);
    EXPECT_NEAR(named.table.column("coordination").values[0], 8, 1e-12);
    EXPECT_NEAR(named.table.column("coordination_error").values[0], 0, 1e-12);
  }
}

TEST(OcvDiagnostics, are_summarised_at_the_end_of_the_way_down) {
  std::map<std::string, SummaryRow> rows;
  for (const SummaryRow& row : summarise_diagnostics(diagnosed().result, diagnosed().host)) rows[row.quantity] = row;
  const Diagnosed& d = diagnosed();
  EXPECT_EQ(rows.at("x in NaxC6").value.value, d.column("diagnostics", "sodium_per_c6")[3]);
  EXPECT_EQ(rows.at("unreachable capacity").value.value, d.column("diagnostics", "unreachable")[3]);
  EXPECT_GT(rows.at("unreachable capacity").value.value, 0);
  EXPECT_EQ(rows.at("unreachable capacity").unit, "mAh/g");
  EXPECT_NEAR(rows.at("sodium below metal").value.value,
              d.column("diagnostics", "capacity")[8] - d.column("diagnostics", "capacity")[3], 1e-9);
  EXPECT_EQ(rows.at("plating margin").unit, "mV");
}

}  // namespace
}  // namespace cardhouse
