#pragma once

#include "engine/base/deck.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {

/// What [relax] of a deck says.
struct RelaxSettings {
  RelaxOptions options;
  int frames = 0;  ///< of the dynamics, for people
};

/// Reads every key. A parameter file is looked for beside the deck, then among those that come with the program. Throws
/// InputError at the key.
RelaxSettings read_relax_settings(const DeckTable& deck);

}  // namespace cardhouse
