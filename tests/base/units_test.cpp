#include "engine/base/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr double tight = 1e-14;     // relative: rounding of a few multiplications
constexpr double published = 1e-9;  // relative: constants given to ten digits

void expect_quantity(std::string_view text, double value, Dimension dimension) {
  const Quantity quantity = parse_quantity(text);
  EXPECT_NEAR(quantity.value, value, tight * std::abs(value)) << text;
  EXPECT_EQ(quantity.dimension, dimension) << text;
}

TEST(Constants, satisfy_the_identities_between_them) {
  using namespace constants;
  EXPECT_NEAR(gas_constant / (avogadro * boltzmann * elementary_charge), 1, published);
  EXPECT_NEAR(faraday / (avogadro * elementary_charge), 1, published);
  const double pi = std::acos(-1.0);
  EXPECT_NEAR(coulomb * 4 * pi * vacuum_permittivity, 1, published);
}

TEST(Units, gas_and_faraday_constants_become_boltzmann_and_one) {
  EXPECT_NEAR(from_unit(constants::gas_constant, "J/mol/K") / constants::boltzmann, 1, published);
  EXPECT_NEAR(from_unit(constants::faraday, "C/mol"), 1, published);
}

TEST(Units, convert_energies_of_chemists_and_physicists) {
  EXPECT_NEAR(in_unit(1, "kJ/mol"), 96.48533, 1e-5);
  EXPECT_NEAR(in_unit(1, "kcal/mol"), 23.06055, 1e-5);
  EXPECT_NEAR(from_unit(1, "J"), 6.241509074e18, 1e9);
  expect_quantity("250 meV", 0.25, dimension::energy);
}

TEST(Units, convert_masses_and_densities) {
  EXPECT_NEAR(in_unit(from_unit(1, "dalton/angstrom3"), "g/cm3"), 1.66053906660, 1e-10);
  EXPECT_NEAR(from_unit(1, "u"), constants::dalton, tight * constants::dalton);
  EXPECT_NEAR(from_unit(1, "g/mol") / constants::dalton, 1, published);
}

TEST(Units, capacity_of_one_sodium_per_six_carbons_is_372_mah_per_gram) {
  EXPECT_NEAR(in_unit(1 / (6 * 12.011 * constants::dalton), "mAh/g"), 371.9, 0.05);
}

TEST(Units, a_kilogram_metre_per_square_second_is_a_joule_per_metre) {
  EXPECT_NEAR(from_unit(1, "kg m/s2") / from_unit(1, "J/m"), 1, tight);
  EXPECT_NEAR(from_unit(1, "Pa m3") / from_unit(1, "J"), 1, tight);
  EXPECT_NEAR(from_unit(1, "V C") / from_unit(1, "J"), 1, tight);
  EXPECT_NEAR(from_unit(1, "A s") / from_unit(1, "C"), 1, tight);
  EXPECT_NEAR(from_unit(1, "atm") / from_unit(1.01325, "bar"), 1, tight);
  EXPECT_NEAR(from_unit(160.2176634, "GPa"), 1, tight);  // 1 eV/A^3
}

TEST(Units, degrees_celsius_are_shifted_alone_and_differences_in_a_rate) {
  expect_quantity("1300 degC", 1573.15, dimension::temperature);
  expect_quantity("-20 degC", 253.15, dimension::temperature);
  expect_quantity("25 °C", 298.15, dimension::temperature);
  expect_quantity("5 K/min", 1.0 / 12, dimension::heating_rate);
  expect_quantity("5 degC/min", 1.0 / 12, dimension::heating_rate);
  expect_quantity("2 1/degC", 2, dimension::none / dimension::temperature);
  EXPECT_NEAR(in_unit(1573.15, "degC"), 1300, 1e-10);
}

TEST(Units, a_is_the_ampere_and_not_the_angstrom) {
  EXPECT_EQ(parse_unit("A").dimension, dimension::charge / dimension::time);
  EXPECT_EQ(parse_unit("mA/g").dimension, dimension::charge / dimension::time / dimension::mass);
  for (const auto* name : {"angstrom", "Angstrom", "Å"}) EXPECT_EQ(parse_unit(name).dimension, dimension::length);
}

