#pragma once
// From a precursor and a furnace programme to a char: yield, gases, composition, network, pores and ordering.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/observer.hpp"
#include "engine/base/statistics.hpp"
#include "engine/carbonize/ordering_clock.hpp"
#include "engine/carbonize/precursor.hpp"
#include "engine/carbonize/reaction_lattice.hpp"
#include "engine/carbonize/volatile_transport.hpp"
#include "engine/kinetics/temperature_programme.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

struct CarbonizeOptions {
  VolatileTransport transport;  ///< from load_volatile_transport(); there is no default
  ReactionLatticeOptions lattice;
  double temperature_width = 1;  ///< of an interval of constant rates [K]
  std::size_t rows = 400;        ///< of the thermogravimetry at most
};

/// One row of a thermogravimetry. Fractions are of the initial mass.
struct ThermogravimetryRow {
  double time = 0;                   ///< [s]
  double temperature = 0;            ///< [K]
  double mass_fraction = 1;          ///< of what has not escaped
  std::vector<double> gas_fraction;  ///< escaped so far, in the order of Thermogravimetry::gases
};

struct Thermogravimetry {
  std::vector<std::string> gases;
  std::vector<ThermogravimetryRow> rows;
};

/// When the network became infinite.
struct GelPoint {
  double time = 0;         ///< [s]
  double temperature = 0;  ///< [K]
};

struct GasTotal {
  std::string name;
  std::int64_t molecules = 0;
  double mass_fraction = 0;  ///< of the initial mass
};

struct CarbonizeResult {
  Thermogravimetry thermogravimetry;
  /// Mass of solid and trapped species over the initial mass. The error is that of the mean over cells: it tells the
  /// sampling noise of the lattice, not the uncertainty of the kinetic parameters, which is far larger.
  Estimate char_yield;
  Formula char_elements;  ///< atoms in solid and trapped species
  double hydrogen_per_carbon = 0;
  double oxygen_per_carbon = 0;
  double nitrogen_per_carbon = 0;
  double crosslinks_per_cluster = 0;
  double bridging = 0;                ///< share of joined places, mean over cells
  std::optional<GelPoint> gel;        ///< gelled cells percolate through the lattice
  std::optional<GelPoint> bethe_gel;  ///< mean bridging passes the Bethe threshold
  OrderingClock ordering;
  std::vector<PoreSeed> pores;                    ///< weights add up to one; empty when no pore was blown
  double pore_gas_per_mass = 0;                   ///< molecules that ever joined a pore, per dalton of precursor
  std::vector<GasTotal> gases;                    ///< escaped, alphabetical
  Formula initial, dissolved, in_pores, escaped;  ///< with char_elements they close exactly
  std::uint64_t events = 0;
};

/// Throws InputError at the key of the first atmosphere that is not inert: no rule reacts with a gas yet.
void require_inert(const TemperatureProgramme& programme);

/// Runs the reaction lattice through the programme with streams of (seed, Purpose::ReactionLattice). Throws InputError
/// for an atmosphere that is not inert. ENSURES that every element balances in integers.
///
///     const auto precursor = load_precursor("sucrose", "inputs");
///     CarbonizeOptions options{load_volatile_transport("inputs/rules/volatile_transport.toml")};
///     const auto result = carbonize(precursor, programme, options, 1, {});
CarbonizeResult carbonize(const Precursor& precursor, const TemperatureProgramme& programme,
                          const CarbonizeOptions& options, std::uint64_t seed, const ProgressObserver& observer);

}  // namespace cardhouse
