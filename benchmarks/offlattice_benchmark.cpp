// Cost of one trial move of sodium off the lattice: grand canonical sampling at 600 K, half insertions and removals, a
// tenth relocations, the rest displacements, of about 390 sodium in a slit of 10 angstrom between graphite layers (5760
// carbon atoms, three layers on either side), with a many-body metal. The reference `recomputed_moves` takes every
// energy from two evaluations of the potentials on all atoms; `lammps_moves` is `fix gcmc` of `lmp` with full_energy,
// which a many-body metal needs, half exchanges and half displacements, its carbon term Lennard-Jones instead of the
// fitted one. Embedded atoms read Na_v2.eam.fs from $CARDHOUSE_TEST_DATA and are left out without it.

#include <fmt/core.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include "benchmarks/lammps_loop.hpp"
#include "benchmarks/ratios.hpp"
#include "engine/offlattice/off_lattice_sampler.hpp"
#include "potentials/pair_potential.hpp"
#include "potentials/second_moment.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {
namespace {

constexpr double temperature = 600;           // K
constexpr double chemical_potential = -1.62;  // eV, at which about as much comes as goes
constexpr std::size_t sodium_count = 390;

Atoms slit() {
  constexpr double a = 2.46, bond = 1.42028, layer = 3.35, gap = 10;
  constexpr int nx = 20, ny = 12;
  Atoms atoms{Cell::orthorhombic(nx * a, 3 * bond * ny, 5 * layer + gap), {}, {}};
  for (int k = 0; k < 6; ++k)
    for (int x = 0; x < nx; ++x)
      for (int y = 0; y < ny; ++y)
        for (const Vector3& site : {Vector3{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}})
          atoms.add(Element::C,
                    site + Vector3{x * a, 3 * bond * y + k % 2 * bond, layer * k + (k > 2 ? gap - layer : 0)});
  return atoms;
}

std::string test_data(const char* file) {
  const char* folder = std::getenv("CARDHOUSE_TEST_DATA");
  return folder == nullptr ? "" : std::string(folder) + "/" + file;
}

/// Two layers of sodium in the slit, shaken to the temperature.
struct Sample {
  explicit Sample(const SodiumInteractionFiles& files)
      : interactions(files),
        potential(slit(), interactions, overlap_floor(interactions, temperature)),
        volume(potential),
        state(potential, sodium_count),
        sampler(volume, {.chemical_potential = chemical_potential, .temperature = temperature}) {
    const auto& edges = potential.cell().vectors();
    constexpr std::size_t along = 14;
    for (std::size_t k = 0; k < sodium_count; ++k) {
      const double x = (static_cast<double>(k % along) + 0.25) / along * edges[0].x;
      const double y = (static_cast<double>(k / along % along) + 0.25) / along * edges[1].y;
      const double offset = k < along * along ? 0 : 0.5 / along;
      const double z = 6.7 + (k < along * along ? 3.2 : 6.8);
      state.propose_insertion({x + offset * edges[0].x, y + offset * edges[1].y, z});
      state.accept();
    }
    OffLatticeSampler shaking(volume, {.temperature = temperature, .exchange = 0, .relocation = 0});
    for (int move = 0; move < 20000; ++move) shaking.trial(state, stream);
    for (int move = 0; move < 20000; ++move) sampler.trial(state, stream);
  }
  Stream stream{1, Purpose::Test};
  SodiumInteractions interactions;
  SodiumPotential potential;
  AccessibleVolume volume;
  SodiumConfiguration state;
  OffLatticeSampler sampler;
};

void moves(benchmark::State& state, Sample& sample) {
  constexpr int batch = 1000;
  for (auto _ : state)
    for (int move = 0; move < batch; ++move) sample.sampler.trial(sample.state, sample.stream);
  state.counters["sodium"] = static_cast<double>(sample.state.count());
  state.counters["per_second"] =
      benchmark::Counter(batch, benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::kIs1000);
}

Sample& second_moment() {
  static Sample sample({});
  return sample;
}

void off_lattice_moves_second_moment(benchmark::State& state) {
  moves(state, second_moment());
  report(state, 1000, "recomputed_moves");
}

double full_energy(const Sample& sample, std::span<const Vector3> sodium) {
  Atoms both = sample.potential.host(), metal{both.cell, {}, {}};
  for (const Vector3& position : sodium) both.add(Element::Na, position), metal.add(Element::Na, position);
  std::vector<Vector3> forces(both.size()), metal_forces(metal.size());
  PairPotential pairs({both, BondGraph(both.size(), {})}, {.parameter_file = shipped_parameters("Na_CHO.toml")});
  SecondMoment bonds({metal, BondGraph(metal.size(), {})},
                     {.parameter_file = shipped_parameters("Na_second_moment_rescaled.toml")});
  return pairs.evaluate(both, forces).energy + bonds.evaluate(metal, metal_forces).energy;
}

/// Displacements with both energies taken afresh, which must agree with the local ones.
void recomputed_moves(benchmark::State& state) {
  Sample& sample = second_moment();
  double worst = 0;
  for (auto _ : state) {
    const std::size_t atom = sample.stream.below(sample.state.count());
    std::vector<Vector3> sodium(sample.state.positions().begin(), sample.state.positions().end());
    const double before = full_energy(sample, sodium);
    sodium[atom].x += 0.1;
    const double change = full_energy(sample, sodium) - before;
    worst = std::max(worst, std::abs(change - sample.state.propose_displacement(atom, sodium[atom])));
  }
  if (worst > 1e-8) return state.SkipWithError("the two ways differ in energy");
  report(state, 1);
}

BENCHMARK(recomputed_moves)->Unit(benchmark::kMillisecond);
BENCHMARK(off_lattice_moves_second_moment);

Sample& embedded_atom() {
  static Sample sample({.pairs = {}, .metal = "embedded-atom", .metal_parameters = test_data("Na_v2.eam.fs")});
  return sample;
}

void off_lattice_moves(benchmark::State& state) {
  moves(state, embedded_atom());
  report(state, 1000, lammps_is_installed() ? "lammps_moves" : "");
}

/// User time [s] of `trials` trial moves in LAMMPS, from its loop.
std::optional<double> lammps_gcmc(const Sample& sample, int trials) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / fmt::format("cardhouse_gcmc_{}", getpid());
  fs::create_directories(folder);
  Atoms atoms = sample.potential.host();
  for (const Vector3& position : sample.state.positions()) atoms.add(Element::Na, position);
  write_lammps_data(folder / "data", atoms);
  std::ofstream(folder / "input") << "units metal\natom_style atomic\nread_data " << (folder / "data").string()
                                  << "\npair_style hybrid eam/fs lj/cut 10.0\npair_coeff * * eam/fs "
                                  << test_data("Na_v2.eam.fs")
                                  << " NULL Na\npair_coeff 1 2 lj/cut 0.0148 3.2\npair_coeff 1 1 lj/cut 0.0 3.4\n"
                                  << "group carbon type 1\nneigh_modify exclude group carbon carbon\nneighbor 1.0 bin\n"
                                  << fmt::format(
                                         "fix 1 all gcmc 1 {0} {0} 2 29494 {1} {2} 0.4 full_energy\nthermo 1\nrun 1\n",
                                         trials / 2, temperature, chemical_potential);
  const std::optional<double> seconds = lammps_user_time(folder / "input");
  fs::remove_all(folder);
  return seconds;
}

void lammps_moves(benchmark::State& state) {
  constexpr int trials = 20;
  for (auto _ : state) {
    const std::optional<double> seconds = lammps_gcmc(embedded_atom(), trials);
    if (!seconds) return state.SkipWithError("lmp failed");
    state.SetIterationTime(*seconds);
  }
  report(state, trials);
}

[[maybe_unused]] const bool with_data = [] {
  if (!std::filesystem::exists(test_data("Na_v2.eam.fs"))) return false;
  if (lammps_is_installed()) benchmark::RegisterBenchmark("lammps_moves", lammps_moves)->UseManualTime()->Iterations(1);
  benchmark::RegisterBenchmark("off_lattice_moves", off_lattice_moves);
  return true;
}();

}  // namespace
}  // namespace cardhouse
