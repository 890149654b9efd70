#pragma once
// What a furnace does: straight ramps and holds, one after another.

#include <string>
#include <vector>

#include "engine/base/deck.hpp"
#include "engine/kinetics/atmosphere.hpp"

namespace cardhouse {

/// A straight ramp to `target`, then a hold there.
struct TemperatureStep {
  double target = 0;    ///< [K]
  double duration = 0;  ///< of the ramp [s]; zero jumps
  double hold = 0;      ///< [s]
  Atmosphere atmosphere = {};
};

/// A stretch of time that is treated as one temperature.
struct ConstantInterval {
  double begin = 0;            ///< [s]
  double end = 0;              ///< [s]
  double temperature = 0;      ///< at the middle of the interval, for the rates [K]
  double end_temperature = 0;  ///< on arriving at the end, before any jump there, for what is recorded [K]
  std::size_t step = 0;        ///< of the programme
};

/// Piecewise linear temperature against time, starting at time zero.
class TemperatureProgramme {
 public:
  /// EXPECTS temperatures in (0, highest()], finite non-negative times and a positive end time.
  TemperatureProgramme(double start, std::vector<TemperatureStep> steps);

  double start_temperature() const { return start_; }
  const std::vector<TemperatureStep>& steps() const { return steps_; }
  double end_time() const { return knots_.back().time; }  ///< [s]
  /// Temperature [K]; before the start and after the end that of the nearest end. A jump takes its new value at once.
  double temperature(double time) const;
  double peak_temperature() const;

  /// Adjoining intervals from 0 to end_time(), none wider than `width` [K] in temperature or `duration` [s] in time.
  /// Rates frozen at the middle of an interval are off by (E dT / kT^2)^2 / 24 in the integrated hazard: 2e-5 for
  /// 2 eV, 1000 K and the usual width of 1 K. Run them with one KmcClock, which carries the dose across.
  std::vector<ConstantInterval> intervals(double width, double duration) const;

  /// Sublimation point of graphite at ambient pressure, about 3900 K (Haynes, CRC Handbook of Chemistry and Physics,
  /// 95th ed. 2014, section 4): no furnace step goes beyond it.
  static constexpr double highest() { return 3900; }

 private:
  struct Knot {
    double time;
    double temperature;
    std::size_t step;  ///< that leads here
  };
  double start_;
  std::vector<TemperatureStep> steps_;
  std::vector<Knot> knots_;
};

/// Reads one step that begins at the temperature `from` [K]: `target`, either `rate` or `duration`, `hold` ("0 s") and
/// the keys of read_atmosphere(). What `table` leaves out is taken from `defaults`, where given. Throws InputError at
/// the key.
///
///     [[step]]
///     target = "1300 degC"
///     rate = "5 K/min"
///     hold = "2 h"
///     atmosphere = "Ar"
TemperatureStep read_temperature_step(const DeckTable& table, double from, const DeckTable* defaults = nullptr);

/// Reads a temperature that a furnace can have; throws InputError at the key.
double read_temperature(const DeckTable& table, std::string_view key, std::string_view fallback = {});

}  // namespace cardhouse
