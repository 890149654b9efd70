#pragma once
// The one place where units are converted. Inside, every value is in angstrom, second, electron-volt, elementary
// charge and kelvin; outside, every dimensional value is a string with its unit ("1300 degC", "5 K/min", "30 mA/g").

#include <string>
#include <string_view>

namespace cardhouse {

/// Exponents of the five internal units. Mass is energy time^2 / length^2; amount of substance is a pure number.
struct Dimension {
  int length = 0;
  int time = 0;
  int energy = 0;
  int charge = 0;
  int temperature = 0;
  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;
  friend constexpr Dimension operator*(Dimension a, Dimension b) {
    return {a.length + b.length, a.time + b.time, a.energy + b.energy, a.charge + b.charge,
            a.temperature + b.temperature};
  }
  friend constexpr Dimension operator/(Dimension a, Dimension b) {
    return {a.length - b.length, a.time - b.time, a.energy - b.energy, a.charge - b.charge,
            a.temperature - b.temperature};
  }
};

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension length{1, 0, 0, 0, 0};
inline constexpr Dimension area{2, 0, 0, 0, 0};
inline constexpr Dimension volume{3, 0, 0, 0, 0};
inline constexpr Dimension time{0, 1, 0, 0, 0};
inline constexpr Dimension rate{0, -1, 0, 0, 0};
inline constexpr Dimension energy{0, 0, 1, 0, 0};
inline constexpr Dimension charge{0, 0, 0, 1, 0};
inline constexpr Dimension temperature{0, 0, 0, 0, 1};
inline constexpr Dimension heating_rate{0, -1, 0, 0, 1};
inline constexpr Dimension voltage{0, 0, 1, -1, 0};
inline constexpr Dimension mass{-2, 2, 1, 0, 0};
inline constexpr Dimension density = mass / volume;
inline constexpr Dimension specific_volume = volume / mass;
inline constexpr Dimension specific_capacity = charge / mass;
inline constexpr Dimension diffusivity = area / time;
inline constexpr Dimension pressure = energy / volume;
inline constexpr Dimension force = energy / length;
inline constexpr Dimension surface_energy = energy / area;
}  // namespace dimension

/// A value in internal units together with its dimension.
struct Quantity {
  double value = 0;
  Dimension dimension;
};

/// A unit: internal value = number * scale + offset (the offset serves degC only).
struct Unit {
  Dimension dimension;
  double scale = 1;
  double offset = 0;
};

/// "K/min", "g/cm3", "kJ/mol", "mAh/g", "1/s", "eV/nm2", "m2/s". Products are written with a space or '*', powers as a
/// trailing integer ("cm3", "s-1", "cm^3"), at most one '/' per factor. Throws InputError with the nearest known unit.
Unit parse_unit(std::string_view text);

/// "1300 degC" -> 1573.15 K. A bare number has dimension none. Throws InputError when it is no number with a unit.
Quantity parse_quantity(std::string_view text);

/// Internal value of `value` given in `unit`, and back.
double from_unit(double value, std::string_view unit);
double in_unit(double internal, std::string_view unit);

/// "time", "temperature", "specific capacity" ..., or powers of the base quantities when it has no name.
std::string name_of(Dimension dimension);

/// A unit in which people write this dimension: "K/min" for a heating rate.
std::string example_unit(Dimension dimension);

/// "time", "temperature", "specific capacity" ..., with an example unit: "temperature (like \"300 K\")".
std::string describe(Dimension dimension);

}  // namespace cardhouse
