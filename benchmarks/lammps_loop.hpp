#pragma once

#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "engine/io/structure_files.hpp"

namespace cardhouse {

inline bool lammps_is_installed() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((folder + "/lmp").c_str(), X_OK) == 0) return true;
  }
  return false;
}

struct LammpsPair {
  std::string style;
  std::string coefficients;
};

/// What LAMMPS says on its screen.
inline std::string lammps_output(const std::string& input) {
  const std::string command = "OMP_NUM_THREADS=1 lmp -in '" + input + "' -log none 2>&1";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> buffer;
  while (pipe && std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) text += buffer.data();
  return text;
}

/// User time [s] of the loop of an input: its time by the clock times the share of processor that LAMMPS reports,
/// without set-up. Nothing when it fails.
inline std::optional<double> lammps_user_time(const std::string& input) {
  std::istringstream output(lammps_output(input));
  double loop = 0;
  for (std::string line; std::getline(output, line);) {
    double percent = 0;
    std::sscanf(line.c_str(), "Loop time of %lf", &loop);
    if (loop > 0 && std::sscanf(line.c_str(), "%lf%% CPU use", &percent) == 1) return loop * percent / 100;
  }
  return std::nullopt;
}

/// User time [s] of `steps` steps of dynamics at 300 K in LAMMPS on one rank and one thread. Nothing when it fails.
inline std::optional<double> lammps_loop(const Atoms& atoms, const LammpsPair& pair, int steps) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / fmt::format("cardhouse_lammps_{}", getpid());
  fs::create_directories(folder);
  write_lammps_data(folder / "data", atoms);
  std::ofstream(folder / "input") << fmt::format(
      "units metal\natom_style atomic\nread_data {}\npair_style {}\npair_coeff {}\n"
      "neighbor 1.0 bin\ntimestep 0.0005\nvelocity all create 300 4928459\nfix 1 all nve\nthermo {}\nrun {}\n",
      (folder / "data").string(), pair.style, pair.coefficients, steps, steps);
  const std::optional<double> seconds = lammps_user_time(folder / "input");
  fs::remove_all(folder);
  return seconds;
}

}  // namespace cardhouse
