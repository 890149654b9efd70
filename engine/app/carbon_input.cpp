#include "engine/app/carbon_input.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <vector>

#include "engine/app/stages/stored_structure.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/io/run_file.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {
namespace {

constexpr double default_reach = 1.752;  // of BondGraph::from_distances for C-C: 1.2 (0.73 + 0.73) [angstrom]

bool ends_like(const std::string& path, const std::vector<std::string>& endings) {
  std::string ending = std::filesystem::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

std::string name_of_file(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::vector<std::string> stages_with_structure(const RunFile& file) {
  std::vector<std::string> stages;
  for (const std::string& stage : file.stages())
    if (file.stage_complete(stage) && file.has(stage + "/structure")) stages.push_back(stage);
  return stages;
}

// A carbon that only the sites were found in comes last: it is a copy of what a stage was given.
std::string last_of(const std::vector<std::string>& stages) {
  for (const char* stage : {"relax", "anneal", "build"})
    if (std::find(stages.begin(), stages.end(), stage) != stages.end()) return stage;
  return stages.back();
}

CarbonInput read_run_carbon(const std::string& path, const std::optional<std::string>& wanted) {
  const RunFile file = RunFile::open(path, FileMode::Read);
  const std::vector<std::string> stages = stages_with_structure(file);
  const SourcePlace place{path, 0, {}};
  if (stages.empty()) throw InputError(place, "holds no structure", "run its stages build or relax first");
  const std::string stage = wanted.value_or(last_of(stages));
  if (std::find(stages.begin(), stages.end(), stage) == stages.end())
    throw InputError(place, "holds no structure of a stage '" + stage + "'", suggest_name(stage, stages));
  CarbonInput input{file.read_structure(stage + "/structure"), stage + "/structure of " + name_of_file(path),
                    "as stored in the run"};
  require_sound(input.carbon.atoms, path, crumpled_separation);
  return input;
}

CarbonInput read_frame_carbon(const std::string& path, const std::optional<std::string>& stage) {
  if (stage) throw InputError({path, 0, {}}, "has no stages", "give --stage with a run file only");
  return {bonded_structure_file(path), "the last frame of " + name_of_file(path),
          "closer than 1.2 times the sum of their covalent radii (1.75 angstrom for C-C)"};
}

void require_wide(const Cell& cell, const std::string& path) {
  const Vector3& widths = cell.widths();
  const double narrowest = std::min({widths.x, widths.y, widths.z});
  if (narrowest >= least_cell_width) return;
  throw InputError({path, 0, {}},
                   fmt::format("the cell is {:.3g} angstrom wide, at least {} are needed (a ring must not face its own "
                               "image)",
                               narrowest, least_cell_width),
                   "repeat the cell");
}

}  // namespace

bool is_run_file(const std::string& path) {
  return ends_like(path, {".h5", ".hdf5", ".h5md"});
}

bool is_pattern_file(const std::string& path) {
  return ends_like(path, {".xy", ".xye", ".dat", ".txt", ".csv", ".chi"});
}

CarbonInput read_carbon(const std::string& path, const CarbonInputOptions& options) {
  CarbonInput input = is_run_file(path) ? read_run_carbon(path, options.stage) : read_frame_carbon(path, options.stage);
  require_wide(input.carbon.atoms.cell, path);
  if (options.bonds_within) {
    input.carbon.bonds = bonds_by_distance(input.carbon.atoms, *options.bonds_within);
    input.bonds_from = fmt::format("C-C closer than {:g} angstrom, others in proportion to their covalent radii",
                                   *options.bonds_within);
  }
  return input;
}

BondGraph bonds_by_distance(const Atoms& atoms, double carbon_carbon) {
  EXPECTS(carbon_carbon > 0);
  const double factor = default_reach / carbon_carbon;  // a longer reach is a smaller structure
  Atoms scaled{atoms.cell.scaled(factor), atoms.positions, atoms.elements};
  for (Vector3& position : scaled.positions) position = factor * position;
  return BondGraph::from_distances(scaled);
}

}  // namespace cardhouse
