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

}  // namespace

TemperatureProgramme::TemperatureProgramme(double start, std::vector<TemperatureStep> steps)
    : start_(start), steps_(std::move(steps)), knots_{{0, start, 0}} {
  EXPECTS(is_physical(start));
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const TemperatureStep& step = steps_[i];
    EXPECTS(is_physical(step.target) && is_time(step.duration) && is_time(step.hold));
    knots_.push_back({knots_.back().time + step.duration, step.target, i});
    if (step.hold > 0) knots_.push_back({knots_.back().time + step.hold, step.target, i});
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
      result.push_back(
          {begin, end, a.temperature + rise * (i + 0.5) / parts, a.temperature + rise * (i + 1) / parts, b.step});
    }
  }
  ENSURES(!result.empty() && result.back().end == end_time());
  return result;
}

double read_temperature(const DeckTable& table, std::string_view key, std::string_view fallback) {
  const double value = fallback.empty() ? table.quantity(key, dimension::temperature)
                                        : table.quantity(key, dimension::temperature, fallback);
  if (value <= 0) table.fail(key, "temperature must be above absolute zero", "check the unit, like \"1300 degC\"");
  if (!is_physical(value)) table.fail(key, "temperature is beyond the sublimation point of graphite (3900 K)");
  return value;
}

TemperatureStep read_temperature_step(const DeckTable& table, double from, const DeckTable* defaults) {
  const auto at = [&](std::string_view key) { return table.has(key) || defaults == nullptr ? table : *defaults; };
  const bool own_ramp = table.has("rate") || table.has("duration") || defaults == nullptr;
  TemperatureStep step;
  step.target = read_temperature(at("target"), "target");
  step.duration = read_ramp_duration(own_ramp ? table : *defaults, from, step.target);
  step.hold = at("hold").quantity("hold", dimension::time, "0 s");
  if (step.hold < 0) table.fail("hold", "time is negative");
  step.atmosphere = read_atmosphere(table, defaults);
  return step;
}

}  // namespace cardhouse
