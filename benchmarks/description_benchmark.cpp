// Cost of describing a carbon of the builder, with closed pores of 0.1 cm3/g, on one thread.
// - Debye scattering, per pair of atoms and per q: histogram and transform of a cluster (`debye_histogram`) against the
//   double sum (`debye_double_sum`, 1000 atoms only).
// - The same curve of a periodic cell by Fourier transforms, per atom (`grid_scattering`), against its pair histogram
//   (`pair_scattering`), both to 20 angstrom; and the shells of its modes (`shell_average`), for small angles.
// - Void map of 0.5 angstrom steps, per grid point (`void_map`), against a loop over all atoms for every 16th grid
// point
//   (`nearest_atom_loop`, 1000 atoms only).
// - The whole diffractogram of 20 000 atoms, 1900 angles of Cu K alpha, exactly (`debye_diffractogram`), against the
// same
//   double sum.
// - Rings of up to 12 atoms, per atom (`rings`), against a breadth-first search from every atom to the far side of such
//   a ring (`breadth_first`), without which no ring can be told from a detour.
// - All pore quantities at once, per atom (`pores`), against one void map of the same carbon (`void_map_alone`), the
//   least a grid needs; the Voronoi graph alone (`void_graph`).
// - Rings of a million atoms (`rings/1000000`; graphite), against `breadth_first` on the same.
// - With CARDHOUSE_MILLION_ATOMS in the environment, a million atoms, the carbon of 8000 five times along every axis:
//   `million_pores` (one after another all four grids; its threads share the probes of a grid),
//   `million_grid_scattering` and `million_pair_scattering` (diffractogram to 100 degrees, all distances up to 40
//   angstrom).
// References that give another result than what they are compared with fail.

#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <vector>

#include "analysis/grid_scattering.hpp"
#include "analysis/order.hpp"
#include "analysis/pores.hpp"
#include "analysis/scattering.hpp"
#include "benchmarks/ratios.hpp"
#include "engine/base/constants.hpp"
#include "engine/builder/build_carbon.hpp"
#include "engine/structure/rings.hpp"
#include "engine/structure/void_map.hpp"

