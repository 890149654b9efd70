#include "engine/app/stages/ocv_diagnostics.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>

#include "engine/app/stages/ocv_histograms.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double atomic_volume = 39.48;       // bcc sodium of a = 4.29 angstrom, CRC Handbook, 97th ed. [angstrom^3]
constexpr double stored_above_margin = 0.95;  // of the capacity at the end
constexpr double to_percent = 100;
constexpr double to_milli = 1000;

double ratio(double over, double under) {
  return under > 0 ? over / under : 0;
}

using Quantity = std::function<double(const OccupationSums&)>;

// Functions of the mean sums of a point, with errors by leaving out one replica after the other (Efron 1982, The
// Jackknife, the Bootstrap and Other Resampling Plans, chapter 3).
class Jackknife {
 public:
  explicit Jackknife(const SweepPoint& point) {
    std::vector<OccupationSums> all;
    for (const OccupationReport& report : point.reports) all.push_back(report.sums);
    EXPECTS(all.size() >= 2);
    mean_ = mean_sums(all);
    for (std::size_t left_out = 0; left_out < all.size(); ++left_out) {
      std::vector<OccupationSums> others = all;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
      without_.push_back(mean_sums(others));
    }
  }

  Estimate operator()(const Quantity& quantity) const {
    std::vector<double> values;
    for (const OccupationSums& sums : without_) values.push_back(quantity(sums));
    // The error of the mean is sqrt(S/(n (n - 1))), that of the jackknife sqrt(S (n - 1)/n).
    return {quantity(mean_), mean_of(values).error * static_cast<double>(values.size() - 1)};
  }

 private:
  OccupationSums mean_;
  std::vector<OccupationSums> without_;
};

struct Diagnostic {
  std::string name, unit, meaning;
  Quantity quantity;
};

double cluster_size(const OccupationSums& sums) {
  return ratio(sums.cluster_squares, sums.pore_sodium);
}

std::vector<Diagnostic> diagnostics(const HostMeasure& host, double pores) {
  return {
      {"electrons_per_c6", "1", "given to the carbon",
       [=](const OccupationSums& s) { return 6 * s.electrons / host.carbon; }},
      {"volume_change", "%", "opening of the galleries over the volume of the cell; an upper limit, nothing gives way",
       [=](const OccupationSums& s) { return to_percent * s.opened_volume / host.volume; }},
      {"pore_sodium", "mAh/g", "on pore walls and behind them",
       [=](const OccupationSums& s) { return host.unit * s.pore_sodium; }},
      {"unreachable", "mAh/g", "sodium on sites that none comes to within 10 h",
       [=](const OccupationSums& s) { return host.unit * s.unreachable; }},
      {"coordination", "1", "mean of pore sodium; 0 without any",
       [](const OccupationSums& s) { return ratio(s.coordination, s.pore_sodium); }},
      {"metallic_share", "1", "of pore sodium: charge below 0.1 e, coordination of 6 or more",
       [](const OccupationSums& s) { return ratio(s.metallic, s.pore_sodium); }},
      {"cluster_size", "1", "sodium in the cluster of a pore sodium, mean",
       [](const OccupationSums& s) { return cluster_size(s); }},
      {"cluster_diameter", "angstrom", "of a sphere of bcc sodium of that size",
       [](const OccupationSums& s) { return std::cbrt(6 / std::numbers::pi * atomic_volume * cluster_size(s)); }},
      {"filled_pores", "1", "share of the pores that are more than half full",
       [=](const OccupationSums& s) { return ratio(s.filled_pores, pores); }},
      {"filled_radius", "angstrom", "mean of the pores that are; 0 without any",
       [](const OccupationSums& s) { return ratio(s.filled_radius, s.filled_pores); }},
      {"nmr_shift", "ppm", "proxy for 23Na, mean over sodium; 0 outside pores",
       [](const OccupationSums& s) { return ratio(s.shift, s.sodium); }},
      {"knight_share", "1", "of sodium: above 300 ppm",
       [](const OccupationSums& s) { return ratio(s.shifted, s.sodium); }}};
}

Estimate sodium_per_c6(const SweepPoint& point, const HostMeasure& host) {
  const double factor = 6 / (host.unit * host.carbon);
  return {factor * point.capacity.value, factor * point.capacity.error};
}

