#pragma once
// Transport with the hops slowed that only cycle, and the checks that nothing else was.

#include "engine/transport/flow_cap.hpp"
#include "engine/transport/transport.hpp"

namespace cardhouse {

struct AccelerationOptions {
  double cap = 0;       ///< forced cap of flows; 0: chosen by find_flow_cap [1/s]
  double factor = 100;  ///< of the chosen cap over the bottleneck
};

struct AccelerationReport {
  FlowCap cap;             ///< flow infinite: the run is not accelerated
  Estimate change;         ///< of the tracer diffusivity when the cap is doubled, relative
  Estimate jump_change;    ///< of the jump diffusivity
  bool diffusive = false;  ///< TransportResult::diffusive, with the cap and with twice the cap
  double speed_up = 1;     ///< simulated time an event over that of a stretch without a cap; events cost alike
  double plain_time = 0;   ///< simulated in that stretch [s]

  bool is_accelerated() const { return cap.flow < std::numeric_limits<double>::infinity(); }
  /// What the doubled cap says. Open: the errors are too large to tell. NoDiffusion: sodium rattles with one of the
  /// caps, so that there is nothing to compare.
  enum class Verdict { Converged, Open, NotConverged, NoDiffusion };
  Verdict verdict() const;
};

struct AcceleratedTransport {
  TransportResult result;
  AccelerationReport acceleration;
};

/// The cap for one composition, from the flows of a chain of its own.
FlowCap choose_flow_cap(const SiteNetwork& network, const SodiumParameters& parameters, const TransportOptions& options,
                        double factor);

/// transport() with links slowed (TransportOptions::flow_cap) that are crossed more often than the cap says. Two more
/// runs judge it: half the replicas (at least two) with twice the cap over about the same time, which must not move D
/// by more than 5 %, unless sodium rattles already; and a short stretch without a cap, for the speed-up. A cap slows,
/// so that D is underestimated where it is too low. Where nothing is to gain the result is that of transport().
/// Configurations and their weights, and so every voltage, do not depend on the cap.
AcceleratedTransport accelerated_transport(const SiteNetwork& network, const SodiumParameters& parameters,
                                           const TransportOptions& options, const AccelerationOptions& acceleration,
                                           const Communicator& communicator, const ProgressObserver& observer = {});

}  // namespace cardhouse
