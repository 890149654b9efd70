#include "engine/app/data_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

namespace fs = std::filesystem;

// The folders that may hold what comes with the program, the likeliest first.
std::vector<fs::path> places() {
  std::error_code unknown;  // without /proc the place of the program is not known
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  return {program.parent_path() / CARDHOUSE_DATA_FROM_PROGRAM, CARDHOUSE_SOURCE_DIR, CARDHOUSE_INSTALL_DATA};
}

}  // namespace

std::string data_folder() {
  if (const char* chosen = std::getenv("CARDHOUSE_DATA")) {
    if (fs::is_directory(fs::path(chosen) / "precursors")) return chosen;
    throw InputError(std::string("CARDHOUSE_DATA names '") + chosen + "', which holds no precursors",
                     "point it at the 'inputs' folder of Cardhouse or unset it");
  }
  for (const fs::path& place : places())
    if (fs::is_directory(place / "inputs/precursors")) return (place / "inputs").lexically_normal().string();
  throw InputError("the data that come with Cardhouse were not found",
                   "set CARDHOUSE_DATA to the 'inputs' folder of Cardhouse");
}

std::string python_folder() {
  for (const fs::path& place : places())
    if (fs::is_directory(place / "analysis/python")) return (place / "analysis/python").lexically_normal().string();
  return {};
}

}  // namespace cardhouse
