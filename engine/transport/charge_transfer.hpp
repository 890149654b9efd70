#pragma once
// How fast sodium crosses between the electrolyte and a site at the surface.

#include <string>

#include "engine/base/deck.hpp"

namespace cardhouse {

enum class TransferLaw {
  ButlerVolmer,
  Marcus,
};

/// Parameters of the charge transfer Na+ + e- + vacant site <-> sodium on the site.
struct ChargeTransferParameters {
  TransferLaw law = TransferLaw::ButlerVolmer;
  double rate = 0;                   ///< k0, of one vacant site when inserting costs no work [1/s]
  double reference_temperature = 0;  ///< at which k0 holds [K]
  double activation_energy = 0;      ///< of k0 [eV]
  double symmetry = 0;               ///< alpha of Butler and Volmer, between 0 and 1
  double reorganisation_energy = 0;  ///< lambda of Marcus [eV]
};

/// Rates of one site [1/s].
struct TransferRates {
  double in;   ///< when it is vacant
  double out;  ///< when it is occupied
};

/// With w the work to insert one sodium at the present potential, w = dE + e V (dE against sodium metal [eV]):
///   Butler-Volmer  in = k0 exp(-alpha w/kT), out = k0 exp((1 - alpha) w/kT)
///   Marcus         in = k0 exp(-w/(2 kT) - w^2/(4 lambda kT)), out likewise with -w (Marcus 1956,
///   doi:10.1063/1.1742723;
///                  k0 holds the factor exp(-lambda/(4 kT)))
/// and k0 = rate exp(-(E/k) (1/T - 1/T0)). Always in/out = exp(-w/kT), so that at rest the sites are filled as the
/// grand-canonical ensemble at mu = -e V fills them. An infinite work (cores overlap) gives no insertion.
/// EXPECTS temperature > 0 [K].
TransferRates transfer_rates(double work, double temperature, const ChargeTransferParameters& parameters);

/// Reads inputs/sodium/charge_transfer.toml or a file like it; every value must carry a source. Throws InputError.
ChargeTransferParameters read_charge_transfer(const std::string& path);
ChargeTransferParameters read_charge_transfer(const Deck& deck);

}  // namespace cardhouse
