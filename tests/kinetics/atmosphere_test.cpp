#include "engine/kinetics/atmosphere.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

Atmosphere read(const std::string& text) {
  const Deck deck = Deck::from_text(text, "furnace.toml");
  auto atmosphere = read_atmosphere(deck.root());
  deck.reject_unknown_keys();
  return atmosphere;
}

TEST(Atmosphere, is_argon_at_one_atmosphere_unless_told) {
  const Atmosphere atmosphere = read("");
  EXPECT_EQ(atmosphere.name, "Ar");
  // An ideal gas at 273.15 K and 1 atm holds 2.6867e25 molecules a cubic metre (Loschmidt, CODATA 2018).
  EXPECT_NEAR(atmosphere.concentration("Ar", 273.15), 2.6867e25 * 1e-30, 1e-9);
  EXPECT_EQ(atmosphere.concentration("O2", 300), 0);
}

TEST(Atmosphere, knows_air_steam_vacuum_and_mixtures) {
  EXPECT_NEAR(read("atmosphere = \"air\"").concentration("O2", 300) / read("").concentration("Ar", 300), 0.21, 1e-12);
  EXPECT_GT(read("atmosphere = \"steam\"").concentration("H2O", 1000), 0);
  EXPECT_TRUE(read("atmosphere = \"vacuum\"").gases.empty());
  const Atmosphere mixture =
      read("atmosphere = { CO2 = 0.1, Ar = \"90 %\" }\npressure = \"2 bar\"\nresidence = \"10 s\"");
  EXPECT_NEAR(mixture.concentration("CO2", 1000) / mixture.concentration("Ar", 1000), 1.0 / 9, 1e-12);
  EXPECT_EQ(mixture.residence, 10);
}

TEST(Atmosphere, air_and_steam_are_themselves_in_mixtures) {
  const Atmosphere mixture = read("atmosphere = { air = 0.5, O2 = 0.1, steam = 0.4 }");
  const double all = read("").concentration("Ar", 1000);
  EXPECT_NEAR(mixture.concentration("O2", 1000) / all, 0.5 * 0.21 + 0.1, 1e-12);
  EXPECT_NEAR(mixture.concentration("N2", 1000) / all, 0.5 * 0.79, 1e-12);
  EXPECT_NEAR(mixture.concentration("H2O", 1000) / all, 0.4, 1e-12);
  EXPECT_THROW(read("atmosphere = { vacuum = 0.5, Ar = 0.5 }"), InputError);
}

TEST(Atmosphere, refuses_shares_that_do_not_add_up_and_negative_values) {
  EXPECT_THROW(read("atmosphere = { O2 = 0.2, Ar = 0.7 }"), InputError);
  EXPECT_THROW(read("atmosphere = { O2 = -0.2, Ar = 1.2 }"), InputError);
  EXPECT_THROW(read("pressure = \"-1 bar\""), InputError);
  EXPECT_THROW(read("residence = \"-1 s\""), InputError);
}

}  // namespace
}  // namespace cardhouse