Table diagnostics_table(const SweepResult& result, const HostMeasure& host) {
  Table table{place_columns()};
  for (const Column& column : std::vector<Column>{
           {"capacity", "mAh/g", "sodium in the carbon, per mass of host", {}},
           {"capacity_error", "mAh/g", "standard error", {}},
           {"sodium_per_c6", "1", "x in NaxC6", {}},
           {"sodium_per_c6_error", "1", "standard error", {}},
           {"incremental_capacity", "mAh/(g V)", "-dQ/dV from fluctuations", {}},
           {"enthalpy", "eV", "partial molar, against sodium metal; 0 where entropy_known is 0", {}},
           {"enthalpy_error", "eV", "standard error", {}},
           {"temperature_coefficient", "mV/K", "dU/dT, entropy over charge; 0 where entropy_known is 0", {}},
           {"temperature_coefficient_error", "mV/K", "standard error", {}},
           {"entropy_known", "1", "1 where sodium fluctuates enough to tell", {}},
           {"converged", "1", "1: equilibrated, replicas agree, more than 30 independent samples", {}}})
    table.columns.push_back(column);
  const std::vector<Diagnostic> list = diagnostics(host, static_cast<double>(result.pores.size()));
  for (const Diagnostic& diagnostic : list) {
    table.columns.push_back({diagnostic.name, diagnostic.unit, diagnostic.meaning, {}});
    table.columns.push_back({diagnostic.name + "_error", diagnostic.unit, "standard error", {}});
  }
  for (const auto& [point, way] : rows_of(result)) {
    const Estimate sodium = sodium_per_c6(*point, host);
    const Estimate enthalpy = point->enthalpy.value_or(Estimate{});
    const Estimate entropy = point->entropy.value_or(Estimate{});
    std::vector<double> row{way,
                            point->voltage,
                            point->capacity.value,
                            point->capacity.error,
                            sodium.value,
                            sodium.error,
                            point->incremental_capacity.value,
                            enthalpy.value,
                            enthalpy.error,
                            to_milli * entropy.value,
                            to_milli * entropy.error,
                            point->entropy ? 1.0 : 0.0,
                            point->converged() ? 1.0 : 0.0};
    const Jackknife estimate(*point);
    for (const Diagnostic& diagnostic : list) {
      const Estimate value = estimate(diagnostic.quantity);
      row.insert(row.end(), {value.value, value.error});
    }
    append_row(table, row);
  }
  return table;
}

// Voltage of the way down at which a capacity is reached, straight between points; its error is that of the capacities
// over the steepness. None when the first point has more already.
std::optional<Estimate> voltage_at_capacity(const std::vector<const SweepPoint*>& down, const Estimate& wanted) {
  for (std::size_t i = 1; i < down.size(); ++i) {
    const Estimate& before = down[i - 1]->capacity;
    const Estimate& after = down[i]->capacity;
    if (before.value >= wanted.value || after.value < wanted.value) continue;
    const double slope = (down[i]->voltage - down[i - 1]->voltage) / (after.value - before.value);
    const double error = std::hypot(std::max(before.error, after.error), wanted.error);
    return Estimate{down[i - 1]->voltage + slope * (wanted.value - before.value), std::abs(slope) * error};
  }
  return std::nullopt;
}

SummaryRow plating_margin(const SweepResult& result) {
  std::vector<const SweepPoint*> down;
  for (const SweepPoint& point : result.points)
    if (point.sodiation) down.push_back(&point);
  const Estimate& all = down.back()->capacity;
  const std::optional<Estimate> voltage =
      voltage_at_capacity(down, {stored_above_margin * all.value, stored_above_margin * all.error});
  const Estimate margin = voltage ? Estimate{to_milli * voltage->value, to_milli * voltage->error} : Estimate{0, -1};
  return {"plating margin", margin, "mV", "above metal, where 95 % of the capacity at 0 V is in, at rest"};
}

Estimate less(const Estimate& a, const Estimate& b) {
  return {a.value - b.value, std::hypot(a.error, b.error)};
}

std::vector<SummaryRow> below_metal(const SweepResult& result, const HostMeasure& host) {
  if (result.beyond.empty()) return {};
  const SweepPoint& end = end_of_sodiation(result);
  const SweepPoint& last = result.beyond.back();
  const auto in_pores = [&](const SweepPoint& point) {
    return Jackknife(point)([&](const OccupationSums& s) { return host.unit * s.pore_sodium; });
  };
  const std::string remark = fmt::format("between 0 and {:g} mV", to_milli * last.voltage);
  return {{"sodium below metal", error_if_any(less(last.capacity, end.capacity)), "mAh/g",
           remark + ": where sodium plates"},
          {"pores below metal", error_if_any(less(in_pores(last), in_pores(end))), "mAh/g", "of it in pores"}};
}

}  // namespace

std::vector<NamedTable> diagnostic_tables(const SweepResult& result, const HostMeasure& host) {
  std::vector<NamedTable> tables{{"diagnostics", diagnostics_table(result, host)},
                                 {"clusters", cluster_table(result, host)},
                                 {"pores", pore_table(result, host)},
                                 {"pore_filling", pore_filling_table(result)}};
  for (NamedTable& table : histogram_tables(result, host)) tables.push_back(std::move(table));
  return tables;
}

std::vector<SummaryRow> summarise_diagnostics(const SweepResult& result, const HostMeasure& host) {
  const SweepPoint& end = end_of_sodiation(result);
  const std::vector<Diagnostic> list = diagnostics(host, static_cast<double>(result.pores.size()));
  const auto at_end = [&](const std::string& name) {
    const auto found = std::ranges::find(list, name, &Diagnostic::name);
    EXPECTS(found != list.end());
    return error_if_any(Jackknife(end)(found->quantity));
  };
  std::vector<SummaryRow> rows{
      {"x in NaxC6", sodium_per_c6(end, host), "1", "at 0 V"},
      {"volume change", at_end("volume_change"), "%", "at 0 V, if nothing gives way but the galleries"},
      {"unreachable capacity", at_end("unreachable"), "mAh/g",
       fmt::format("of that at 0 V, behind barriers over {:.2f} eV (10 h)", host.passable)},
      {"metallic pore sodium", at_end("metallic_share"), "1", "share at 0 V: charge below 0.1 e, 6 neighbours"},
      {"Knight-shifted sodium", at_end("knight_share"), "1", "share at 0 V above 300 ppm, by a proxy"},
      plating_margin(result)};
  for (SummaryRow& row : below_metal(result, host)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace cardhouse