TEST(Units, read_all_spellings_of_powers_products_and_quotients) {
  for (const auto* rate : {"4 1/s", "4 s-1", "4 s^-1", "4 Hz", "4/s"}) expect_quantity(rate, 4, dimension::rate);
  for (const auto* volume : {"2 cm3", "2 cm^3", "2cm3", "2 cm cm cm", "2 cm*cm2", "+2 cm * cm2"})
    expect_quantity(volume, 2e24, dimension::volume);
  expect_quantity("1e-14 m2/s", 1e6, dimension::diffusivity);
  expect_quantity("1 eV/nm2", 0.01, dimension::surface_energy);
  expect_quantity("1 mol/m3", constants::avogadro * 1e-30, dimension::none / dimension::volume);
  EXPECT_EQ(parse_unit("J/m2").dimension, dimension::surface_energy);
  EXPECT_EQ(parse_unit("cm3/g").dimension, dimension::specific_volume);
}

TEST(Units, pure_numbers_need_no_unit_and_percents_are_hundredths) {
  expect_quantity("0.35", 0.35, dimension::none);
  expect_quantity("35 %", 0.35, dimension::none);
  expect_quantity("35%", 0.35, dimension::none);
  expect_quantity("7 1", 7, dimension::none);
}

TEST(Units, conversion_there_and_back_is_the_identity) {
  for (const auto* unit : {"degC", "mAh/g", "kJ/mol", "g/cm3", "K/min", "GPa", "%"})
    EXPECT_NEAR(in_unit(from_unit(17.5, unit), unit), 17.5, 1e-12) << unit;
}

TEST(Units, unknown_units_are_refused_with_the_nearest_known_one) {
  const auto problem = [](const char* text) { return [text] { parse_quantity(text); }; };
  EXPECT_THAT(problem("5 ev"), ThrowsMessage<InputError>("unknown unit 'ev', did you mean 'eV'"));
  EXPECT_THAT(problem("5 degc/min"), ThrowsMessage<InputError>("unknown unit 'degc', did you mean 'degC'"));
  EXPECT_THAT(problem("5 furlong"), ThrowsMessage<InputError>(HasSubstr("known: angstrom")));
}

TEST(Units, malformed_text_is_refused) {
  for (const auto* text :
       {"", "nm", "four nm", "nan nm", "inf nm", "1e400 nm", "5,5 nm", "- 5 nm", "+-5 nm", "-274 degC", "5 5 nm"})
    EXPECT_THROW(parse_quantity(text), InputError) << text;
  for (const auto* text : {"", "m//s", "m/", "*m", "m**2", "m0", "m99", "3", "-1", "s-", "s--1", "^2"})
    EXPECT_THROW(parse_unit(text), InputError) << text;
}

TEST(Units, every_example_unit_has_the_dimension_it_stands_for) {
  using namespace dimension;
  for (const Dimension d : {none,
                            length,
                            area,
                            volume,
                            time,
                            rate,
                            energy,
                            charge,
                            temperature,
                            heating_rate,
                            voltage,
                            mass,
                            density,
                            specific_volume,
                            specific_capacity,
                            diffusivity,
                            pressure,
                            force,
                            surface_energy,
                            charge / time,
                            charge / time / mass,
                            none / volume,
                            rate / area,
                            length / time,
                            area / mass,
                            energy / mass,
                            energy / temperature,
                            Dimension{3, -2, 1, 0, 5}})
    EXPECT_EQ(parse_unit(example_unit(d)).dimension, d) << describe(d);
}

TEST(Units, dimensions_describe_themselves_with_an_example) {
  EXPECT_EQ(describe(dimension::temperature), "temperature (like \"300 K\")");
  EXPECT_EQ(describe(dimension::specific_capacity), "specific capacity (like \"300 mAh/g\")");
  EXPECT_EQ(describe(dimension::none), "pure number (like 0.5)");
  EXPECT_EQ(describe(Dimension{3, -2, 1, 0, 0}), "length^3 time^-2 energy (like \"1 nm3 s-2 eV\")");
}

}  // namespace
}  // namespace cardhouse
