// Cost of building a carbon.
// The builder, per atom of a carbon of 8000 atoms without pores (`build`), against the Fourier transforms that its
// annealing cannot do without, and nothing else (`bare_transforms`: 200 steps, two transforms each, on a grid of five
// points a wavelength).

#include <cmath>

#include "benchmarks/ratios.hpp"
#include "engine/base/stream.hpp"
#include "engine/builder/build_carbon.hpp"
#include "engine/builder/scalar_grid.hpp"
#include "engine/structure/real_transform.hpp"

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
  const double wavelength = 2 * targets.interlayer_spacing / options.spacing_ratio;
  RealTransform transform(transform_friendly(static_cast<int>(std::ceil(5 * edge / wavelength))));
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

BENCHMARK(bare_transforms)->Unit(benchmark::kMillisecond);
BENCHMARK(build)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cardhouse
