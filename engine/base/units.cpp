#include "engine/base/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {

namespace {

using namespace dimension;

constexpr double joule = 1 / constants::elementary_charge;
constexpr double coulomb = 1 / constants::elementary_charge;
constexpr double kilogram = joule * 1e-20;  // J s^2/m^2
constexpr double pascal = joule * 1e-30;    // J/m^3
constexpr double calorie = 4.184 * joule;   // thermochemical, exact
constexpr Dimension current = charge / time;
constexpr Dimension resistance = voltage / current;

struct NamedUnit {
  std::string_view name;
  Unit unit;
};

// "A" is the ampere; the length is spelled out. Amount of substance is a pure number, so J/mol is an energy.
constexpr NamedUnit known_units[] = {
    {"angstrom", {length, 1}},
    {"Angstrom", {length, 1}},
    {"Å", {length, 1}},
    {"pm", {length, 1e-2}},
    {"nm", {length, 1e1}},
    {"um", {length, 1e4}},
    {"mm", {length, 1e7}},
    {"cm", {length, 1e8}},
    {"m", {length, 1e10}},
    {"fs", {time, 1e-15}},
    {"ps", {time, 1e-12}},
    {"ns", {time, 1e-9}},
    {"us", {time, 1e-6}},
    {"ms", {time, 1e-3}},
    {"s", {time, 1}},
    {"min", {time, 60}},
    {"h", {time, 3600}},
    {"d", {time, 86400}},
    {"Hz", {rate, 1}},
    {"kHz", {rate, 1e3}},
    {"MHz", {rate, 1e6}},
    {"GHz", {rate, 1e9}},
    {"THz", {rate, 1e12}},
    {"eV", {energy, 1}},
    {"meV", {energy, 1e-3}},
    {"J", {energy, joule}},
    {"mJ", {energy, 1e-3 * joule}},
    {"kJ", {energy, 1e3 * joule}},
    {"cal", {energy, calorie}},
    {"kcal", {energy, 1e3 * calorie}},
    {"mol", {none, constants::avogadro}},
    {"mmol", {none, 1e-3 * constants::avogadro}},
    {"K", {temperature, 1}},
    {"degC", {temperature, 1, constants::ice_point}},
    {"°C", {temperature, 1, constants::ice_point}},
    {"V", {voltage, 1}},
    {"mV", {voltage, 1e-3}},
    {"ohm", {resistance, 1 / coulomb}},
    {"mohm", {resistance, 1e-3 / coulomb}},
    {"W", {energy / time, joule}},
    {"e", {charge, 1}},
    {"C", {charge, coulomb}},
    {"Ah", {charge, 3600 * coulomb}},
    {"mAh", {charge, 3.6 * coulomb}},
    {"A", {current, coulomb}},
    {"mA", {current, 1e-3 * coulomb}},
    {"uA", {current, 1e-6 * coulomb}},
    {"nA", {current, 1e-9 * coulomb}},
    {"u", {mass, constants::dalton}},
    {"dalton", {mass, constants::dalton}},
    {"ug", {mass, 1e-9 * kilogram}},
    {"mg", {mass, 1e-6 * kilogram}},
    {"g", {mass, 1e-3 * kilogram}},
    {"kg", {mass, kilogram}},
    {"Pa", {pressure, pascal}},
    {"kPa", {pressure, 1e3 * pascal}},
    {"MPa", {pressure, 1e6 * pascal}},
    {"GPa", {pressure, 1e9 * pascal}},
    {"mbar", {pressure, 1e2 * pascal}},
    {"bar", {pressure, 1e5 * pascal}},
    {"atm", {pressure, 101325 * pascal}},
    {"%", {none, 1e-2}},
    {"1", {none, 1}},
};

struct NamedDimension {
  Dimension dimension;
  std::string_view name;
  std::string_view number;  // of the example
  std::string_view unit;
};

constexpr NamedDimension named_dimensions[] = {
    {none, "pure number", "0.5", "1"},
    {length, "length", "4", "nm"},
    {area, "area", "1", "nm2"},
    {volume, "volume", "1", "nm3"},
    {time, "time", "2", "h"},
    {rate, "rate", "1e13", "1/s"},
    {energy, "energy", "1.5", "eV"},
    {charge, "charge", "1", "mAh"},
    {temperature, "temperature", "300", "K"},
    {heating_rate, "heating rate", "5", "K/min"},
    {voltage, "voltage", "0.1", "V"},
    {mass, "mass", "12", "g"},
    {density, "density", "1.6", "g/cm3"},
    {specific_volume, "specific volume", "0.1", "cm3/g"},
    {specific_capacity, "specific capacity", "300", "mAh/g"},
    {diffusivity, "diffusivity", "1e-14", "m2/s"},
    {pressure, "pressure", "1", "bar"},
    {force, "force", "0.01", "eV/angstrom"},
    {surface_energy, "surface energy", "0.2", "J/m2"},
    {current, "current", "1", "mA"},
    {current / mass, "specific current", "30", "mA/g"},
    {current / area, "current density", "1", "mA/cm2"},
    {charge / area, "areal capacity", "1", "mAh/cm2"},
    {none / volume, "concentration", "1", "mol/cm3"},
    {none / area, "areal density", "1", "1/nm2"},
    {none / length, "reciprocal length", "1", "1/nm"},
    {none / mass, "amount per mass", "1", "mmol/g"},
    {rate / area, "flux", "1", "mol/m2/s"},
    {length / time, "velocity", "1", "m/s"},
    {area / mass, "specific area", "10", "m2/g"},
    {mass / area, "areal mass", "2", "mg/cm2"},
    {energy / mass, "specific energy", "1", "J/g"},
    {energy / temperature, "entropy", "1", "J/mol/K"},
};

const NamedDimension* find_name(Dimension wanted) {
  for (const auto& entry : named_dimensions)
    if (entry.dimension == wanted) return &entry;
  return nullptr;
}

/// "length2 energy-1" with the given words for the five base units.
std::string compose_powers(Dimension d, const std::array<std::string_view, 5>& words, std::string_view power_sign) {
  const std::array<int, 5> exponents{d.length, d.time, d.energy, d.charge, d.temperature};
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (exponents[i] == 0) continue;
    if (!text.empty()) text += ' ';
    text += words[i];
    if (exponents[i] != 1) text += fmt::format("{}{}", power_sign, exponents[i]);
  }
  return text;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

const Unit& find_unit(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& known : known_units) {
    if (known.name == name) return known.unit;
    names.emplace_back(known.name);
  }
  throw InputError(fmt::format("unknown unit '{}'", name), suggest_name(name, names));
}

