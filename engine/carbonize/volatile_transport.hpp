#pragma once

#include <string>

#include "engine/kinetics/rate_law.hpp"

namespace cardhouse {

/// How free molecules move, escape and blow pores. A molecule in a cell
///   hops to one of the six neighbours with `hop` (times `gelled_mobility` where the network has gelled),
///   escapes from an open cell with `escape`,
///   joins the pore of a gelled cell without exit (not open, and all neighbours gelled and not open) with `inflate`
///   times the number of molecules dissolved in the cell over `saturation` (bubbles grow from supersaturation, so that
///   fast heating blows more pores), and leaks out of the pore to the outside with `leak`.
/// A pore that holds more than `burst` opens its cell and lets its gas go.
struct VolatileTransport {
  RateLaw hop;
  RateLaw escape;
  RateLaw inflate;
  RateLaw leak;
  RateLaw ingress;  ///< diffusivity of furnace gases into a particle, "prefactor" in angstrom^2/s
  double gelled_mobility = 1;
  double saturation = 0;     ///< dissolved molecules per dalton of precursor
  double burst = 0;          ///< molecules in a pore per dalton of precursor
  double open_fraction = 0;  ///< share of cells that lie at an outlet from the start
};

/// Reads inputs/rules/volatile_transport.toml; every entry carries its source. Throws InputError.
VolatileTransport load_volatile_transport(const std::string& path);

}  // namespace cardhouse
