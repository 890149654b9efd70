#include "engine/kinetics/joule_heating.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr Dimension current = dimension::charge / dimension::time;
constexpr Dimension resistance = dimension::voltage / current;
constexpr Dimension heat_transfer = dimension::energy / dimension::time / dimension::area / dimension::temperature;

double read_positive_quantity(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (value <= 0) table.fail(key, "the value must be positive");
  return value;
}

double heating_rate(const JoulePulse& pulse, double temperature, bool on) {
  // CODATA 2018, exact: 5.670374419e-8 W/m2/K4
  static const double stefan_boltzmann = from_unit(5.670374419e-8, "W/m2/K4");
  const double cold = pulse.surroundings;
  const double power = on ? pulse.current * pulse.current * pulse.resistance : 0;
  const double radiation =
      pulse.emissivity * stefan_boltzmann * pulse.area * (std::pow(temperature, 4) - std::pow(cold, 4));
  const double convection = pulse.convection * pulse.area * (temperature - cold);
  return (power - radiation - convection) / (pulse.mass * specific_heat(temperature));
}

double runge_kutta(const JoulePulse& pulse, double temperature, bool on, double step) {
  const double a = heating_rate(pulse, temperature, on);
  const double b = heating_rate(pulse, temperature + 0.5 * step * a, on);
  const double c = heating_rate(pulse, temperature + 0.5 * step * b, on);
  const double d = heating_rate(pulse, temperature + step * c, on);
  return temperature + step / 6 * (a + 2 * b + 2 * c + d);
}

/// Straight pieces as the integration goes on.
class Pieces {
 public:
  Pieces(double start, const Atmosphere& atmosphere) : from_(start), atmosphere_(atmosphere) {}

  void advance(double temperature, double step, bool last) {
    elapsed_ += step;
    if (!last && std::abs(temperature - from_) < 20) return;
    steps_.push_back({temperature, elapsed_, 0, atmosphere_});
    from_ = temperature;
    elapsed_ = 0;
  }
  std::vector<TemperatureStep> take() { return std::move(steps_); }

 private:
  double from_;
  Atmosphere atmosphere_;
  double elapsed_ = 0;
  std::vector<TemperatureStep> steps_;
};

}  // namespace

JoulePulse read_joule_pulse(const DeckTable& table) {
  JoulePulse pulse;
  pulse.current = read_positive_quantity(table, "current", current);
  pulse.resistance = read_positive_quantity(table, "resistance", resistance);
  pulse.mass = read_positive_quantity(table, "mass", dimension::mass);
  pulse.area = read_positive_quantity(table, "area", dimension::area);
  pulse.duration = read_positive_quantity(table, "duration", dimension::time);
  pulse.emissivity = table.number("emissivity", 0.9);
  if (pulse.emissivity <= 0 || pulse.emissivity > 1) table.fail("emissivity", "an emissivity lies in (0, 1]");
  pulse.convection = table.quantity("convection", heat_transfer, "0 W/m2/K");
  if (pulse.convection < 0) table.fail("convection", "the heat-transfer coefficient is negative");
  pulse.surroundings = read_temperature(table, "surroundings", "25 degC");
  pulse.cool_to = read_temperature(table, "cool_to", "100 degC");
  if (pulse.cool_to < pulse.surroundings + 1) {
    table.fail("cool_to", "the lump never cools below its surroundings", "stop some kelvin above them");
  }
  return pulse;
}

double specific_heat(double temperature) {
  EXPECTS(temperature > 0);
  const double t = std::max(200.0, temperature);
  const double calories_per_gram = 0.54212 - 2.42667e-6 * t - 90.2725 / t - 43449.3 / (t * t) +
                                   1.59309e7 / (t * t * t) - 1.43688e9 / (t * t * t * t);
  return from_unit(calories_per_gram, "cal/g/K");
}

std::vector<TemperatureStep> joule_steps(const JoulePulse& pulse, double start, const Atmosphere& atmosphere) {
  Pieces pieces(start, atmosphere);
  double temperature = start;
  double left = pulse.duration;
  while (left > 0) {
    const double rate = std::abs(heating_rate(pulse, temperature, true));
    const double step = std::min(left, 2 / std::max(rate, 2 / pulse.duration * 100));
    temperature = runge_kutta(pulse, temperature, true, step);
    if (temperature > TemperatureProgramme::highest()) {
      throw InputError(atmosphere.place, "the pulse would heat the lump beyond the sublimation point of graphite",
                       "use less current or a shorter duration");
    }
    left -= step;
    pieces.advance(temperature, step, left <= 0);
  }
  while (temperature > pulse.cool_to) {
    const double step = 2 / std::abs(heating_rate(pulse, temperature, false));
    temperature = runge_kutta(pulse, temperature, false, step);
    pieces.advance(temperature, step, temperature <= pulse.cool_to);
  }
  return pieces.take();
}

}  // namespace cardhouse
