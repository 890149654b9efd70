#include "engine/transport/transport.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/units.hpp"
#include "engine/io/trajectory.hpp"
#include "engine/transport/accelerated_transport.hpp"
#include "engine/transport/residence.hpp"

namespace cardhouse {
namespace {

struct TransportSettings {
  SodiumParameters sodium;
  TransportOptions options;
  AccelerationOptions acceleration;
  bool accelerate = true;
  double capacity = 0;  ///< [mAh/g]
};

void read_acceleration(const DeckTable& deck, TransportSettings& settings) {
  const std::vector<std::string> ways{"automatic", "none"};
  settings.accelerate = !deck.has("acceleration") || deck.choice("acceleration", ways) == "automatic";
  if (!deck.has("cap")) return;
  settings.acceleration.cap = deck.quantity("cap", dimension::rate);
  if (!settings.accelerate) deck.fail("cap", "a cap without acceleration", "leave out `acceleration` or `cap`");
  if (settings.acceleration.cap <= 0) deck.fail("cap", "not positive", "leave it out to have it chosen");
}

TransportSettings read_settings(const DeckTable& deck) {
  TransportSettings settings;
  settings.sodium = read_sodium_parameters(deck.text("parameters", data_folder() + "/sodium/hamiltonian.toml"));
  settings.capacity = in_unit(deck.quantity("capacity", dimension::specific_capacity, "100 mAh/g"), "mAh/g");
  if (settings.capacity <= 0 || settings.capacity > 1000)
    deck.fail("capacity", "outside 0 to 1000 mAh/g", "give the sodium content at which to measure diffusion");
  TransportOptions& options = settings.options;
  options.temperature = deck.quantity("temperature", dimension::temperature, "298.15 K");
  if (options.temperature <= 0 || options.temperature > 2000)
    deck.fail("temperature", "outside 0 to 2000 K", "sodium cells work near 298.15 K");
  const long hops = deck.integer("hops", static_cast<long>(options.events));
  if (hops < 1000) deck.fail("hops", fmt::format("{} hops", hops), "use 1000 or more");
  options.events = static_cast<std::uint64_t>(hops);
  const long replicas = deck.integer("replicas", options.replicas);
  if (replicas < 2 || replicas > 1024)
    deck.fail("replicas", fmt::format("{} replicas", replicas), "use at least two: they give the error bars");
  options.replicas = static_cast<int>(replicas);
  read_acceleration(deck, settings);
  return settings;
}

Table displacement_table(const TransportResult& result) {
  return {{{"time", "s", "lag", result.lags},
           {"tracer", "angstrom2", "mean squared displacement of single sodium, replica 0", result.tracer_squared},
           {"jump", "angstrom2", "of all sodium together over their number, replica 0", result.jump_squared}}};
}

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

Estimate square_metres(const Estimate& diffusivity) {
  return {in_unit(diffusivity.value, "m2/s"), in_unit(diffusivity.error, "m2/s")};
}

// Without a diffusive regime there is no diffusivity, only a bound: what the displacements allow at most.
Estimate upper_bound(const Estimate& diffusivity) {
  return {std::max(0.0, diffusivity.value) + 2 * diffusivity.error, -1};
}

std::vector<SummaryRow> summarise_transport(const TransportResult& result) {
  const Estimate tracer = square_metres(result.tracer);
  const Estimate jump = square_metres(result.jump);
  const std::string where = fmt::format("at {:.0f} mAh/g", result.capacity);
  const std::string bound = fmt::format("at most (95 %): rattling, displacement grows as t^({:.2f} +- {:.2f})",
                                        result.exponent.value, result.exponent.error);
  return {{"tracer diffusivity", result.diffusive ? tracer : upper_bound(tracer), "m2/s",
           where + (result.diffusive ? "" : ", " + bound)},
          {"jump diffusivity", result.diffusive ? jump : upper_bound(jump), "m2/s",
           result.diffusive ? "of all sodium together" : "of all sodium together, at most (95 %)"},
          {"simulated time", {result.simulated_time, -1}, "s", fmt::format("{} hops", result.hops)}};
}

std::string describe_check(const AccelerationReport& report) {
  const std::string remark = fmt::format("of D* with twice the cap; of D_J {:.0f} +- {:.0f} %",
                                         100 * report.jump_change.value, 100 * report.jump_change.error);
  switch (report.verdict()) {
    case AccelerationReport::Verdict::Converged:
      return remark + ": converged (5 %)";
    case AccelerationReport::Verdict::Open:
      return remark + ": no change beyond the error, 5 % cannot be told; take more hops";
    default:
      return remark + ": not converged, D is too low; force a higher `cap`";
  }
}

std::string describe_bottleneck(const FlowCap& cap) {
  if (cap.bottleneck == 0) return "no way leads through the cell";
  return fmt::format("the weakest link on the way through passes {:.1e} 1/s", cap.bottleneck);
}

std::vector<SummaryRow> summarise_acceleration(const AccelerationReport& report) {
  const std::string bottleneck = describe_bottleneck(report.cap);
  if (!report.is_accelerated()) return {{"cap of flows", {0, -1}, "1/s", "none, nothing to gain: " + bottleneck}};
  std::vector<SummaryRow> rows{
      {"cap of flows",
       {report.cap.flow, -1},
       "1/s",
       fmt::format("hops along a link, up to {:.1e} 1/s without; {}", report.cap.largest, bottleneck)},
      {"speed-up by the cap",
       {report.speed_up, -1},
       "1",
       fmt::format("simulated time an event, against {:.1e} s in all without cap", report.plain_time)}};
  if (report.verdict() == AccelerationReport::Verdict::NoDiffusion)
    rows.front().remark += "; not checked: no diffusion, with the cap or twice it";
  else
    rows.push_back(
        {"change of diffusivity", {100 * report.change.value, 100 * report.change.error}, "%", describe_check(report)});
  return rows;
}

// Only the carbon can tell how much sodium fits; the deck's key is where too much of it was asked for.
AcceleratedTransport measured(const SiteNetwork& network, const TransportSettings& settings,
                              const StageContext& context) {
  try {
    if (settings.accelerate)
      return accelerated_transport(network, settings.sodium, settings.options, settings.acceleration, context.ranks,
                                   context.progress);
    return {transport(network, settings.sodium, settings.options, context.ranks, context.progress), {}};
  } catch (const InputError& error) {
    context.settings.fail("capacity", error.what());
  }
}

Table residence_table(const std::array<ResidenceRow, site_class_count>& rows) {
  Table table{
      {{"class",
        "1",
        "site class: 0 gallery, 1 terrace, 2 defect, 3 edge, 4 pore wall, 5 pore core, 6 mouth, 7 slit",
        {}},
       {"sites", "1", "their number", {}},
       {"median", "s", "mean time before single sodium leaves the superbasin of its site, median over sites", {}},
       {"nine_tenths", "s", "nine tenths of the sites are left faster", {}},
       {"lost", "1", "share of sites not left within ten hours", {}}}};
  for (const ResidenceRow& row : rows) {
    const double values[] = {static_cast<double>(row.kind), static_cast<double>(row.sites), row.median, row.nine_tenths,
                             row.lost};
    for (std::size_t k = 0; k < table.columns.size(); ++k) table.columns[k].values.push_back(values[k]);
  }
  return table;
}

SummaryRow summarise_residence(const Residence& residence) {
  const auto lost = std::count_if(residence.escape_times.begin(), residence.escape_times.end(),
                                  [](double time) { return time > lost_after; });
  const double share = static_cast<double>(lost) / static_cast<double>(residence.escape_times.size());
  const std::uint32_t largest = *std::max_element(residence.sizes.begin(), residence.sizes.end());
  return {"sites that trap sodium",
          {100 * share, -1},
          "%",
          fmt::format("single sodium stays ten hours; {} superbasins, the largest of {} sites", residence.sizes.size(),
                      largest)};
}

void write_diffusivities(RunFile& file, const TransportResult& result) {
  const auto write = [&](const std::string& name, const Estimate& estimate, const DataLabel& label) {
    file.write_scalar("transport/" + name, estimate.value, label);
    file.write_scalar("transport/" + name + "_error", estimate.error, {label.unit, "standard error over replicas"});
  };
  write("tracer_diffusivity", square_metres(result.tracer), {"m2/s", "of single sodium; see exponent"});
  write("jump_diffusivity", square_metres(result.jump), {"m2/s", "of all sodium together; see exponent"});
  write("exponent", result.exponent,
        {"1", "of time in the mean squared displacement: 1 for diffusion, 0 for rattling"});
  file.write_scalar("transport/capacity", result.capacity, {"mAh/g", "at which diffusion was measured"});
}

void write_acceleration(RunFile& file, const AccelerationReport& report) {
  if (!report.is_accelerated()) return;
  file.write_scalar("transport/flow_cap", report.cap.flow, {"1/s", "largest mean number of hops along a link"});
  file.write_scalar("transport/speed_up", report.speed_up, {"1", "simulated time an event over that without a cap"});
  if (!report.diffusive) return;
  file.write_scalar("transport/cap_change", report.change.value,
                    {"1", "relative change of the tracer diffusivity with twice the cap"});
  file.write_scalar("transport/cap_change_error", report.change.error, {"1", "standard error of cap_change"});
}

std::vector<std::string> needs(const DeckTable&) {
  return {"sites"};
}

void check(const DeckTable& deck) {
  read_settings(deck);
}

void run(StageContext& context) {
  TransportSettings settings = read_settings(context.settings);
  const SiteNetwork network = read_network(context.file, "sites/network");
  settings.options.seed = context.seed;
  settings.options.sodium = sodium_at(network, settings.capacity);
  if (settings.options.sodium == 0)
    context.settings.fail("capacity", "less than one sodium in a carbon of this size", "give a higher capacity");
  const auto [result, acceleration] = measured(network, settings, context);
  context.file.write_table("transport/displacement", displacement_table(result));
  write_diffusivities(context.file, result);
  write_trajectory(context, network, result);
  const Residence residence =
      single_residence(network, settings.sodium, {settings.options.temperature, settings.sodium.attempt_frequency});
  context.file.write_table("transport/residence", residence_table(residence_by_class(network, residence)));
  std::vector<SummaryRow> rows = summarise_transport(result);
  if (settings.accelerate) {
    write_acceleration(context.file, acceleration);
    for (SummaryRow& row : summarise_acceleration(acceleration)) rows.push_back(std::move(row));
  }
  rows.push_back(summarise_residence(residence));
  write_summary(context.file, "transport", rows);
}

}  // namespace

StageActions stage_actions::transport() {
  return {needs, check, run};
}

}  // namespace cardhouse
