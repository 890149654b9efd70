// Cost of describing a carbon of the builder, on one thread.
// - Debye scattering, per pair of atoms and per q: histogram and transform of a cluster (`debye_histogram`) against the
//   double sum (`debye_double_sum`, 1000 atoms only).
// - Void map of 0.5 angstrom steps, per grid point (`void_map`), against a loop over all atoms for every 16th grid
// point
//   (`nearest_atom_loop`, 1000 atoms only).
// - Rings of up to 9 atoms, per atom (`rings`), against a breadth-first search from every atom to the far side of such
//   a ring (`breadth_first`), without which no ring can be told from a detour.
// References that give another result than what they are compared with fail.

#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "analysis/order.hpp"
#include "analysis/scattering.hpp"
#include "benchmarks/ratios.hpp"
#include "engine/structure/build_carbon.hpp"
#include "engine/structure/rings.hpp"
#include "engine/structure/void_map.hpp"

namespace cardhouse {
namespace {

const CarbonStructure& carbon(std::int64_t atoms) {
  static std::map<std::int64_t, CarbonStructure> made;
  if (!made.contains(atoms)) made.emplace(atoms, build_carbon({}, {.atoms = atoms}, 1, {}).structure);
  return made.at(atoms);
}

/// The atoms of a cell as a cluster.
std::vector<Vector3> cluster_of(const Atoms& atoms) {
  std::vector<Vector3> positions;
  for (const Vector3& position : atoms.positions) positions.push_back(atoms.cell.wrap(position));
  return positions;
}

const std::vector<double> q = q_grid(0.5, 6, 56);

double pair_count(const Atoms& atoms) {
  const auto n = static_cast<double>(atoms.size());
  return 0.5 * n * (n - 1);
}

ScatteringCurve cluster_curve(const Atoms& atoms, std::span<const Vector3> positions) {
  return scattering(PairHistogram::cluster(positions, atoms.elements), q);
}

void debye_histogram(benchmark::State& state) {
  const Atoms& atoms = carbon(state.range(0)).atoms;
  const std::vector<Vector3> positions = cluster_of(atoms);
  for (auto _ : state) benchmark::DoNotOptimize(cluster_curve(atoms, positions));
  report(state, pair_count(atoms) * static_cast<double>(q.size()), "debye_double_sum/1000");
}

void debye_double_sum(benchmark::State& state) {
  const Atoms& atoms = carbon(state.range(0)).atoms;
  const std::vector<Vector3> positions = cluster_of(atoms);
  const std::vector<double> fast = cluster_curve(atoms, positions).intensity;
  std::vector<double> plain;
  for (auto _ : state) plain = debye_sum(positions, atoms.elements, q);
  for (std::size_t i = 0; i < q.size(); ++i)
    if (std::abs(fast[i] - plain[i]) > 0.01 * plain[i] + 0.01) return state.SkipWithError("histogram and sum differ");
  report(state, pair_count(atoms) * static_cast<double>(q.size()));
}

void void_map(benchmark::State& state) {
  const Atoms& atoms = carbon(state.range(0)).atoms;
  std::size_t points = 0;
  for (auto _ : state) points = VoidMap(atoms).size();
  report(state, static_cast<double>(points), "nearest_atom_loop/1000");
}

/// Distance to the nearest surface of an atom, images included.
double clearance(const Atoms& atoms, std::span<const double> radii, const Vector3& point) {
  double least = 1e9;
  for (std::size_t i = 0; i < atoms.size(); ++i)
    least = std::min(least, norm(atoms.cell.minimum_image(atoms.positions[i] - point)) - radii[i]);
  return least;
}

void nearest_atom_loop(benchmark::State& state) {
  constexpr std::size_t stride = 16;
  const Atoms& atoms = carbon(state.range(0)).atoms;
  const VoidMap map(atoms);
  std::vector<double> radii;
  for (const Element element : atoms.elements) radii.push_back(van_der_waals_radius(element));
  double largest_difference = 0, points = 0;
  for (auto _ : state) {
    points = 0;
    for (std::size_t index = 0; index < map.size(); index += stride, ++points) {
      const double plain = clearance(atoms, radii, map.position(map.grid_point(index)));
      largest_difference = std::max(largest_difference, std::abs(plain - map.clearances()[index]));
    }
  }
  if (largest_difference > 1e-4) return state.SkipWithError("map and loop differ");
  report(state, points);
}

void rings(benchmark::State& state) {
  const CarbonStructure& structure = carbon(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(find_rings(structure.bonds, largest_ring));
  report(state, static_cast<double>(structure.atoms.size()), "breadth_first/" + std::to_string(state.range(0)));
}

void breadth_first(benchmark::State& state) {
  const BondGraph& bonds = carbon(state.range(0)).bonds;
  std::vector<std::uint32_t> queue, seen_from(bonds.size(), 0);
  std::uint32_t search = 0;
  for (auto _ : state)
    for (std::uint32_t start = 0; start < bonds.size(); ++start) {
      seen_from[start] = ++search;
      queue.assign(1, start);
      std::size_t begin = 0;
      for (int depth = 0; depth < largest_ring / 2; ++depth)
        for (const std::size_t end = queue.size(); begin < end; ++begin)
          for (const std::uint32_t next : bonds.of(queue[begin]))
            if (seen_from[next] != search) seen_from[next] = search, queue.push_back(next);
      benchmark::DoNotOptimize(queue.data());
    }
  report(state, static_cast<double>(bonds.size()));
}

BENCHMARK(debye_double_sum)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(debye_histogram)->Arg(1000)->Arg(8000)->Unit(benchmark::kMillisecond);
BENCHMARK(nearest_atom_loop)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(void_map)->Arg(1000)->Arg(8000)->Unit(benchmark::kMillisecond);
BENCHMARK(breadth_first)->Arg(8000)->Unit(benchmark::kMillisecond);
BENCHMARK(rings)->Arg(8000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cardhouse
