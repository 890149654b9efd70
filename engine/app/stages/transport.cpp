#include "engine/sodium/transport.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/units.hpp"
#include "engine/io/trajectory.hpp"

namespace cardhouse {
namespace {

struct TransportSettings {
  SodiumParameters sodium;
  TransportOptions options;
  double capacity = 0;  ///< [mAh/g]
};

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

// Only the carbon can tell how much sodium fits; the deck's key is where too much of it was asked for.
TransportResult measured(const SiteNetwork& network, const TransportSettings& settings, const StageContext& context) {
  try {
    return transport(network, settings.sodium, settings.options, context.ranks, context.progress);
  } catch (const InputError& error) {
    context.settings.fail("capacity", error.what());
  }
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
  const TransportResult result = measured(network, settings, context);
  context.file.write_table("transport/displacement", displacement_table(result));
  write_diffusivities(context.file, result);
  write_trajectory(context, network, result);
  write_summary(context.file, "transport", summarise_transport(result));
}

}  // namespace

StageActions stage_actions::transport() {
  return {needs, check, run};
}

}  // namespace cardhouse
