#include "engine/app/describe_settings.hpp"
#include "engine/app/description.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_structure.hpp"

namespace cardhouse {
namespace {

void check(const DeckTable& deck) {
  check_structure_key(deck);
  read_describe_settings(deck);
}

void run(StageContext& context) {
  const CarbonStructure carbon = current_structure(context);
  const DescriptorOptions options = read_describe_settings(context.settings);
  write_description(context.file,
                    describe_carbon(carbon, descriptor_groups({}), options, context.ranks, context.progress));
}

}  // namespace

StageActions stage_actions::describe() {
  return {needs_structure, check, run};
}

}  // namespace cardhouse
