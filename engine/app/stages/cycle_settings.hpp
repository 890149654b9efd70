#pragma once
// The [cycle] table of a deck: what the potentiostat is told.

#include <string>
#include <vector>

#include "engine/base/deck.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/transport/protocol.hpp"

namespace cardhouse {

/// A current that is followed by a rest: of the galvanostatic intermittent titration.
struct Pulse {
  std::size_t pulse;  ///< steps of the protocol, by number
  std::size_t rest;
};

struct CycleSettings {
  SodiumParameters sodium;
  ChargeTransferParameters transfer;
  ProtocolOptions options;  ///< a fast rate of zero: that of rate_to_equilibrate
  std::string places;       ///< "outside", "mouths", or "either": outside where there is one
  double capacity = 0;      ///< to begin with [mAh/g]
  int replicas = 2;
  /// Whether metal on pore walls fills the host states that galleries fill (HamiltonianTerms::shared_reservoir), cycle
  /// by cycle: one, or on and off to compare.
  std::vector<bool> couplings;
  /// Currents are those of one gram until the host is known [A/g].
  std::vector<ProtocolStep> steps;
  std::vector<Pulse> pulses;
};

/// Throws InputError for unknown choices, steps that end nowhere, and values out of range.
CycleSettings read_cycle_settings(const DeckTable& deck);

}  // namespace cardhouse
