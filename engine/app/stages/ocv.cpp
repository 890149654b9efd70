#include <fmt/core.h>

#include <algorithm>

#include "analysis/voltage_curve.hpp"
#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/summary.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {
namespace {

struct OcvSettings {
  SodiumParameters sodium;
  SweepOptions sweep;
};

// Every k-th of the default voltages, first and last included.
std::vector<double> thinned_voltages(std::size_t points) {
  const std::vector<double> all = default_voltages();
  std::vector<double> chosen;
  for (std::size_t i = 0; i < points; ++i) chosen.push_back(all[i * (all.size() - 1) / (points - 1)]);
  return chosen;
}

OcvSettings read_settings(const DeckTable& deck) {
  OcvSettings settings;
  settings.sodium = read_sodium_parameters(deck.text("parameters", data_folder() + "/sodium/hamiltonian.toml"));
  SweepOptions& sweep = settings.sweep;
  sweep.temperature = deck.quantity("temperature", dimension::temperature, "298.15 K");
  if (sweep.temperature <= 0 || sweep.temperature > 1000)
    deck.fail("temperature", "outside 0 to 1000 K", "sodium cells work near 298.15 K");
  const long most = static_cast<long>(default_voltages().size());
  const long points = deck.integer("points", most);
  if (points < 4 || points > most)
    deck.fail("points", fmt::format("{} voltages", points), fmt::format("use 4 to {}", most));
  sweep.voltages = thinned_voltages(static_cast<std::size_t>(points));
  const long sweeps = deck.integer("sweeps", sweep.production_sweeps);
  if (sweeps < 20 || sweeps > 1000000) deck.fail("sweeps", fmt::format("{} sweeps", sweeps), "use 20 to 1000000");
  sweep.production_sweeps = static_cast<int>(sweeps);
  sweep.equilibration_sweeps = static_cast<int>(sweeps / 2);
  const long replicas = deck.integer("replicas", sweep.replicas);
  if (replicas < 2 || replicas > 1024)
    deck.fail("replicas", fmt::format("{} replicas", replicas), "use at least two: they give the error bars");
  sweep.replicas = static_cast<int>(replicas);
  sweep.reverse = deck.flag("charge", true);
  return settings;
}

std::string column_name(SiteClass kind) {
  std::string text(name(kind));
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

Table curve_table(const SweepResult& result, bool sodiation) {
  Table table{{{"voltage", "V", "against sodium metal", {}},
               {"capacity", "mAh/g", "sodium in the carbon, per mass of host", {}},
               {"capacity_error", "mAh/g", "standard error", {}},
               {"spacing", "angstrom", "mean of the galleries, opening included", {}},
               {"spacing_error", "angstrom", "standard error", {}},
               {"incremental_capacity", "mAh/(g V)", "-dQ/dV from fluctuations", {}},
               {"entropy", "eV/K", "partial molar, from fluctuations; 0 where entropy_known is 0", {}},
               {"entropy_error", "eV/K", "standard error", {}},
               {"entropy_known", "1", "1 where sodium fluctuates enough to tell", {}},
               {"effective_samples", "1", "independent samples of the number of sodium", {}},
               {"converged", "1", "1: equilibrated, replicas agree, more than 30 independent samples", {}}}};
  const std::size_t classes = table.columns.size();
  for (int kind = 0; kind < site_class_count; ++kind)
    table.columns.push_back({column_name(static_cast<SiteClass>(kind)), "mAh/g", "sodium on this site class", {}});
  for (const SweepPoint& point : result.points) {
    if (point.sodiation != sodiation) continue;
    const Estimate entropy = point.entropy.value_or(Estimate{});
    const std::array<double, 11> row{point.voltage,
                                     point.capacity.value,
                                     point.capacity.error,
                                     point.spacing.value,
                                     point.spacing.error,
                                     point.incremental_capacity.value,
                                     entropy.value,
                                     entropy.error,
                                     point.entropy ? 1.0 : 0.0,
                                     point.effective_samples,
                                     point.converged() ? 1.0 : 0.0};
    for (std::size_t i = 0; i < row.size(); ++i) table.columns[i].values.push_back(row[i]);
    for (std::size_t kind = 0; kind < site_class_count; ++kind)
      table.columns[classes + kind].values.push_back(point.by_class[kind].value);
  }
  return table;
}

Table filled_table(const SiteNetwork& network, const std::vector<std::uint32_t>& occupied) {
  Table table{{{"x", "angstrom", "position", {}},
               {"y", "angstrom", "position", {}},
               {"z", "angstrom", "position", {}},
               {"site", "1", "index of the site in the network", {}},
               {"site_class", "1", site_class_meaning(), {}}}};
  for (const std::uint32_t index : occupied) {
    const Site& site = network.sites[index];
    const std::array<double, 5> row{site.position.x, site.position.y, site.position.z, static_cast<double>(index),
                                    static_cast<double>(site.kind)};
    for (std::size_t i = 0; i < row.size(); ++i) table.columns[i].values.push_back(row[i]);
  }
  return table;
}

std::vector<SummaryRow> summarise_curves(const SweepResult& result, const Table& discharge, const Table& charge) {
  const VoltageCurve sodiation = VoltageCurve::from_table(discharge);
  const CurveSummary curve = summarise(sodiation);
  std::vector<SummaryRow> rows{
      {"reversible capacity", curve.reversible_capacity, "mAh/g", "down to 0 V, per gram of carbon"},
      {"slope capacity", curve.slope_capacity, "mAh/g", "above 0.1 V"},
      {"plateau capacity", curve.plateau_capacity, "mAh/g", "between 0.1 and 0 V"}};
  if (curve.plateau_voltage)
    rows.push_back({"plateau voltage", *curve.plateau_voltage, "V", "capacity-weighted mean below 0.1 V"});
  if (curve.peak_voltage) rows.push_back({"peak of dQ/dV", error_if_any(*curve.peak_voltage), "V", "below 0.1 V"});
  if (charge.rows() >= 3) {
    const Hysteresis gap = hysteresis(sodiation, VoltageCurve::from_table(charge));
    rows.push_back(
        {"hysteresis", {1e3 * gap.mean_gap.value, 1e3 * gap.mean_gap.error}, "mV", "mean gap of charge and discharge"});
  }
  const auto converged = std::count_if(result.points.begin(), result.points.end(),
                                       [](const SweepPoint& point) { return point.converged(); });
  const double share = 100.0 * static_cast<double>(converged) / static_cast<double>(result.points.size());
  rows.push_back({"converged voltages", {share, -1}, "%", fmt::format("{} of {}", converged, result.points.size())});
  return rows;
}

std::vector<std::string> needs(const DeckTable&) {
  return {"sites"};
}

void check(const DeckTable& deck) {
  read_settings(deck);
}

void run(StageContext& context) {
  OcvSettings settings = read_settings(context.settings);
  settings.sweep.seed = context.seed;
  const SiteNetwork network = read_network(context.file, "sites/network");
  const SweepResult result = sweep(network, settings.sodium, settings.sweep, context.ranks, context.progress);
  const Table discharge = curve_table(result, true);
  const Table charge = curve_table(result, false);
  context.file.write_table("ocv/discharge", discharge);
  if (charge.rows() > 0) context.file.write_table("ocv/charge", charge);
  context.file.write_table("ocv/filled", filled_table(network, result.filled));
  write_summary(context.file, "ocv", summarise_curves(result, discharge, charge));
}

}  // namespace

StageActions stage_actions::ocv() {
  return {needs, check, run};
}

}  // namespace cardhouse
