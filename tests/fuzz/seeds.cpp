#include "tests/fuzz/seeds.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/io/structure_files.hpp"
#include "engine/io/text_file.hpp"
#include "tests/io/sample_structures.hpp"
#include "tests/potentials/made_up_parameters.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse::fuzz {
namespace {

namespace fs = std::filesystem;

/// A file that its own writer made.
template <class Write>
std::string written_by(const std::string& name, Write write) {
  const ScratchFolder folder;
  write(folder.path(name));
  return read_text_file(folder.path(name));
}

/// eam/fs of two metals of no material: a density for each pair of elements.
std::string made_up_finnis_sinclair() {
  constexpr int points = 8;
  std::string text = fmt::format("made up\nfor tests\neam/fs\n2 Na K\n{0} 0.5 {0} 0.6 4.2\n", points);
  const auto add = [&](double start, double slope) {
    for (int k = 0; k < points; ++k) text += fmt::format("{:.6e}{}", start + slope * k, k % 4 == 3 ? "\n" : " ");
  };
  for (int element = 0; element < 2; ++element) {
    text += element == 0 ? "11 22.99 4.2 bcc\n" : "19 39.1 5.3 bcc\n";
    add(0, -0.3), add(1, -0.1), add(2, -0.2);
  }
  for (int pair = 0; pair < 3; ++pair) add(3, -0.4);
  return text;
}

/// In a cell wide enough to be described.
CarbonStructure wide_host() {
  CarbonStructure host = small_host();
  host.atoms.cell = host.atoms.cell.scaled(1.5);
  return host;
}

std::string pattern_with(std::string_view separator) {
  std::string text = "# 2 theta, counts\n";
  for (int k = 0; k < 60; ++k) {
    const double angle = 10 + 1.2 * k;
    text += fmt::format("{:.2f}{}{:.1f}\n", angle, separator, 50 + 900 * std::exp(-std::pow((angle - 24) / 3, 2)));
  }
  return text;
}

}  // namespace

std::vector<Seed> shipped(const std::string& folder, std::initializer_list<std::string_view> files) {
  const std::string path = inputs_folder() + "/" + folder + "/";
  std::vector<std::string> names(files.begin(), files.end());
  if (names.empty())
    for (const auto& entry : fs::directory_iterator(path))
      if (entry.path().extension() == ".toml") names.push_back(entry.path().filename());
  std::ranges::sort(names);
  std::vector<Seed> seeds;
  for (const std::string& name : names) seeds.push_back({name, read_text_file(path + name)});
  return seeds;
}

std::vector<Seed> decks() {
  std::vector<Seed> seeds = shipped("runs");
  for (Seed& seed : shipped("routes")) seeds.push_back(std::move(seed));
  return seeds;
}

std::vector<Seed> extended_xyz() {
  const CarbonStructure host = wide_host();
  const std::vector<StructureFrame> frames{as_frame(host.atoms),
                                           {sodiated(host, {0, 1}), {0, 1, 2, 3, 4, 5, 9, 8}, {{"energy", "-1.5"}}}};
  return {{"carbon.xyz", written_by("carbon.xyz", [&](const auto& path) { write_extended_xyz(path, frames); })},
          {"foreign.extxyz",
           "2\nLattice=\"12 0 0 0 12 0 0 0 12\" Properties=pos:R:3:species:S:1:forces:R:3 pbc=\"T T T\"\n"
           "0 0 0 C 0 0 0.1\n0 0 1.4 C 0 0 -0.1\n"}};
}

std::vector<Seed> lammps_data() {
  return {{"carbon.data", lammps_data_text(wide_host().atoms)},
          {"charge.data",
           "foreign\n\n2 atoms\n1 bonds\n2 atom types\n1 bond types\n\n-1 11 xlo xhi\n0 12 ylo yhi\n0 12 zlo zhi\n"
           "0.5 0 0 xy xz yz\n\nMasses\n\n1 12.011\n2 22.99 # Na\n\nAtoms # charge\n\n2 2 1.0 1 2 3 0 0 1\n"
           "1 1 -1.0 0 0 0\n\nVelocities\n\n1 0 0 0\n2 0 0 0\n\nBonds\n\n1 1 1 2\n"}};
}

std::vector<Seed> nep_files() {
  const std::string shape = "cutoff 5 4 100 20\nn_max 1 1\nbasis_size 0 1\nl_max 1 0 0\nANN 1 0\n";
  std::string small = "nep3 1 C\n" + shape;
  for (int k = 1; k <= 17; ++k) small += std::to_string(k) + "\n";
  return {{"nep.txt", samples::made_up_nep()}, {"small.txt", small}};
}

std::vector<Seed> patterns() {
  return {{"pattern.csv", pattern_with(",")}, {"pattern.xy", pattern_with("  ")}};
}

std::vector<Seed> run_files() {
  return {{"run.h5", written_by("run.h5", [](const auto& path) { write_sample_run(path, 4); })}};
}

std::vector<Seed> setfl_files() {
  return {{"Na.eam.alloy", samples::made_up_setfl()}, {"NaK.eam.fs", made_up_finnis_sinclair()}};
}

}  // namespace cardhouse::fuzz
