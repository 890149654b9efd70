#pragma once
// Anneals the atoms of a carbon: bonds turn, edges join, dangling atoms leave, at the degree of ordering that the
// furnace allows.

#include <optional>
#include <vector>

#include "engine/anneal/edge_zip.hpp"
#include "engine/base/observer.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {

/// The ordering barrier E* = k T ln(A t) [eV] of a hold of two hours at a temperature [K], with A = 3e11/s (annealing
/// of char in CRECK; Debiagi 2021, doi:10.1016/j.fuel.2020.119682), and back. 1300 degC: 462 kJ/mol.
double ordering_barrier_of(double equivalent_temperature);
double equivalent_temperature_of(double ordering_barrier);

/// Temperature of the Monte Carlo on bonds [K] for an ordering barrier [eV]: 3500 K (kT = 0.3 eV) at 1300 degC, in
/// proportion to E*. Not physical: the barrier of a Stone-Wales move, 9 to 10 eV, is crossed in no furnace, where
/// vacancies and adatoms do the work (Ewels 2002, Chem. Phys. Lett. 351, 178). Estimate: near the
/// highest at which ten trials a bond lower the strain of a built carbon without more pentagons (measured: their share
/// stays within 1 %; at 0.5 eV it rises by 1 to 3 %).
double monte_carlo_temperature_of(double ordering_barrier);

struct AnnealOptions {
  double ordering_barrier = 0;             ///< E* [eV], must be given
  double sweeps = 10;                      ///< trial flips for every bond (estimate)
  std::optional<double> temperature = {};  ///< of the Monte Carlo if not that of E* [K]
  AnnealerOptions annealer = {};           ///< its thermal energy is set from the temperature
  EdgeZipOptions zips = {};
};

/// The state after one sweep.
struct AnnealSweep {
  double energy;  ///< strain of the whole, relaxed [eV]
  RingShares rings;
};

struct AnnealReport {
  double temperature = 0;           ///< of the Monte Carlo [K]
  double energy_built = 0;          ///< strain as given [eV]
  std::vector<AnnealSweep> sweeps;  ///< the first is before any move, relaxed
  FlipCounts flips;
  std::size_t zips = 0;
  std::size_t hydrogen_lost = 0;  ///< atoms, as H2
  std::size_t carbon_lost = 0;    ///< dangling atoms
};

struct AnnealedCarbon {
  CarbonStructure structure;
  AnnealReport report;
};

/// Shares of shortest-path rings of three to nine atoms.
RingShares ring_shares(const BondGraph& bonds);

/// Takes out carbons with at most one neighbour, again and again; returns how many.
std::size_t prune_dangling(CarbonNetwork& network);

/// One kinetic Monte Carlo over a hold of two hours at the equivalent temperature: edges join with their rates, and
/// trial flips come at `sweeps` for every bond within the hold. After every sweep all atoms relax (cell fixed). The
/// network keeps its atoms but for what the report counts as lost; terminators and heteroatoms stay where they are.
/// Equal input and seed give equal bits. Throws InputError for atoms with more than four bonds and bonds without
/// parameters. EXPECTS positive E*, sweeps >= 0. Example: `anneal_carbon(carbon, {.ordering_barrier =
/// ordering_barrier_of(1573.15)}, seed, {}).structure`.
AnnealedCarbon anneal_carbon(const CarbonStructure& structure, const AnnealOptions& options, std::uint64_t seed,
                             const ProgressObserver& observer);

}  // namespace cardhouse
