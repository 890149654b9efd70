#pragma once
// From a material and a process to a char: yield, gases, composition, network, pores and ordering.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/base/observer.hpp"
#include "engine/base/statistics.hpp"
#include "engine/carbonize/ordering_clock.hpp"
#include "engine/carbonize/process.hpp"
#include "engine/carbonize/reaction_lattice.hpp"
#include "engine/carbonize/volatile_transport.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

struct CarbonizeOptions {
  VolatileTransport transport;  ///< from load_volatile_transport(); there is no default
  ReactionLatticeOptions lattice;
  double temperature_width = 1;       ///< of an interval of constant rates [K]
  std::size_t intervals_least = 200;  ///< of the whole process
  std::size_t rows = 400;             ///< of the thermogravimetry at most
};

/// One row of a thermogravimetry. Fractions are of the precursor's mass.
struct ThermogravimetryRow {
  double time = 0;                 ///< [s]
  double temperature = 0;          ///< [K]
  double mass_fraction = 1;        ///< of what is there: additions raise it, gases taken up too
  double hydrogen_per_carbon = 0;  ///< of what is solid or trapped
  double oxygen_per_carbon = 0;
  double bridging = 0;               ///< share of joined places
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
  double mass_fraction = 0;  ///< of the precursor's mass
};

/// One cell of the char.
struct CharCell {
  double crosslinks = 0;  ///< per cluster
  double hydrogen_per_carbon = 0;
  double oxygen_per_carbon = 0;
  double nitrogen_per_carbon = 0;
  double depth = 0;  ///< below the particle's surface [angstrom]
};

struct CarbonizeResult {
  Thermogravimetry thermogravimetry;
  /// Mass of solid and trapped species over that of the precursor. The error is that of the mean over cells: it tells
  /// the sampling noise of the lattice, not the uncertainty of the kinetic parameters, which is far larger.
  Estimate char_yield;
  Formula char_elements;  ///< atoms in solid and trapped species
  double hydrogen_per_carbon = 0;
  double oxygen_per_carbon = 0;
  double nitrogen_per_carbon = 0;
  double crosslinks_per_cluster = 0;
  double bridging = 0;                ///< share of joined places, mean over cells
  std::optional<GelPoint> gel;        ///< gelled cells percolate through the lattice
  std::optional<GelPoint> bethe_gel;  ///< mean bridging passes the Bethe threshold
  OrderedState ordered;
  double fluid = 0;  ///< share of cells not gelled when the process first passes 500 degC; 0 when it never does
  OrderingClock ordering;
  /// Of what follows after half of the carbon that reagents took is gone: what closes the pores they opened.
  OrderingClock ordering_after_opening;
  double burn_off = 0;                       ///< carbon taken by gases and reagents, over that and what is left
  std::array<std::size_t, 3> sides{};        ///< of the lattice
  std::vector<CharCell> cells;               ///< x fastest
  std::vector<PoreSeed> pores;               ///< weights add up to one; empty when no pore was blown
  double pore_gas_per_mass = 0;              ///< molecules that ever joined a pore, per dalton supplied
  std::map<std::string, double> per_carbon;  ///< molecules per carbon atom of the char; volatiles: made
  std::vector<GasTotal> gases;               ///< escaped, alphabetical
  Formula supplied, dissolved, in_pores, escaped, removed, remainder;  ///< with char_elements they close exactly
  std::uint64_t events = 0;           ///< reactions, escapes, and joining and leaking out of pores
  std::vector<std::string> warnings;  ///< own rules that never fired, gases that no rule knows
};

/// Runs the reaction lattice through the process with streams of (seed, Purpose::ReactionLattice). ENSURES that every
/// element balances in integers. Results do not depend on the number of ranks or threads. Throws InputError when no
/// carbon is left.
///
///     const Process process = read_process(deck.root().table("carbonize"), "inputs");
///     CarbonizeOptions options{load_volatile_transport("inputs/rules/volatile_transport.toml")};
///     const auto result = carbonize(process, options, 1, {}, {});
CarbonizeResult carbonize(const Process& process, const CarbonizeOptions& options, std::uint64_t seed,
                          const ProgressObserver& observer, const Communicator& ranks = {});

}  // namespace cardhouse
