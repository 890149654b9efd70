// Cost of relaxation steps on AB graphite of 20 400 atoms (73.8 x 72.4 x 33.5 angstrom), one thread. The counter
// `us_per_atom_step` is processor time; `plain_pair_sum` is the named reference, a straightforward loop over the same
// pairs, so that ratios can be compared between machines.

#include <benchmark/benchmark.h>
#include <omp.h>

#include <cmath>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/relax/fire.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

CarbonStructure graphite() {
  constexpr double bond = 1.42;
  constexpr int nx = 30, ny = 17, layers = 10;
  const double a = std::sqrt(3.0) * bond;
  CarbonStructure result{{Cell::orthorhombic(nx * a, 3 * bond * ny, 3.35 * layers), {}, {}}, {}};
  const Vector3 basis[4] = {{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}};
  Stream stream(1, Purpose::Test);
  for (int cell = 0; cell < nx * ny * layers; ++cell) {
    const int x = cell % nx, y = cell / nx % ny, layer = cell / (nx * ny);
    for (const Vector3& site : basis) {
      const Vector3 noise{stream.normal(), stream.normal(), stream.normal()};
      result.atoms.add(Element::C, site + Vector3{x * a, 3 * bond * y + layer % 2 * bond, 3.35 * layer} + 0.06 * noise);
    }
  }
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

void report(benchmark::State& state, std::size_t atoms, double steps) {
  using benchmark::Counter;
  state.counters["us_per_atom_step"] =
      Counter(1e-6 * static_cast<double>(atoms) * steps, Counter::kIsRate | Counter::kInvert);
}

/// Repeated evaluation of one configuration: lists are kept.
void evaluate(benchmark::State& state, const char* name) {
  const CarbonStructure structure = graphite();
  const auto potential = make_potential(name, structure);
  std::vector<Vector3> forces(structure.atoms.size());
  potential->evaluate(structure.atoms, forces);
  for (auto _ : state) benchmark::DoNotOptimize(potential->evaluate(structure.atoms, forces));
  report(state, structure.atoms.size(), static_cast<double>(state.iterations()));
}

/// A hundred FIRE steps from 0.06 angstrom of noise, lists made as they are needed.
void relax(benchmark::State& state) {
  omp_set_num_threads(1);
  const CarbonStructure start = graphite();
  constexpr int steps = 100;
  for (auto _ : state) {
    CarbonStructure structure = start;
    const auto potential = make_potential("sp2-bonded+lennard-jones", structure);
    const RelaxReport done = minimise(structure.atoms, *potential, {.max_steps = steps, .force_tolerance = 1e-9});
    if (done.steps != steps) state.SkipWithError("stopped early");
  }
  report(state, start.atoms.size(), static_cast<double>(state.iterations()) * steps);
}

/// Lennard-Jones energy and forces over ready-made full lists, without taper, exclusions and virial.
void plain_pair_sum(benchmark::State& state) {
  const CarbonStructure structure = graphite();
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
  report(state, structure.atoms.size(), static_cast<double>(state.iterations()));
}

void evaluate_bonded(benchmark::State& state) {
  omp_set_num_threads(1), evaluate(state, "sp2-bonded");
}
void evaluate_layers(benchmark::State& state) {
  omp_set_num_threads(1), evaluate(state, "lennard-jones");
}
void evaluate_both(benchmark::State& state) {
  omp_set_num_threads(1), evaluate(state, "sp2-bonded+lennard-jones");
}

BENCHMARK(plain_pair_sum)->Unit(benchmark::kMillisecond);
BENCHMARK(evaluate_bonded)->Unit(benchmark::kMillisecond);
BENCHMARK(evaluate_layers)->Unit(benchmark::kMillisecond);
BENCHMARK(evaluate_both)->Unit(benchmark::kMillisecond);
BENCHMARK(relax)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace cardhouse

BENCHMARK_MAIN();
