#pragma once
// What a potentiostat does to a piece of carbon: constant current, constant potential, scans, rests and pulses.

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/observer.hpp"
#include "engine/transport/electrode_kinetics.hpp"

namespace cardhouse {

enum class ControlKind {
  Current,    ///< galvanostatic; a rest is a current of zero
  Potential,  ///< potentiostatic, or a scan when it ends elsewhere than it begins
};

/// How a current is imposed.
enum class CurrentControl {
  Clock,     ///< one sodium at every tick of e/I, at the potential that makes the net rate I; between ticks what leaves
             ///< comes back elsewhere. The charge is free of noise
  Feedback,  ///< sodium comes and goes; the potential drifts by kT/e a tick for every sodium that the charge lags
             ///< behind, so that it lags by 1/(kT dN/dV) on a slope. Rests are as with Clock
};

/// One step of a protocol. It ends with the first limit that is reached.
struct ProtocolStep {
  ControlKind control = ControlKind::Current;
  double current = 0;                                            ///< sodium per second into the whole host [1/s]
  double first_potential = 0;                                    ///< of Potential [V]
  double last_potential = 0;                                     ///< after `duration`, linear in time [V]
  double duration = 0;                                           ///< at most; positive [s]
  double stop_below = -std::numeric_limits<double>::infinity();  ///< Current: ends at this potential, averaged over the
                                                                 ///< passage of about one sodium [V]
  double stop_above = std::numeric_limits<double>::infinity();   ///< likewise [V]
  int records = 100;  ///< over the duration, or over the passage of a quarter of the sites when that is sooner
};

/// The state at one time.
struct ProtocolRecord {
  double time;       ///< since the beginning [s]
  double potential;  ///< mean since the last record [V]
  double current;    ///< net sodium per second since the last record [1/s]
  std::size_t sodium;
  std::array<std::size_t, site_class_count> by_class;
  std::size_t step;
};

struct ProtocolOptions {
  CurrentControl current_control = CurrentControl::Clock;
  ElectrodeConditions conditions;
  /// Time between two looks at the slow rates, over the mean time to the next slow event with so much sodium. The
  /// equilibrium does not depend on it; halving it must not change currents either.
  double interval = 0.5;
  std::uint64_t seed = 1;
  std::uint64_t entity = 0;  ///< which of several runs: they draw different numbers
};

struct ProtocolResult {
  std::vector<ProtocolRecord> records;
  std::uint64_t slow_events = 0;
  std::size_t exchange_sites = 0;
  std::vector<std::uint32_t> occupied;  ///< sites at the end
};

/// A `fast_rate` for these steps: ten times the rate at which sodium comes in, by the largest current, or as a quarter
/// of the sites within a hold or a scan [1/s]. What hops ten times between two arrivals is near its equilibrium; raise
/// it tenfold and compare.
double rate_to_equilibrate(const std::vector<ProtocolStep>& steps, std::size_t sites);

/// Runs the steps one after the other from the configuration `start`. Throws InputError when nothing can cross the
/// surface of this network, or for impossible steps.
ProtocolResult run_protocol(const SiteNetwork& network, Occupation start, const ChargeTransferParameters& transfer,
                            const std::vector<ProtocolStep>& steps, const ProtocolOptions& options,
                            const ProgressObserver& observer = {});

}  // namespace cardhouse
