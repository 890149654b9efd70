// Cost of making a carbon.
// - The builder, per atom of a carbon of 8000 atoms without pores (`build`), against the Fourier transforms that its
//   annealing cannot do without, and nothing else (`bare_transforms`: 200 steps, two transforms each, on a grid of that
//   size).
// - Carbonisation, per event: sucrose at 5 K/min to 1300 degC on 6 x 6 x 6 cells with 20 replicas (`carbonize_events`),
//   against picking and updating one of 216 rates (`tree_events`).

#include <cmath>
#include <string>

#include "benchmarks/ratios.hpp"
#include "benchmarks/tree_events.hpp"
#include "engine/carbonize/carbonize.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/structure/build_carbon.hpp"
#include "engine/structure/real_transform.hpp"
#include "engine/structure/scalar_grid.hpp"

namespace cardhouse {
namespace {

constexpr long wanted_atoms = 8000;

void build(benchmark::State& state) {
  const CarbonTargets targets;
  std::size_t atoms = 0;
  for (auto _ : state) {
    const BuiltCarbon built = build_carbon(targets, {.atoms = wanted_atoms}, 1, {});
    if (built.report.passes != 1) return state.SkipWithError("more than one pass");
    atoms = built.structure.atoms.size();
  }
  report(state, static_cast<double>(atoms), "bare_transforms");
}

void bare_transforms(benchmark::State& state) {
  const CarbonTargets targets;
  const BuildOptions options{.atoms = wanted_atoms};
  const double edge = expected_edge(targets, options, wanted_atoms);
  RealTransform transform(transform_friendly(static_cast<int>(std::ceil(edge / options.grid_spacing))));
  Stream stream(1, Purpose::Test);
  for (double& value : transform.real()) value = stream.normal();
  const double scale = 1 / static_cast<double>(transform.real().size());
  for (auto _ : state)
    for (int step = 0; step < targets.anneal_steps; ++step) {
      transform.forward();
      for (auto& mode : transform.modes()) mode *= scale;  // else the numbers grow without bound
      transform.inverse();
    }
  report(state, static_cast<double>(wanted_atoms));
}

void carbonize_events(benchmark::State& state) {
  const std::string inputs = std::string(CARDHOUSE_SOURCE_DIR) + "/inputs";
  const Precursor precursor = load_precursor("sucrose", inputs);
  const CarbonizeOptions options{load_volatile_transport(inputs + "/rules/volatile_transport.toml"), {}};
  constexpr double room = 298.15, peak = 1573.15, rate = 5.0 / 60;  // K and K/s
  const TemperatureProgramme programme(room, {{peak, (peak - room) / rate, 0, "Ar"}});
  std::uint64_t events = 0;
  for (auto _ : state) events = carbonize(precursor, programme, options, 1, {}).events;
  report(state, static_cast<double>(events), "tree_events");
  state.counters["events"] = static_cast<double>(events);
}

void tree_events(benchmark::State& state) {
  constexpr int cells = 216, batch = 1000;
  Stream stream(1, Purpose::Test);
  TreeEvents model(cells, stream);
  KmcClock clock;
  for (auto _ : state) run_kmc(model, clock, {.max_events = clock.events + batch}, stream);
  report(state, batch);
}

BENCHMARK(bare_transforms)->Unit(benchmark::kMillisecond);
BENCHMARK(build)->Unit(benchmark::kMillisecond);
BENCHMARK(tree_events);
BENCHMARK(carbonize_events)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cardhouse
