#include "engine/sodium/sodium_parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

using ::testing::HasSubstr;

std::string shipped_text() {
  std::ifstream file(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/hamiltonian.toml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string message_of(std::string text, const std::string& old_part, const std::string& new_part) {
  text.replace(text.find(old_part), old_part.size(), new_part);
  try {
    read_sodium_parameters(Deck::from_text(text, "hamiltonian.toml"));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(SodiumParameters, are_read_in_internal_units) {
  const SodiumParameters p =
      read_sodium_parameters(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/hamiltonian.toml");
  EXPECT_DOUBLE_EQ(p.host_electrons.velocity, 6.58);
  EXPECT_NEAR(p.wetting_energy, -0.00423, 1e-12);              // -0.423 eV/nm^2
  EXPECT_NEAR(p.opening.stiffness, 36.5 / 160.2176634, 1e-9);  // GPa in eV/angstrom^3
  EXPECT_DOUBLE_EQ(p.attempt_frequency, 4e12);
  EXPECT_TRUE(p.terms.metal);
}

TEST(SodiumParameters, refuse_a_value_without_source) {
  EXPECT_THAT(message_of(shipped_text(), "source = \"estimate: screening within a layer and by its neighbours\"",
                         "source = \"\""),
              HasSubstr("source"));
  EXPECT_THAT(message_of(shipped_text(), ", source = \"estimate: 0.5 to 1.0 eV angstrom\"", ""), HasSubstr("source"));
}

TEST(SodiumParameters, refuse_wrong_units_signs_and_names) {
  EXPECT_THAT(message_of(shipped_text(), "1.113 eV\"", "1.113 angstrom\""), HasSubstr("cohesive_energy"));
  EXPECT_THAT(message_of(shipped_text(), "\"3.0 angstrom\"", "\"-3.0 angstrom\""), HasSubstr("diameter"));
  EXPECT_THAT(message_of(shipped_text(), "wetting = true", "weting = true"), HasSubstr("weting"));
}

}  // namespace
}  // namespace cardhouse
