#include "engine/carbonize/volatile_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "engine/base/errors.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

const std::string file = CARDHOUSE_SOURCE_DIR "/inputs/rules/volatile_transport.toml";

std::string message_with(const std::string& from, const std::string& to) {
  std::ifstream in(file);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const ScratchFolder folder;
  const std::string path = folder.with_text("volatile_transport.toml", text);
  try {
    load_volatile_transport(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(VolatileTransport, gas_leaves_an_ungelled_cell_within_seconds_at_250_degrees) {
  const auto transport = load_volatile_transport(file);
  EXPECT_GT(transport.hop.at(523.15), 1);
  EXPECT_GT(transport.escape.at(523.15), transport.hop.at(523.15));
}

TEST(VolatileTransport, pores_keep_gas_for_days_at_300_degrees_and_seconds_at_1300) {
  const auto transport = load_volatile_transport(file);
  EXPECT_LT(transport.leak.at(573.15), 1 / 86400.0);
  EXPECT_GT(transport.leak.at(1573.15), 0.1);
}

TEST(VolatileTransport, counts_a_mole_a_kilogram_as_a_molecule_for_a_kilodalton) {
  const auto transport = load_volatile_transport(file);
  EXPECT_NEAR(transport.saturation, 1e-3, 1e-12);
  EXPECT_NEAR(transport.burst, 5e-3, 5e-12);
  EXPECT_THAT(message_with("value = \"5 mol/kg\"", "value = 5"), HasSubstr("amount per mass"));
}

// 1e-15 m2/s at 300 degC: twelve hours of air oxidise a shell of some micrometres.
TEST(VolatileTransport, air_enters_a_particle_by_micrometres_in_half_a_day) {
  const double shell = std::sqrt(load_volatile_transport(file).ingress.at(573.15) * 12 * 3600) / 1e4;
  EXPECT_GT(shell, 1);
  EXPECT_LT(shell, 20);
}

TEST(VolatileTransport, refuses_numbers_without_source_and_out_of_range) {
  EXPECT_THAT(message_with("source = \"estimate: same", "surce = \"estimate: same"), HasSubstr("source"));
  EXPECT_THAT(message_with("value = 0.1", "value = -0.1"), HasSubstr("positive"));
  EXPECT_THAT(message_with("A = \"1e7 1/s\"", "A = 1e7"), HasSubstr("A"));
  EXPECT_THAT(message_with("[leak]", "[leek]"), HasSubstr("leak"));
  EXPECT_THAT(message_with("A = \"2e-8 m2/s\"", "A = \"2e-8 1/s\""), HasSubstr("diffusivity"));
}

}  // namespace
}  // namespace cardhouse
