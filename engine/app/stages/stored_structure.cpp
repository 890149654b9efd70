#include "engine/app/stages/stored_structure.hpp"

#include <filesystem>

#include "engine/io/structure_files.hpp"
#include "engine/relax/closest_pair.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {

void require_sound(const Atoms& atoms, const std::string& path, double least_separation) {
  if (count(atoms, Element::C) == 0) throw InputError({path, 0, {}}, "holds no carbon");
  try {
    require_separated(atoms, least_separation);
  } catch (const InputError& error) {
    throw InputError({path, 0, {}}, error.what());
  }
}

CarbonStructure bonded_structure_file(const std::string& path) {
  Atoms atoms = read_structure_file(path).atoms;
  require_sound(atoms, path, RelaxOptions{}.least_separation);
  BondGraph bonds = BondGraph::from_distances(atoms);
  return {std::move(atoms), std::move(bonds)};
}

CarbonStructure current_structure(const StageContext& context) {
  if (context.settings.has("structure_file")) return bonded_structure_file(context.settings.text("structure_file"));
  for (const char* stage : {"relax", "anneal", "build"})
    if (context.file.stage_complete(stage)) return context.file.read_structure(std::string(stage) + "/structure");
  throw InputError("no structure in '" + context.file.path() + "'", "run the stages build or relax first");
}

CarbonStructure host_of_sites(const StageContext& context) {
  if (context.file.has("sites/structure")) return context.file.read_structure("sites/structure");
  return current_structure(context);
}

std::vector<std::string> needs_structure(const DeckTable& settings) {
  if (settings.has("structure_file")) return {};
  return {"build|anneal|relax"};
}

void check_structure_key(const DeckTable& settings) {
  if (!settings.has("structure_file")) return;
  const std::string path = settings.text("structure_file");
  std::error_code impossible;  // a name may be too long to be one
  if (!std::filesystem::is_regular_file(path, impossible))
    settings.fail("structure_file", "there is no file '" + path + "'",
                  "give a path as seen from where the program starts");
  bonded_structure_file(path);
}

}  // namespace cardhouse
