#include "engine/kinetics/temperature_programme.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

bool is_physical(double temperature) {
  return temperature > 0 && temperature <= TemperatureProgramme::highest();
}

bool is_time(double time) {
  return time >= 0 && std::isfinite(time);
}

double read_temperature(const DeckTable& table, std::string_view key, double value) {
  if (value <= 0) table.fail(key, "temperature must be above absolute zero", "check the unit, like \"1300 degC\"");
  if (!is_physical(value)) table.fail(key, "temperature is beyond the sublimation point of graphite (3900 K)");
  return value;
}

double read_ramp_duration(const DeckTable& table, double from, double to) {
  if (table.has("rate") == table.has("duration")) {
    table.fail(table.has("rate") ? "duration" : "", "a step needs either 'rate' or 'duration', not both or none",
               "give rate = \"5 K/min\"");
  }
  if (table.has("rate")) {
    const double rate = table.quantity("rate", dimension::heating_rate);
    if (rate == 0) table.fail("rate", "heating rate is zero, so that the target is never reached", "use 'hold'");
    if (rate < 0) table.fail("rate", "heating rate is negative", "give its size; the target says which way");
    return std::abs(to - from) / rate;
  }
  const double duration = table.quantity("duration", dimension::time);
  if (duration < 0) table.fail("duration", "time is negative");
  return duration;
}

TemperatureStep read_step(const DeckTable& table, double from) {
  TemperatureStep step;
  step.target = read_temperature(table, "target", table.quantity("target", dimension::temperature));
  step.duration = read_ramp_duration(table, from, step.target);
  step.hold = table.quantity("hold", dimension::time, "0 s");
  if (step.hold < 0) table.fail("hold", "time is negative");
  step.atmosphere = table.text("atmosphere", "Ar");
  step.atmosphere_place = table.place("atmosphere");
  return step;
}

}  // namespace

TemperatureProgramme::TemperatureProgramme(double start, std::vector<TemperatureStep> steps)
    : start_(start), steps_(std::move(steps)), knots_{{0, start}} {
  EXPECTS(is_physical(start));
  for (const auto& step : steps_) {
    EXPECTS(is_physical(step.target) && is_time(step.duration) && is_time(step.hold));
    knots_.push_back({knots_.back().time + step.duration, step.target});
    if (step.hold > 0) knots_.push_back({knots_.back().time + step.hold, step.target});
  }
  EXPECTS(end_time() > 0);
}

double TemperatureProgramme::temperature(double time) const {
  if (time < 0) return start_;
  const auto after = std::upper_bound(knots_.begin(), knots_.end(), time,
                                      [](double value, const Knot& knot) { return value < knot.time; });
  if (after == knots_.end()) return knots_.back().temperature;
  const Knot& before = *(after - 1);
  const double fraction = (time - before.time) / (after->time - before.time);
  return before.temperature + fraction * (after->temperature - before.temperature);
}

double TemperatureProgramme::peak_temperature() const {
  double peak = start_;
  for (const auto& step : steps_) peak = std::max(peak, step.target);
  return peak;
}

std::vector<ConstantInterval> TemperatureProgramme::intervals(double width, double duration) const {
  EXPECTS(width > 0 && duration > 0);
  std::vector<ConstantInterval> result;
  for (std::size_t k = 1; k < knots_.size(); ++k) {
    const Knot& a = knots_[k - 1];
    const Knot& b = knots_[k];
    const double length = b.time - a.time;
    if (length == 0) continue;
    const double rise = b.temperature - a.temperature;
    // The small allowance keeps a ramp of exactly m widths from being cut into m + 1 parts by rounding.
    const double parts = std::max(1.0, std::ceil(std::max(std::abs(rise) / width, length / duration) - 1e-9));
    for (double i = 0; i < parts; ++i) {
      const double end = i + 1 < parts ? a.time + length * (i + 1) / parts : b.time;
      const double begin = result.empty() ? 0 : result.back().end;
      result.push_back({begin, end, a.temperature + rise * (i + 0.5) / parts, a.temperature + rise * (i + 1) / parts});
    }
  }
  ENSURES(!result.empty() && result.back().end == end_time());
  return result;
}

TemperatureProgramme read_temperature_programme(const DeckTable& table) {
  const double start = read_temperature(table, "start", table.quantity("start", dimension::temperature, "25 degC"));
  std::vector<TemperatureStep> steps;
  double from = start;
  double total = 0;
  for (const auto& step_table : table.tables("step")) {
    steps.push_back(read_step(step_table, from));
    from = steps.back().target;
    total += steps.back().duration + steps.back().hold;
  }
  if (steps.empty()) table.fail("step", "a temperature programme needs at least one step", "add [[step]]");
  if (total <= 0) table.fail("step", "the programme takes no time", "give a 'rate' or a 'hold'");
  return {start, std::move(steps)};
}

}  // namespace cardhouse
