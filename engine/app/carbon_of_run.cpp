#include "engine/app/carbon_of_run.hpp"

#include "engine/app/run_plan.hpp"
#include "engine/app/stages/stored_structure.hpp"

namespace cardhouse {

CarbonStructure carbon_of_run(RunFile& file, const Communicator& ranks) {
  const RunHeader header = file.header();
  const Deck deck = Deck::from_text(header.deck_text, header.deck_name);
  return host_of_sites({stage_settings(deck, "sites"), file, ranks, header.seed, "", {}});
}

}  // namespace cardhouse