namespace cardhouse {
namespace {

/// With closed pores of 8 angstrom, 6 where the cell is too small for them, 0.1 cm3/g.
CarbonTargets porous(std::int64_t atoms) {
  CarbonTargets targets;
  targets.pore_radius = atoms < 4000 ? 6 : 8;
  targets.closed_pore_volume = 1e23 * (1e3 * constants::atomic_mass_kilogram);
  return targets;
}

const CarbonStructure& carbon(std::int64_t atoms) {
  static std::map<std::int64_t, CarbonStructure> made;
  if (!made.contains(atoms)) made.emplace(atoms, build_carbon(porous(atoms), {.atoms = atoms}, 1, {}).structure);
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

/// What a laboratory records: 5 to 100 degrees of Cu K alpha.
const std::vector<double> laboratory_q = q_grid(q_of_two_theta(5), q_of_two_theta(100), 1900);

void debye_diffractogram(benchmark::State& state) {
  const Atoms& atoms = carbon(state.range(0)).atoms;
  const std::vector<Vector3> positions = cluster_of(atoms);
  for (auto _ : state)
    benchmark::DoNotOptimize(scattering(PairHistogram::cluster(positions, atoms.elements), laboratory_q));
  report(state, pair_count(atoms) * static_cast<double>(laboratory_q.size()), "debye_double_sum/1000");
}

constexpr double range = 20;

/// The carbon of 8000 atoms, `times` along every axis.
const Atoms& repeated_carbon(std::int64_t times) {
  static std::map<std::int64_t, Atoms> made;
  if (made.contains(times)) return made.at(times);
  const Atoms& one = carbon(8000).atoms;
  const auto& v = one.cell.vectors();
  const auto n = static_cast<double>(times);
  Atoms all{Cell(n * v[0], n * v[1], n * v[2]), {}, {}};
  for (std::int64_t image = 0; image < times * times * times; ++image) {
    const Vector3 shift = static_cast<double>(image % times) * v[0] +
                          static_cast<double>(image / times % times) * v[1] +
                          static_cast<double>(image / times / times) * v[2];
    for (std::size_t i = 0; i < one.size(); ++i) all.add(one.elements[i], one.positions[i] + shift);
  }
  return made.emplace(times, std::move(all)).first->second;
}

ScatteringCurve pair_curve(const Atoms& atoms) {
  return scattering(PairHistogram::periodic(atoms, range), q);
}

void grid_scattering(benchmark::State& state) {
  const Atoms& atoms = repeated_carbon(state.range(0));
  ScatteringCurve grid;
  for (auto _ : state) grid = cardhouse::grid_scattering(atoms, q, range);
  const ScatteringCurve pairs = pair_curve(atoms);
  for (std::size_t i = 0; i < q.size(); ++i)
    if (std::abs(grid.structure_factor[i] - pairs.structure_factor[i]) > 0.005)
      return state.SkipWithError("grid and pairs differ");
  report(state, static_cast<double>(atoms.size()), "pair_scattering/" + std::to_string(state.range(0)));
}

void pair_scattering(benchmark::State& state) {
  const Atoms& atoms = repeated_carbon(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(pair_curve(atoms));
  report(state, static_cast<double>(atoms.size()));
}

void shell_average(benchmark::State& state) {
  const Atoms& atoms = repeated_carbon(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(cardhouse::shell_average(atoms, q.back()));
  report(state, static_cast<double>(atoms.size()), "pair_scattering/" + std::to_string(state.range(0)));
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

/// AB graphite of about `atoms` atoms; only its bonds count.
const BondGraph& graphite_bonds(std::int64_t atoms) {
  static std::map<std::int64_t, BondGraph> made;
  if (made.contains(atoms)) return made.at(atoms);
  constexpr double bond = 1.42;
  const double a = std::sqrt(3.0) * bond;
  const auto cells = static_cast<int>(std::lround(std::sqrt(static_cast<double>(atoms) / 40)));  // ten layers
  Atoms crystal{Cell::orthorhombic(cells * a, 3 * bond * cells, 33.5), {}, {}};
  const Vector3 basis[4] = {{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}};
  for (int n = 0; n < 10 * cells * cells; ++n)
    for (const Vector3& site : basis)
      crystal.add(Element::C,
                  site + Vector3{n % cells * a, 3 * bond * (n / cells % cells), 3.35 * (n / cells / cells)});
  return made.emplace(atoms, BondGraph::from_distances(crystal)).first->second;
}

/// Bonds of a carbon of the builder, or of graphite where building takes too long.
const BondGraph& bonds_of(std::int64_t atoms) {
  return atoms < 100000 ? carbon(atoms).bonds : graphite_bonds(atoms);
}

void rings(benchmark::State& state) {
  const BondGraph& bonds = bonds_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(find_rings(bonds, largest_ring));
  report(state, static_cast<double>(bonds.size()), "breadth_first/" + std::to_string(state.range(0)));
}

void breadth_first(benchmark::State& state) {
  const BondGraph& bonds = bonds_of(state.range(0));
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

void pores(benchmark::State& state) {
  const Atoms& atoms = carbon(state.range(0)).atoms;
  for (auto _ : state) benchmark::DoNotOptimize(analyse_pores(atoms));
  report(state, static_cast<double>(atoms.size()), "void_map_alone/" + std::to_string(state.range(0)));
}

void void_graph(benchmark::State& state) {
  const Atoms& atoms = carbon(state.range(0)).atoms;
  for (auto _ : state) benchmark::DoNotOptimize(sphere_diameters(VoidGraph(atoms)));
  report(state, static_cast<double>(atoms.size()), "void_map_alone/" + std::to_string(state.range(0)));
}

void void_map_alone(benchmark::State& state) {
  const Atoms& atoms = carbon(state.range(0)).atoms;
  for (auto _ : state) benchmark::DoNotOptimize(VoidMap(atoms));
  report(state, static_cast<double>(atoms.size()));
}

void million_pores(benchmark::State& state) {
  const Atoms& atoms = repeated_carbon(5);
  for (auto _ : state) benchmark::DoNotOptimize(analyse_pores(atoms));
  report(state, static_cast<double>(atoms.size()));
}

void million_grid_scattering(benchmark::State& state) {
  const Atoms& atoms = repeated_carbon(5);
  for (auto _ : state) benchmark::DoNotOptimize(cardhouse::grid_scattering(atoms, laboratory_q));
  report(state, static_cast<double>(atoms.size()));
}

void million_pair_scattering(benchmark::State& state) {
  const Atoms& atoms = repeated_carbon(5);
  for (auto _ : state) benchmark::DoNotOptimize(scattering(PairHistogram::periodic(atoms), laboratory_q));
  report(state, static_cast<double>(atoms.size()));
}

/// Minutes and gigabytes: only when asked for.
const bool with_a_million = [] {
  if (std::getenv("CARDHOUSE_MILLION_ATOMS") == nullptr) return false;
  const auto add = [](const char* name, void (*run)(benchmark::State&)) {
    benchmark::RegisterBenchmark(name, run)->Unit(benchmark::kSecond)->Iterations(1);
  };
  add("million_pores", million_pores);
  add("million_grid_scattering", million_grid_scattering);
  add("million_pair_scattering", million_pair_scattering);
  return true;
}();

BENCHMARK(debye_double_sum)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(debye_histogram)->Arg(1000)->Arg(8000)->Unit(benchmark::kMillisecond);
BENCHMARK(debye_diffractogram)->Arg(20000)->Unit(benchmark::kMillisecond);
BENCHMARK(pair_scattering)->Arg(1)->Arg(2)->Arg(3)->Unit(benchmark::kMillisecond);
BENCHMARK(grid_scattering)->Arg(1)->Arg(2)->Arg(3)->Unit(benchmark::kMillisecond);
BENCHMARK(shell_average)->Arg(1)->Arg(3)->Unit(benchmark::kMillisecond);
BENCHMARK(nearest_atom_loop)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(void_map)->Arg(1000)->Arg(8000)->Unit(benchmark::kMillisecond);
BENCHMARK(breadth_first)->Arg(8000)->Arg(1000000)->Unit(benchmark::kMillisecond);
BENCHMARK(rings)->Arg(8000)->Arg(1000000)->Unit(benchmark::kMillisecond);
BENCHMARK(void_map_alone)->Arg(20000)->Unit(benchmark::kMillisecond);
BENCHMARK(void_graph)->Arg(20000)->Unit(benchmark::kMillisecond);
BENCHMARK(pores)->Arg(20000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cardhouse
