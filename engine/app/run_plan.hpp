#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/deck.hpp"

namespace cardhouse {

/// The [run] table of a deck.
struct RunPlan {
  std::string name;
  std::vector<std::string> stages;  ///< in order of execution
  std::uint64_t seed = 1;
  std::string folder;  ///< output folder; default "<name>-output"
};

/// Reads [run] and checks the settings of every stage that the deck lists, so that a wrong deck never starts: unknown
/// stages, keys, units, missing needs. `present` are stages that a run file already holds.
RunPlan read_plan(const Deck& deck, const std::vector<std::string>& present = {});

/// The stages carbonize and report of any deck with a [carbonize] table, which it checks; `name`, `seed` and `output`
/// come from [run], where there is one, else from the deck's file name. Throws InputError.
RunPlan read_carbonize_plan(const Deck& deck);

/// read_plan() of a deck with a [run] table, read_carbonize_plan() of one without.
RunPlan read_any_plan(const Deck& deck);

/// The same for one stage of a deck that need not have a [run] table; `present` are the complete stages of the run
/// file. Unknown keys anywhere in the deck are errors too.
void check_stage(const Deck& deck, const std::string& stage, const std::vector<std::string>& present);

/// The table of a stage in the deck, or an empty one when the deck says nothing about it.
DeckTable stage_settings(const Deck& deck, const std::string& stage);

}  // namespace cardhouse
