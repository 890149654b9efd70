#include "engine/app/data_folder.hpp"

#include <cstdlib>
#include <filesystem>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

namespace fs = std::filesystem;

const fs::path source = CARDHOUSE_SOURCE_DIR;
const fs::path installed = CARDHOUSE_INSTALL_DATA;

}  // namespace

std::string data_folder() {
  if (const char* chosen = std::getenv("CARDHOUSE_DATA")) {
    if (fs::is_directory(fs::path(chosen) / "precursors")) return chosen;
    throw InputError(std::string("CARDHOUSE_DATA names '") + chosen + "', which holds no precursors",
                     "point it at the 'inputs' folder of Cardhouse or unset it");
  }
  for (const fs::path& folder : {source / "inputs", installed / "inputs"})
    if (fs::is_directory(folder / "precursors")) return folder.string();
  throw InputError("the data that come with Cardhouse were not found",
                   "set CARDHOUSE_DATA to the 'inputs' folder of Cardhouse");
}

std::string python_folder() {
  for (const fs::path& folder : {source / "analysis/python", installed / "analysis/python"})
    if (fs::is_directory(folder)) return folder.string();
  return {};
}

}  // namespace cardhouse
