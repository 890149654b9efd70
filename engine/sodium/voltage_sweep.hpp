#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/base/observer.hpp"
#include "engine/base/statistics.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/occupation_report.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"

namespace cardhouse {

struct SweepOptions {
  double temperature = 298.15;     ///< [K]
  std::vector<double> voltages;    ///< against sodium metal, in the order of sodiation [V]; empty: default_voltages()
  bool reverse = true;             ///< go back the same way afterwards, so that hysteresis is measured
  int replicas = 4;                ///< independent chains, at least 2: they give the error bars
  int equilibration_sweeps = 100;  ///< per voltage, one trial move per site each
  int production_sweeps = 200;     ///< per voltage, one sample each
  std::uint64_t seed = 1;
  MoveMix mix;
  bool invert_pores = true;  ///< once a sweep, each pore; without, pores fill and empty as late as nucleation has it
  /// Further down from where sodiation ended, as a branch: the way back starts before it, so that a sweep is the same
  /// with and without [V].
  std::vector<double> beyond;
  int looks = 0;  ///< configurations a voltage and replica that are reported on, spread over the production sweeps
  double passable = std::numeric_limits<double>::infinity();  ///< barrier, for these reports [eV]
};

/// 36 voltages from 2 V to 0 V, dense below 0.3 V where pores fill.
std::vector<double> default_voltages();

/// Averages at one voltage. Errors combine the spread of the replicas with the correlation within each (the larger).
struct SweepPoint {
  double voltage = 0;                               ///< [V]
  bool sodiation = true;                            ///< on the way down
  Estimate capacity;                                ///< [mAh/g]
  std::array<Estimate, site_class_count> by_class;  ///< capacity on each site class [mAh/g]
  Estimate spacing;                                 ///< area-weighted over gallery patches, opening included [angstrom]
  Estimate energy;                                  ///< of the cell [eV]
  double number_variance = 0;                       ///< var(N)
  Estimate incremental_capacity;                    ///< -dQ/dV = var(N)/kT [mAh/(g V)]
  /// Partial molar energy dU/dN = cov(U, N)/var(N), at no pressure also the enthalpy, against bcc sodium [eV]. Absent
  /// when the number of sodium hardly fluctuates.
  std::optional<Estimate> enthalpy;
  /// Partial molar entropy dS/dN = (dU/dN - mu)/T, which is e dV/dT at equilibrium [eV/K]. Absent likewise.
  std::optional<Estimate> entropy;
  std::array<double, move_kind_count> acceptance{};  ///< fraction of trial moves, by MoveKind
  double effective_samples = 0;                      ///< independent samples of N, all replicas
  bool equilibrated = false;              ///< in each replica both halves of the samples have one mean, within 3 sigma
  bool replicas_agree = false;            ///< each replica has the common mean, within 3 sigma or half a sodium
  std::vector<OccupationReport> reports;  ///< one a replica, the mean of its looks; none without looks
  bool converged() const { return equilibrated && replicas_agree && effective_samples > 30; }
};

struct SweepResult {
  std::vector<SweepPoint> points;     ///< in the order they were simulated
  std::vector<SweepPoint> beyond;     ///< the branch
  std::uint64_t trial_moves = 0;      ///< all replicas
  std::vector<std::uint32_t> filled;  ///< occupied sites of replica 0 at the end of sodiation
  /// Occupied sites of replica 0 at the end of each point of sodiation, the last as in `filled`; none without looks.
  std::vector<std::vector<std::uint32_t>> configurations;
  std::vector<MetalPore> pores;  ///< in the order of the reports; none without looks
};

/// Charges and discharges the network through a list of voltages by grand canonical Monte Carlo at mu = -e V, each
/// point starting where the one before ended. Replicas are spread over ranks and threads; the result depends on
/// neither. `observer` may be called from any thread, never from two at once. Throws InputError for impossible options.
SweepResult sweep(const SiteNetwork& network, const SodiumParameters& parameters, const SweepOptions& options,
                  const Communicator& communicator, const ProgressObserver& observer = {});

}  // namespace cardhouse