Dimension power(Dimension base, int exponent) {
  return {base.length * exponent, base.time * exponent, base.energy * exponent, base.charge * exponent,
          base.temperature * exponent};
}

/// One factor of a unit, such as "cm3", "s-1", "cm^3" or "1". Only an exponent of exactly one keeps the offset.
Unit parse_factor(std::string_view text) {
  if (text == "1") return find_unit(text);
  std::size_t end = text.size();
  while (end > 0 && is_digit(text[end - 1])) --end;
  if (end == text.size()) return find_unit(text);
  if (end > 0 && text[end - 1] == '-') --end;
  int exponent = 0;
  std::from_chars(text.data() + end, text.data() + text.size(), exponent);
  if (end > 0 && text[end - 1] == '^') --end;
  if (end == 0 || exponent == 0 || std::abs(exponent) > 9)
    throw InputError(fmt::format("'{}' is not a unit with a power from -9 to 9", text), "write it like 'cm3' or 's-1'");
  const Unit base = find_unit(text.substr(0, end));
  return {power(base.dimension, exponent), std::pow(base.scale, exponent), exponent == 1 ? base.offset : 0};
}

struct Factor {
  std::string_view text;
  bool divides = false;
};

/// Splits at blanks, '*' and '/'; a '/' belongs to the factor that follows it.
std::vector<Factor> split_factors(std::string_view text) {
  std::vector<Factor> factors;
  char pending = 0;  // the operator that still waits for its factor
  for (std::size_t i = 0; i < text.size();) {
    if (is_blank(text[i])) {
      ++i;
    } else if (text[i] == '*' || text[i] == '/') {
      const bool misplaced = pending != 0 || (text[i] == '*' && factors.empty());
      if (misplaced)
        throw InputError(fmt::format("misplaced '{}' in unit '{}'", text[i], text), "write it like 'm2/s'");
      pending = text[i++];
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t*/", i), text.size());
      factors.push_back({text.substr(i, end - i), pending == '/'});
      pending = 0;
      i = end;
    }
  }
  if (pending != 0) throw InputError(fmt::format("unit '{}' ends with '{}'", text, pending), "write it like 'm2/s'");
  return factors;
}

}  // namespace

Unit parse_unit(std::string_view text) {
  const auto factors = split_factors(trim(text));
  if (factors.empty()) throw InputError("empty unit", "write \"1\" for a pure number");
  if (factors.size() == 1 && !factors.front().divides) return parse_factor(factors.front().text);
  Unit product;
  for (const auto& factor : factors) {
    const Unit unit = parse_factor(factor.text);
    product.dimension = factor.divides ? product.dimension / unit.dimension : product.dimension * unit.dimension;
    product.scale = factor.divides ? product.scale / unit.scale : product.scale * unit.scale;
  }
  return product;
}

Quantity parse_quantity(std::string_view text) {
  std::string_view rest = trim(text);
  if (rest.starts_with('+') && !rest.starts_with("+-")) rest.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc{} || !std::isfinite(number))
    throw InputError(fmt::format("'{}' is not a number with a unit", text), "write it like \"1.5 eV\"");
  rest = trim(rest.substr(static_cast<std::size_t>(end - rest.data())));
  if (rest.empty()) return {number, dimension::none};
  if (rest.starts_with(',')) throw InputError(fmt::format("comma in number '{}'", text), "write a decimal point");

  const Unit unit = parse_unit(rest);
  const double value = number * unit.scale + unit.offset;
  if (!std::isfinite(value)) throw InputError(fmt::format("'{}' is too large", text));
  if (unit.offset != 0 && value < 0) throw InputError(fmt::format("'{}' is below absolute zero", text));
  return {value, unit.dimension};
}

double from_unit(double value, std::string_view unit) {
  const Unit parsed = parse_unit(unit);
  return value * parsed.scale + parsed.offset;
}

double in_unit(double internal, std::string_view unit) {
  const Unit parsed = parse_unit(unit);
  return (internal - parsed.offset) / parsed.scale;
}

std::string name_of(Dimension dimension) {
  if (const auto* named = find_name(dimension)) return std::string(named->name);
  return compose_powers(dimension, {"length", "time", "energy", "charge", "temperature"}, "^");
}

std::string example_unit(Dimension dimension) {
  if (const auto* named = find_name(dimension)) return std::string(named->unit);
  return compose_powers(dimension, {"nm", "s", "eV", "e", "K"}, "");
}

std::string describe(Dimension dimension) {
  const auto* named = find_name(dimension);
  if (dimension == dimension::none) return fmt::format("{} (like {})", named->name, named->number);
  const auto number = named ? named->number : std::string_view("1");
  return fmt::format("{} (like \"{} {}\")", name_of(dimension), number, example_unit(dimension));
}

}  // namespace cardhouse
