#include <fmt/core.h>

#include <algorithm>

#include "analysis/sodium_contrast.hpp"
#include "analysis/voltage_curve.hpp"
#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/ocv_diagnostics.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/sodium/reachability.hpp"
#include "engine/sodium/replica_exchange.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {
namespace {

struct OcvSettings {
  SodiumParameters sodium;
  SweepOptions sweep;
  bool exchange = false;  ///< equilibrium beside the sweeps
  bool accessible_only = false;
  bool operando = false;
};

constexpr double one_charge = 36000;  // what sodium has to come in, at C/10 [s]
constexpr int looks = 4;              // configurations a point and replica that the diagnostics are of

// The default voltages, thinned, or with others between them; first and last included.
std::vector<double> chosen_voltages(std::size_t points) {
  const std::vector<double> all = default_voltages();
  std::vector<double> chosen;
  for (std::size_t i = 0; i < points; ++i) {
    const std::size_t at = i * (all.size() - 1);
    const std::size_t k = at / (points - 1);
    const double share =
        points > all.size() ? static_cast<double>(at % (points - 1)) / static_cast<double>(points - 1) : 0;
    chosen.push_back(share > 0 ? all[k] + share * (all[k + 1] - all[k]) : all[k]);
  }
  return chosen;
}

OcvSettings read_settings(const DeckTable& deck) {
  OcvSettings settings;
  settings.sodium = read_sodium_parameters(deck.text("parameters", data_folder() + "/sodium/hamiltonian.toml"));
  SweepOptions& sweep = settings.sweep;
  sweep.temperature = deck.quantity("temperature", dimension::temperature, "298.15 K");
  if (sweep.temperature <= 0 || sweep.temperature > 1000)
    deck.fail("temperature", "outside 0 to 1000 K", "sodium cells work near 298.15 K");
  constexpr long most = 500;
  const long points = deck.integer("points", static_cast<long>(default_voltages().size()));
  if (points < 4 || points > most)
    deck.fail("points", fmt::format("{} voltages", points), fmt::format("use 4 to {}", most));
  sweep.voltages = chosen_voltages(static_cast<std::size_t>(points));
  const long sweeps = deck.integer("sweeps", sweep.production_sweeps);
  if (sweeps < 20 || sweeps > 1000000) deck.fail("sweeps", fmt::format("{} sweeps", sweeps), "use 20 to 1000000");
  sweep.production_sweeps = static_cast<int>(sweeps);
  sweep.equilibration_sweeps = static_cast<int>(sweeps / 2);
  const long replicas = deck.integer("replicas", sweep.replicas);
  if (replicas < 2 || replicas > 1024)
    deck.fail("replicas", fmt::format("{} replicas", replicas), "use at least two: they give the error bars");
  sweep.replicas = static_cast<int>(replicas);
  sweep.reverse = deck.flag("charge", true);
  const std::string sampling = deck.text("sampling", "sweep");
  if (sampling != "sweep" && sampling != "exchange")
    deck.fail("sampling", fmt::format("\"{}\" is no way of sampling", sampling), "use \"sweep\" or \"exchange\"");
  settings.exchange = sampling == "exchange";
  settings.accessible_only = deck.flag("accessible_only", false);
  settings.operando = deck.flag("operando", true);
  sweep.beyond.assign(std::begin(voltages_below_metal), std::end(voltages_below_metal));
  sweep.looks = looks;
  sweep.passable = passable_barrier(sweep.temperature, settings.sodium.attempt_frequency, one_charge);
  return settings;
}

std::vector<SweepPoint> points_of(const SweepResult& result, bool sodiation) {
  std::vector<SweepPoint> points;
  std::ranges::copy_if(result.points, std::back_inserter(points),
                       [&](const SweepPoint& point) { return point.sodiation == sodiation; });
  return points;
}

Table curve_table(const std::vector<SweepPoint>& points) {
  Table table{
      {{"voltage", "V", "against sodium metal", {}},
       {"capacity", "mAh/g", "sodium in the carbon, per mass of host", {}},
       {"capacity_error", "mAh/g", "standard error", {}},
       {"spacing", "angstrom", "mean of the galleries, opening included", {}},
       {"spacing_error", "angstrom", "standard error", {}},
       {"incremental_capacity", "mAh/(g V)", "-dQ/dV from fluctuations", {}},
       {"enthalpy", "eV", "partial molar, against sodium metal, from fluctuations; 0 where entropy_known is 0", {}},
       {"enthalpy_error", "eV", "standard error", {}},
       {"entropy", "eV/K", "partial molar, from fluctuations; 0 where entropy_known is 0", {}},
       {"entropy_error", "eV/K", "standard error", {}},
       {"entropy_known", "1", "1 where sodium fluctuates enough to tell", {}},
       {"effective_samples", "1", "independent samples of the number of sodium", {}},
       {"converged", "1", "1: equilibrated, replicas agree, more than 30 independent samples", {}}}};
  const std::size_t classes = table.columns.size();
  for (int kind = 0; kind < site_class_count; ++kind)
    table.columns.push_back(
        {site_class_column(static_cast<SiteClass>(kind)), "mAh/g", "sodium on this site class", {}});
  for (const SweepPoint& point : points) {
    const Estimate enthalpy = point.enthalpy.value_or(Estimate{});
    const Estimate entropy = point.entropy.value_or(Estimate{});
    const std::array<double, 13> row{point.voltage,
                                     point.capacity.value,
                                     point.capacity.error,
                                     point.spacing.value,
                                     point.spacing.error,
                                     point.incremental_capacity.value,
                                     enthalpy.value,
                                     enthalpy.error,
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

// Rungs between the voltages of the sweep, as many as swaps need by the capacities that it found.
ExchangeOptions exchange_options(const OcvSettings& settings, const SweepResult& swept, const SiteNetwork& network) {
  std::vector<double> voltages;
  std::vector<double> numbers;
  for (const SweepPoint& point : points_of(swept, true)) {
    voltages.push_back(point.voltage);
    numbers.push_back(point.capacity.value / capacity(network, 1));
  }
  ExchangeOptions options;
  options.temperature = settings.sweep.temperature;
  options.voltages = ladder(voltages, numbers, options.temperature);
  options.ladders = settings.sweep.replicas;
  options.equilibration_sweeps = settings.sweep.equilibration_sweeps;
  options.production_sweeps = settings.sweep.production_sweeps;
  options.seed = settings.sweep.seed;
  return options;
}

Table equilibrium_table(const ExchangeResult& result) {
  Table table = curve_table(result.points);
  table.columns.push_back(
      {"swap_acceptance", "1", "of swaps with the next rung; 0 for the last", result.swap_acceptance});
  return table;
}

// Compared on the voltages of the sweep: between the points of either curve lie straight lines.
Table equilibrium_at(const ExchangeResult& result, const std::vector<double>& voltages) {
  std::vector<SweepPoint> points;
  std::ranges::copy_if(result.points, std::back_inserter(points), [&](const SweepPoint& point) {
    return std::ranges::find(voltages, point.voltage) != voltages.end();
  });
  return curve_table(points);
}

std::vector<SummaryRow> summarise_equilibrium(const ExchangeResult& result, const Table& discharge) {
  const VoltageCurve curve = VoltageCurve::from_table(equilibrium_at(result, discharge.columns[0].values));
  const Estimate memory = hysteresis(VoltageCurve::from_table(discharge), curve).mean_gap;
  const auto least = std::min_element(result.swap_acceptance.begin(), result.swap_acceptance.end() - 1);
  const double converged = static_cast<double>(
      std::ranges::count_if(result.points, [](const SweepPoint& point) { return point.converged(); }));
  const auto rungs = static_cast<double>(result.points.size());
  return {
      {"equilibrium capacity", summarise(curve).reversible_capacity, "mAh/g", "by exchange, down to 0 V"},
      {"equilibrium minus discharge", {1e3 * memory.value, 1e3 * memory.error}, "mV", "mean gap: memory of the sweep"},
      {"least swap acceptance", {100 * *least, -1}, "%", fmt::format("of {} rungs", result.points.size())},
      {"round trips", {result.round_trips, -1}, "1", "of walkers along the ladder"},
      {"converged rungs", {100 * converged / rungs, -1}, "%", fmt::format("of {}", result.points.size())}};
}

// The network with sites out of reach closed by an energy that none pays. They stay in it, so that levels,
// coordinations and the numbers of sites are those of the whole carbon.
SiteNetwork closed_out_of_reach(SiteNetwork network, double passable) {
  constexpr double closed = 50;  // [eV]
  std::size_t open = 0;
  for (Site& site : network.sites) {
    if (site.access > passable)
      site.energy += closed;
    else
      ++open;
  }
  if (open == 0)
    throw InputError("no site for sodium is reached within 10 h",
                     "leave accessible_only out, or choose another carbon");
  return network;
}

HostMeasure measure_host(const Atoms& carbon, const SiteNetwork& network, double passable) {
  HostMeasure host;
  host.volume = network.cell.volume();
  host.carbon = static_cast<double>(std::ranges::count(carbon.elements, Element::C));
  host.unit = capacity(network, 1);
  for (const GalleryPatch& patch : network.patches) host.gallery_area += patch.area;
  host.passable = passable;
  return host;
}

// Small angles and (002) of the first replica at the end of each voltage of the way down.
Table operando_states(const Atoms& carbon, const SiteNetwork& network, const SweepResult& result) {
  std::vector<Vector3> positions;
  for (const Site& site : network.sites) positions.push_back(site.position);
  std::vector<OperandoPoint> states;
  std::vector<double> voltages;
  for (const SweepPoint& point : points_of(result, true)) voltages.push_back(point.voltage);
  for (const std::vector<std::uint32_t>& configuration : result.configurations) {
    std::vector<double> occupations(positions.size(), 0.0);
    for (const std::uint32_t site : configuration) occupations[site] = 1;
    states.push_back(operando_point(carbon, positions, occupations));
  }
  Table table = operando_table(states);
  table.columns.insert(table.columns.begin(), {"voltage", "V", "against sodium metal", std::move(voltages)});
  return table;
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
  SiteNetwork network = read_network(context.file, "sites/network");
  if (settings.accessible_only) network = closed_out_of_reach(std::move(network), settings.sweep.passable);
  const Atoms carbon = host_of_sites(context).atoms;
  const double share = settings.exchange ? 0.5 : 1.0;  // of the progress
  const SweepResult result = sweep(network, settings.sodium, settings.sweep, context.ranks,
                                   [&](double fraction) { notify(context.progress, share * fraction); });
  const Table discharge = curve_table(points_of(result, true));
  const Table charge = curve_table(points_of(result, false));
  context.file.write_table("ocv/discharge", discharge);
  if (charge.rows() > 0) context.file.write_table("ocv/charge", charge);
  context.file.write_table("ocv/filled", filled_table(network, result.filled));
  const HostMeasure host = measure_host(carbon, network, settings.sweep.passable);
  for (const NamedTable& named : diagnostic_tables(result, host))
    context.file.write_table("ocv/" + named.name, named.table);
  if (settings.operando) context.file.write_table("ocv/operando", operando_states(carbon, network, result));
  std::vector<SummaryRow> rows = summarise_curves(result, discharge, charge);
  for (SummaryRow& row : summarise_diagnostics(result, host)) rows.push_back(std::move(row));
  if (settings.exchange) {
    const ProgressObserver second_half = [&](double fraction) { notify(context.progress, 0.5 + 0.5 * fraction); };
    const ExchangeResult equilibrium =
        exchange(network, settings.sodium, exchange_options(settings, result, network), context.ranks, second_half);
    context.file.write_table("ocv/equilibrium", equilibrium_table(equilibrium));
    for (SummaryRow& row : summarise_equilibrium(equilibrium, discharge)) rows.push_back(std::move(row));
  }
  write_summary(context.file, "ocv", rows);
}

}  // namespace

StageActions stage_actions::ocv() {
  return {needs, check, run};
}

}  // namespace cardhouse
