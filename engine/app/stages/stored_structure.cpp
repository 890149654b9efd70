#include "engine/app/stages/stored_structure.hpp"

#include <filesystem>

#include "engine/io/structure_files.hpp"

namespace cardhouse {

CarbonStructure bonded_structure_file(const std::string& path) {
  Atoms atoms = read_structure_file(path).atoms;
  BondGraph bonds = BondGraph::from_distances(atoms);
  return {std::move(atoms), std::move(bonds)};
}

CarbonStructure current_structure(const StageContext& context) {
  if (context.settings.has("structure_file")) return bonded_structure_file(context.settings.text("structure_file"));
  for (const char* stage : {"relax", "build"})
    if (context.file.stage_complete(stage)) return context.file.read_structure(std::string(stage) + "/structure");
  throw InputError("no structure in '" + context.file.path() + "'", "run the stages build or relax first");
}

std::vector<std::string> needs_structure(const DeckTable& settings) {
  if (settings.has("structure_file")) return {};
  return {"build|relax"};
}

void check_structure_key(const DeckTable& settings) {
  if (!settings.has("structure_file")) return;
  if (!std::filesystem::exists(settings.text("structure_file")))
    settings.fail("structure_file", "there is no file '" + settings.text("structure_file") + "'",
                  "give a path as seen from where the program starts");
}

}  // namespace cardhouse
