#include "engine/transport/transport.hpp"

#include <numeric>

#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/stages/transport_report.hpp"
#include "engine/app/stages/transport_settings.hpp"
#include "engine/app/summary.hpp"
#include "engine/io/trajectory.hpp"
#include "engine/transport/thermodynamic_factor.hpp"

namespace cardhouse {
namespace {

// The run's H5MD trajectory: the carbon, and the sodium of replica 0 hopping through it in real time.
void write_trajectory(StageContext& context, const SiteNetwork& network, const TransportResult& result) {
  if (result.frames.empty()) return;
  const CarbonStructure host = host_of_sites(context);
  TrajectoryWriter writer(context.file, host, result.sodium);
  for (const SodiumFrame& frame : result.frames) {
    Atoms atoms = host.atoms;
    for (const std::uint32_t site : frame.sites) atoms.add(Element::Na, network.sites[site].position);
    FrameTag tag{frame.time, static_cast<std::int64_t>(writer.frames()), {}, {}};
    tag.ids.resize(atoms.size());
    std::iota(tag.ids.begin(), tag.ids.end(), 0);
    writer.add_frame(atoms, tag);
  }
}

// Only the carbon can tell how much sodium fits; the deck's key is where too much of it was asked for.
TemperaturePoint measured(const SiteNetwork& network, const TransportSettings& settings, double temperature,
                          const StageContext& context) {
  TransportOptions options = settings.options;
  options.temperature = temperature;
  TemperaturePoint point{temperature, {}, {}, {}};
  try {
    check_domains(network, settings.sodium, std::max<std::size_t>(1, options.domains));
  } catch (const InputError& error) {
    context.settings.fail("domains", error.what());
  }
  try {
    if (settings.accelerate)
      point.run = accelerated_transport(network, settings.sodium, options, settings.acceleration, context.ranks,
                                        context.progress);
    else
      point.run.result = transport(network, settings.sodium, options, context.ranks, context.progress);
    point.factor = thermodynamic_factor(network, settings.sodium, options, context.ranks);
  } catch (const InputError& error) {
    context.settings.fail("capacity", error.what());
  }
  return point;
}

void write_diffusivities(RunFile& file, const TemperaturePoint& point) {
  const TransportResult& result = point.run.result;
  const auto write = [&](const std::string& name, const Estimate& estimate, const DataLabel& label) {
    file.write_scalar("transport/" + name, estimate.value, label);
    file.write_scalar("transport/" + name + "_error", estimate.error, {label.unit, "standard error over replicas"});
  };
  write("tracer_diffusivity", square_metres(result.tracer), {"m2/s", "of single sodium; see exponent"});
  write("jump_diffusivity", square_metres(result.jump), {"m2/s", "of all sodium together; see exponent"});
  write("exponent", result.exponent,
        {"1", "of time in the mean squared displacement: 1 for diffusion, 0 for rattling"});
  file.write_scalar("transport/capacity", result.capacity, {"mAh/g", "at which diffusion was measured"});
  if (!point.factor) return;
  write("thermodynamic_factor", *point.factor, {"1", "d(mu/kT)/d(ln N)"});
  write("chemical_diffusivity", square_metres(*point.chemical()),
        {"m2/s", "jump diffusivity times that; see exponent"});
}

void write_acceleration(RunFile& file, const AccelerationReport& report, double rattling_links) {
  if (!report.is_accelerated()) return;
  file.write_scalar("transport/flow_cap", report.cap.flow, {"1/s", "largest mean number of hops along a link"});
  file.write_scalar("transport/rattling_links", rattling_links,
                    {"1", "links slowed because the run itself crossed them too often, mean over replicas"});
  file.write_scalar("transport/speed_up", report.speed_up, {"1", "simulated time an event over that without a cap"});
  if (!report.diffusive) return;
  file.write_scalar("transport/cap_change", report.change.value,
                    {"1", "relative change of the tracer diffusivity with twice the cap"});
  file.write_scalar("transport/cap_change_error", report.change.error, {"1", "standard error of cap_change"});
}

void append(std::vector<SummaryRow>& rows, std::vector<SummaryRow> more) {
  for (SummaryRow& row : more) rows.push_back(std::move(row));
}

std::vector<std::string> needs(const DeckTable&) {
  return {"sites"};
}

void check(const DeckTable& deck) {
  read_transport_settings(deck);
}

// Measures at all temperatures; writes what is of one temperature for the main one, and that of the others in tables.
void run(StageContext& context) {
  TransportSettings settings = read_transport_settings(context.settings);
  const SiteNetwork network = read_network(context.file, "sites/network");
  settings.options.seed = context.seed;
  settings.options.sodium = sodium_at(network, settings.capacity);
  if (settings.options.sodium == 0)
    context.settings.fail("capacity", "less than one sodium in a carbon of this size", "give a higher capacity");
  std::vector<SummaryRow> rows;
  std::vector<TemperaturePoint> points;
  const auto write_main = [&](const TemperaturePoint& point, const Residence& residence) {
    const auto& [result, acceleration] = point.run;
    const double sodium_seconds =
        result.simulated_time * settings.options.replicas * static_cast<double>(result.sodium);
    context.file.write_table("transport/displacement", displacement_table(result));
    context.file.write_table("transport/hops", hop_table(result, sodium_seconds));
    context.file.write_table("transport/residence", residence_table(point.residence));
    write_diffusivities(context.file, point);
    write_trajectory(context, network, result);
    const std::optional<EasiestWay> way = easiest_way(network, settings.sodium);
    if (way) context.file.write_table("transport/easiest_way", way_table(*way, network));
    append(rows, summarise_transport(point));
    if (settings.accelerate) {
      write_acceleration(context.file, acceleration, result.rattling_links);
      append(rows, summarise_acceleration(acceleration));
    }
    append(rows, summarise_hops(result, sodium_seconds));
    append(rows, {summarise_residence(residence), summarise_way(way, network)});
  };
  std::vector<double> temperatures = settings.temperatures;
  if (temperatures.empty()) temperatures = {settings.options.temperature};
  for (const double temperature : temperatures) {
    points.push_back(measured(network, settings, temperature, context));
    const Residence residence =
        single_residence(network, settings.sodium, {temperature, settings.sodium.attempt_frequency});
    points.back().residence = residence_by_class(network, residence);
    if (temperature == settings.options.temperature) write_main(points.back(), residence);
  }
  if (points.size() > 1) {
    const std::vector<Activation> all = activations(points);
    context.file.write_table("transport/arrhenius", arrhenius_table(points));
    context.file.write_table("transport/activation", activation_table(all));
    append(rows, summarise_activations(all, points.size()));
  }
  write_summary(context.file, "transport", rows);
}

}  // namespace

StageActions stage_actions::transport() {
  return {needs, check, run};
}

}  // namespace cardhouse
