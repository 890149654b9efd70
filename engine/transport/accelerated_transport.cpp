#include "engine/transport/accelerated_transport.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {
namespace {

constexpr double tolerance = 0.05;  // of a diffusivity, when the cap is doubled

Estimate relative_change(const Estimate& reference, const Estimate& other) {
  if (!(reference.value > 0)) return {0, std::numeric_limits<double>::infinity()};
  const double ratio = other.value / reference.value;
  return {ratio - 1, std::hypot(other.error, ratio * reference.error) / reference.value};
}

double time_per_event(const TransportResult& result, int replicas) {
  const auto events = static_cast<double>(result.hops + result.void_events);
  return events > 0 ? result.simulated_time * replicas / events : 0;
}

// Part of the progress of the whole.
ProgressObserver share(const ProgressObserver& observer, double from, double to) {
  return [&observer, from, to](double done) { notify(observer, from + (to - from) * done); };
}

TransportOptions with_cap(TransportOptions options, double cap) {
  options.flow_cap = cap;
  return options;
}

}  // namespace

AccelerationReport::Verdict AccelerationReport::verdict() const {
  if (!is_accelerated()) return Verdict::Converged;
  if (!diffusive) return Verdict::NoDiffusion;
  bool converged = true;
  for (const Estimate& each : {change, jump_change}) {
    const double size = std::abs(each.value);
    if (size > tolerance && size > 2 * each.error) return Verdict::NotConverged;
    converged = converged && size <= tolerance && each.error <= tolerance;
  }
  return converged ? Verdict::Converged : Verdict::Open;
}

FlowCap choose_flow_cap(const SiteNetwork& network, const SodiumParameters& parameters, const TransportOptions& options,
                        double factor) {
  const Hamiltonian hamiltonian(network, parameters);
  Stream stream(options.seed, Purpose::Transport, options.sodium, ~std::uint64_t{0});
  Occupation state = canonical_start(hamiltonian, network, options, stream);
  const HopConditions conditions{options.temperature, parameters.attempt_frequency};
  return find_flow_cap(network, mean_link_flows(network, state, conditions, stream), factor);
}

AcceleratedTransport accelerated_transport(const SiteNetwork& network, const SodiumParameters& parameters,
                                           const TransportOptions& options, const AccelerationOptions& acceleration,
                                           const Communicator& communicator, const ProgressObserver& observer) {
  check_transport(network, options);
  AcceleratedTransport run;
  AccelerationReport& report = run.acceleration;
  report.cap = choose_flow_cap(network, parameters, options, acceleration.factor);
  if (acceleration.cap > 0) report.cap.flow = acceleration.cap;
  if (!report.is_accelerated()) {
    run.result = transport(network, parameters, options, communicator, observer);
    return run;
  }
  const TransportOptions capped = with_cap(options, report.cap.flow);
  run.result = transport(network, parameters, capped, communicator, share(observer, 0, 0.5));

  if (run.result.diffusive) {
    TransportOptions doubled = with_cap(options, 2 * report.cap.flow);
    doubled.replicas = std::max(2, options.replicas / 2);
    doubled.events = 2 * options.events;
    const TransportResult check = transport(network, parameters, doubled, communicator, share(observer, 0.5, 0.95));
    report.diffusive = check.diffusive;
    report.change = relative_change(run.result.tracer, check.tracer);
    report.jump_change = relative_change(run.result.jump, check.jump);
  }

  TransportOptions plain = options;
  plain.replicas = 2;
  plain.events = std::max<std::uint64_t>(1000, options.events / 20);
  const TransportResult stretch = transport(network, parameters, plain, communicator, share(observer, 0.95, 1));
  report.plain_time = stretch.simulated_time;
  const double without = time_per_event(stretch, plain.replicas);
  if (without > 0) report.speed_up = time_per_event(run.result, options.replicas) / without;
  return run;
}

}  // namespace cardhouse
