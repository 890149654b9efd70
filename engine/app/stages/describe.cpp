#include "engine/app/description.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_structure.hpp"

namespace cardhouse {
namespace {

void check(const DeckTable& deck) {
  check_structure_key(deck);
}

void run(StageContext& context) {
  const CarbonStructure carbon = current_structure(context);
  write_description(context.file, describe_carbon(carbon, descriptor_groups({}), {}, context.ranks, context.progress));
}

}  // namespace

StageActions stage_actions::describe() {
  return {needs_structure, check, run};
}

}  // namespace cardhouse
