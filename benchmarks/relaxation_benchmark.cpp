// Cost of relaxation, per atom and step, on AB graphite of 20 400 atoms (73.8 x 72.4 x 33.5 angstrom): single
// evaluations of each potential with lists kept, and a hundred FIRE steps with lists made as they are needed. The
// reference `plain_pair_sum` is a straightforward Lennard-Jones loop over ready-made lists of the same pairs. Then the
// two minimisers on a built carbon of 1000 atoms until the largest force is 0.01 eV/angstrom, evaluations as a counter.

#include <cmath>
#include <vector>

#include "benchmarks/carbon_samples.hpp"
#include "benchmarks/ratios.hpp"
#include "engine/base/stream.hpp"
#include "engine/builder/build_carbon.hpp"
#include "engine/relax/relax_structure.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

/// Repeated evaluation of one configuration: lists are kept.
void evaluate(benchmark::State& state, const char* name) {
  const CarbonStructure structure = graphite(30, 17, 10, 0.06);
  const auto potential = make_potential(name, structure);
  std::vector<Vector3> forces(structure.atoms.size());
  potential->evaluate(structure.atoms, forces);
  for (auto _ : state) benchmark::DoNotOptimize(potential->evaluate(structure.atoms, forces));
  report(state, static_cast<double>(structure.atoms.size()), "plain_pair_sum");
}

/// A hundred FIRE steps from 0.06 angstrom of noise, lists made as they are needed.
void relax(benchmark::State& state) {
  const CarbonStructure start = graphite(30, 17, 10, 0.06);
  constexpr int steps = 100;
  for (auto _ : state) {
    CarbonStructure structure = start;
    const auto potential = make_potential("sp2-bonded+lennard-jones", structure);
    const RelaxReport done = minimise(structure.atoms, *potential, {.max_steps = steps, .force_tolerance = 1e-9});
    if (done.steps != steps) state.SkipWithError("stopped early");
  }
  report(state, static_cast<double>(start.atoms.size()) * steps, "plain_pair_sum");
}

/// Lennard-Jones energy and forces over ready-made full lists, without taper, exclusions and virial.
void plain_pair_sum(benchmark::State& state) {
  const CarbonStructure structure = graphite(30, 17, 10, 0.06);
  const NeighbourList list(structure.atoms.cell, structure.atoms.positions, 8.0);
  std::vector<Vector3> forces(structure.atoms.size());
  for (auto _ : state) {
    double energy = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      Vector3 force;
      for (const Neighbour& neighbour : list.of(i)) {
        const double q = 1 / squared_norm(neighbour.displacement);
        const double s6 = 1544.804416 * q * q * q;  // (3.40 angstrom)^6
        energy += 0.5 * 0.011376 * s6 * (s6 - 1);
        force += 0.011376 * q * s6 * (6 - 12 * s6) * neighbour.displacement;
      }
      forces[i] = force;
    }
    benchmark::DoNotOptimize(energy);
    benchmark::DoNotOptimize(forces.data());
  }
  report(state, static_cast<double>(structure.atoms.size()));
}

/// A built carbon brought to small forces; one minimisation is the unit.
void settle(benchmark::State& state, MinimiserKind kind, const char* reference) {
  CarbonTargets targets;
  targets.layer_extent = 20;
  targets.stack_height = 12;
  static const CarbonStructure built = build_carbon(targets, {.atoms = 1000}, 1, {}).structure;
  RelaxOptions options{.least_separation = crumpled_separation};
  options.minimiser = {.max_steps = 20000, .force_tolerance = 0.01, .cell = CellRelaxation::Isotropic, .kind = kind};
  for (auto _ : state) {
    CarbonStructure structure = built;
    const RelaxReport done = relax_structure(structure, options);
    if (!done.converged) state.SkipWithError("not converged");
    state.counters["evaluations"] = done.steps;
    state.counters["energy"] = done.energy_final;
  }
  report(state, 1, reference);
}

BENCHMARK(plain_pair_sum)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(evaluate, bonded, "sp2-bonded")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(evaluate, layers, "lennard-jones")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(evaluate, both, "sp2-bonded+lennard-jones")->Unit(benchmark::kMillisecond);
BENCHMARK(relax)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(settle, fire, MinimiserKind::Fire, "")->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(settle, lbfgs, MinimiserKind::Lbfgs, "settle/fire")->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace cardhouse
