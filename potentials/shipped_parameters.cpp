#include "potentials/shipped_parameters.hpp"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

namespace fs = std::filesystem;

// The folders that may hold what comes with the program, the likeliest first.
std::vector<fs::path> data_folders() {
  if (const char* chosen = std::getenv("CARDHOUSE_DATA")) return {chosen};
  std::error_code unknown;  // without /proc the place of the program is not known
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  std::vector<fs::path> places{program.parent_path() / CARDHOUSE_DATA_FROM_PROGRAM, CARDHOUSE_SOURCE_DIR,
                               CARDHOUSE_INSTALL_DATA};
  for (fs::path& place : places) place /= "inputs";
  return places;
}

}  // namespace

std::string shipped_parameters(std::string_view file) {
  std::error_code impossible;  // a name may be too long to be one
  for (const fs::path& folder : data_folders()) {
    const fs::path path = folder / "potentials" / file;
    if (fs::is_regular_file(path, impossible)) return path.lexically_normal().string();
  }
  throw InputError("the parameter file '" + std::string(file) + "' that comes with Cardhouse was not found",
                   "set CARDHOUSE_DATA to the 'inputs' folder of Cardhouse");
}

std::string chosen_parameters(const std::string& chosen, std::string_view shipped) {
  return chosen.empty() ? shipped_parameters(shipped) : chosen;
}

}  // namespace cardhouse
