#pragma once
// The sites at which sodium would enter a carbon that is cut, and how fast it comes and goes there at equilibrium.

#include <cstdint>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/transport/charge_transfer.hpp"

namespace cardhouse {

/// Entrances of the surfaces that plane cuts through a piece of bulk would make.
struct Entrances {
  std::vector<std::uint32_t> sites;  ///< one entry for each cut and face on which the site is an entrance
  double density = 0;                ///< of entrances on one face of a cut, mean over the cuts [1/angstrom^2]
};

/// A site is an entrance of a cut when a hop that is possible (finite barrier) crosses the plane from it. `cuts` planes
/// along each face of the cell, evenly spaced. EXPECTS cuts > 0.
Entrances find_entrances(const SiteNetwork& network, int cuts);

struct ExchangeRateOptions {
  double temperature = 298.15;  ///< [K]
  double composition = 0.5;     ///< share of the capacity at 0 V
  int sweeps = 60;              ///< at each voltage, as many again before them
  std::uint64_t seed = 1;
};

/// What the exchange current at one composition is made of.
struct ExchangeRate {
  double voltage = 0;  ///< at which the carbon has this composition [V]
  /// Mean over the entrances of k_in/k0 of vacant ones, which at equilibrium is that of k_out/k0 of occupied ones:
  /// sqrt(theta (1 - theta)) by Butler and Volmer for sites that are all alike.
  Estimate factor;
};

/// Samples the carbon at the voltage of that composition. With it the exchange current density is
/// j0 = e k0 factor density times the true area over the area that j0 is given for.
ExchangeRate exchange_rate(const SiteNetwork& network, const Entrances& entrances, const SodiumParameters& sodium,
                           ChargeTransferParameters transfer, const ExchangeRateOptions& options);

}  // namespace cardhouse
