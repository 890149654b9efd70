#include "engine/app/version.hpp"

#include <Eigen/src/Core/util/Macros.h>
#include <fftw3.h>
#include <fmt/core.h>
#include <hdf5.h>
#include <mpi.h>
#include <omp.h>
#include <CLI/Version.hpp>

#include "git_version.hpp"

namespace cardhouse {
namespace {

std::string mpi_library() {
  char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(text, &length);
  const std::string all(text, static_cast<std::size_t>(length));
  return all.substr(0, all.find(','));
}

constexpr const char* contracts_checked() {
#ifdef CARDHOUSE_CONTRACTS
  return "on";
#else
  return "off";
#endif
}

}  // namespace

std::string version_number() {
  return CARDHOUSE_VERSION;
}

std::string version_hash() {
  return CARDHOUSE_GIT_HASH;
}

std::string build_description() {
  return fmt::format("{}, {}, contracts {}", CARDHOUSE_COMPILER, CARDHOUSE_BUILD_TYPE, contracts_checked());
}

std::string version_text() {
  std::string text = fmt::format("Cardhouse {} ({})\n", version_number(), version_hash());
  text += fmt::format("  build     {}\n", build_description());
  text += fmt::format("  MPI       {}\n", mpi_library());
  text += fmt::format("  OpenMP    {} threads at most\n", omp_get_max_threads());
  text += fmt::format("  HDF5      {}.{}.{}, parallel\n", H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE);
  text += fmt::format("  FFTW      {}\n", std::string(fftw_version));
  text += fmt::format("  Eigen     {}.{}.{}\n", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION);
  text += fmt::format("  fmt       {}.{}.{}\n", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100);
  text += fmt::format("  CLI11     {}", CLI11_VERSION);
  return text;
}

}  // namespace cardhouse
