// Molecular dynamics with reactive potentials against LAMMPS, per atom and step: velocity Verlet at 300 K, 0.5 fs,
// lists made as they are needed, on AB graphite of 20 400 atoms (73.8 x 72.4 x 33.5 angstrom) and on a disordered
// carbon of 20 000 atoms; metals on bcc sodium of 16 000 atoms. The reference `lammps/...` runs the same structure,
// parameter file, step and number of atoms through `lmp` on one rank and takes the user time of its loop; without lmp
// on the PATH it is left out.

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "benchmarks/carbon_samples.hpp"
#include "benchmarks/lammps_loop.hpp"
#include "benchmarks/ratios.hpp"
#include "engine/relax/dynamics.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

/// One line a comparison. `{}` stands for the parameter file in pair_coeff.
struct Contender {
  const char* name;
  const char* potential;   ///< in the registry
  const char* parameters;  ///< in inputs/potentials, else in $CARDHOUSE_TEST_DATA; left out where it is in neither
  const char* pair_style;  ///< of LAMMPS
  const char* pair_coeff;
};

constexpr std::array contenders{
    Contender{"edip_carbon_and_tersoff", "edip-carbon", "C_edip_2000.toml", "tersoff",
              "* * " CARDHOUSE_SOURCE_DIR
              "/inputs/potentials/C_tersoff_1988.tersoff C"},  // LAMMPS has no EDIP of Marks
    Contender{"embedded_atom", "embedded-atom", "Na_MendelevM_2014.eam.fs", "eam/fs", "* * {} Na"},
    Contender{"nep_and_tersoff", "nep", "C_2024_NEP4.txt", "tersoff",
              "* * " CARDHOUSE_SOURCE_DIR
              "/inputs/potentials/C_tersoff_1988.tersoff C"},  // LAMMPS of Debian has no NEP
    Contender{"rebo", "rebo", "CH_rebo2_2002.toml", "rebo", "* * /usr/share/lammps/potentials/CH.rebo C"},
    Contender{"tersoff", "tersoff", "C_tersoff_1988.tersoff", "tersoff", "* * {} C"},
    Contender{"tersoff_erhart_albe", "tersoff", "C_erhart_albe_2005.tersoff", "tersoff", "* * {} C"},
    Contender{"tersoff_kolmogorov_crespi_and_tersoff", "tersoff+kolmogorov-crespi", "C_tersoff_1988.tersoff", "tersoff",
              "* * {} C"},  // LAMMPS of Debian has no Kolmogorov-Crespi with normals
};

struct Sample {
  const char* name;
  const CarbonStructure& (*structure)();
};

constexpr std::array samples{Sample{"disordered", disordered_carbon}, Sample{"graphite", graphite_at_rest},
                             Sample{"sodium", sodium_at_rest}};

bool suits(const Contender& contender, const Sample& sample) {
  return (std::string_view(sample.name) == "sodium") == (std::string_view(contender.potential) == "embedded-atom");
}

/// Empty where the file is missing.
std::string path_of(const Contender& contender) {
  const char* test_data = std::getenv("CARDHOUSE_TEST_DATA");
  for (const std::string& folder :
       {std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/potentials", std::string(test_data == nullptr ? "" : test_data)}) {
    const std::string path = folder + "/" + contender.parameters;
    if (std::filesystem::is_regular_file(path)) return path;
  }
  return {};
}

void run_dynamics(benchmark::State& state, const Contender& contender, const Sample& sample) {
  const CarbonStructure& structure = sample.structure();
  constexpr int steps = 20;
  const auto potential = make_potential(contender.potential, structure, {.parameter_file = path_of(contender)});
  Stream stream(2, Purpose::Test);
  Atoms atoms = structure.atoms;
  Dynamics dynamics(atoms, *potential, {.ensemble = Ensemble::Nve}, stream);
  const auto run = [&] {
    for (int step = 0; step < steps; ++step) dynamics.step(stream);
  };
  run();
  for (auto _ : state) run();
  report(state, static_cast<double>(structure.atoms.size()) * steps,
         fmt::format("lammps/{}/{}", contender.name, sample.name));
}

void run_lammps(benchmark::State& state, const Contender& contender, const Sample& sample) {
  const CarbonStructure& structure = sample.structure();
  constexpr int steps = 200;
  for (auto _ : state) {
    const auto seconds =
        lammps_loop(structure.atoms,
                    {contender.pair_style, fmt::format(fmt::runtime(contender.pair_coeff), path_of(contender))}, steps);
    if (!seconds) state.SkipWithError("lmp failed");
    state.SetIterationTime(seconds.value_or(1));
  }
  report(state, static_cast<double>(structure.atoms.size()) * steps);
}

const bool registered = [] {
  for (const Contender& contender : contenders) {
    if (path_of(contender).empty()) continue;
    for (const Sample& sample : samples) {
      if (!suits(contender, sample)) continue;
      const auto label = [&](const char* kind) { return fmt::format("{}/{}/{}", kind, contender.name, sample.name); };
      benchmark::RegisterBenchmark(label("dynamics").c_str(), run_dynamics, contender, sample)
          ->Unit(benchmark::kMillisecond);
      if (!lammps_is_installed()) continue;
      benchmark::RegisterBenchmark(label("lammps").c_str(), run_lammps, contender, sample)
          ->Unit(benchmark::kMillisecond)
          ->UseManualTime()
          ->Iterations(1);
    }
  }
  return true;
}();

}  // namespace
}  // namespace cardhouse
