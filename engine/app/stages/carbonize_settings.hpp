#pragma once

#include "engine/base/deck.hpp"
#include "engine/carbonize/carbonize.hpp"

namespace cardhouse {

/// What a [carbonize] table asks for.
struct CarbonizeSettings {
  Process process;
  CarbonizeOptions options;
};

/// Reads the keys of read_process() and `cells` (6, along an edge of the lattice) and `replicas` (20, see
/// ReactionLatticeOptions). What `deck` leaves out is taken from `defaults`, where given. Throws InputError.
CarbonizeSettings read_carbonize_settings(const DeckTable& deck, const DeckTable* defaults = nullptr);

}  // namespace cardhouse
