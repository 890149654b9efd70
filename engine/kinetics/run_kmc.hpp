#pragma once
// The one kinetic Monte Carlo loop. Reactions in the char, atoms on the carbon network and sodium on its sites are all
// events with rates; what differs is the model.

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>

#include "engine/base/contracts.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {

/// A system that changes by events. total_rate() is the sum of all rates [1/s] under the present conditions; fire()
/// picks one event in proportion to its rate and carries it out (a null event of a thinned rate counts as one).
template <class Model>
concept EventModel = requires(Model model, const Model& fixed, Stream& stream) {
  { fixed.total_rate() } -> std::convertible_to<double>;
  model.fire(stream);
};

/// Time and what is left of the unit-exponential dose that the next event waits for. Carrying the dose from one call
/// to the next makes a run over piecewise constant conditions exact (inversion of the integrated hazard; Gillespie
/// 1976, doi:10.1016/0021-9991(76)90041-3).
struct KmcClock {
  double time = 0;  ///< [s]
  std::uint64_t events = 0;
  double dose = -1;  ///< negative: not drawn yet
};

struct KmcLimits {
  double end_time = std::numeric_limits<double>::infinity();             ///< [s]
  std::uint64_t max_events = std::numeric_limits<std::uint64_t>::max();  ///< of the clock, not of this call
};

/// Runs `model` until the clock reaches a limit; `watch(clock)` is called after every event, before the next wait.
/// With a total rate of zero the clock goes straight to end_time. EXPECTS a finite end time or event count, and an end
/// time that is not before the clock's.
template <EventModel Model, class Watch>
void run_kmc(Model& model, KmcClock& clock, const KmcLimits& limits, Watch&& watch, Stream& stream) {
  EXPECTS(limits.end_time < std::numeric_limits<double>::infinity() ||
          limits.max_events < std::numeric_limits<std::uint64_t>::max());
  EXPECTS(clock.time <= limits.end_time);
  while (clock.events < limits.max_events) {
    if (clock.dose < 0) clock.dose = stream.exponential();
    const double rate = model.total_rate();
    EXPECTS(rate >= 0 && rate < std::numeric_limits<double>::infinity());
    const double available = rate > 0 ? rate * (limits.end_time - clock.time) : 0;
    if (rate == 0 || clock.dose > available) {
      EXPECTS(limits.end_time < std::numeric_limits<double>::infinity());
      clock.dose -= available;
      clock.time = limits.end_time;
      return;
    }
    clock.time = std::min(clock.time + clock.dose / rate, limits.end_time);  // rounding must not pass the end
    clock.dose = -1;
    ++clock.events;
    model.fire(stream);
    watch(clock);
  }
}

template <EventModel Model>
void run_kmc(Model& model, KmcClock& clock, const KmcLimits& limits, Stream& stream) {
  run_kmc(
      model, clock, limits, [](const KmcClock&) {}, stream);
}

}  // namespace cardhouse
