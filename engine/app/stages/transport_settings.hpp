#pragma once

#include <vector>

#include "engine/base/deck.hpp"
#include "engine/transport/accelerated_transport.hpp"

namespace cardhouse {

/// The table [transport] of a deck.
struct TransportSettings {
  SodiumParameters sodium;
  TransportOptions options;
  AccelerationOptions acceleration;
  bool accelerate = true;
  double capacity = 0;  ///< [mAh/g]
  std::vector<double>
      temperatures;  ///< for activation energies, ascending, options.temperature among them; else empty [K]
};

/// Throws InputError.
TransportSettings read_transport_settings(const DeckTable& deck);

}  // namespace cardhouse
