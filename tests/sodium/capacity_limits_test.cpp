// What any voltage curve of the shipped parameters must keep to, whatever the carbon.

#include <gtest/gtest.h>

#include <numbers>
#include <string>

#include "engine/sodium/spherical_pore.hpp"
#include "engine/sodium/voltage_sweep.hpp"
#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using namespace samples;

constexpr double metal_volume = 39.4;    // of one sodium, bcc at 298 K [angstrom^3]
constexpr double metal_capacity = 1128;  // of sodium metal [mAh/cm3]

SodiumParameters shipped() {
  return read_sodium_parameters(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/hamiltonian.toml");
}

std::vector<SweepPoint> discharged(const SiteNetwork& network, const std::vector<double>& voltages) {
  SweepOptions options;
  options.voltages = voltages;
  options.reverse = false;
  options.replicas = 2;
  options.equilibration_sweeps = 60;
  options.production_sweeps = 60;
  return sweep(network, shipped(), options, {}).points;
}

// NaC64, 35 mAh/g, is as much as graphite takes electrochemically (Ge & Fouletier 1988,
// doi:10.1016/0167-2738(88)90351-7).
TEST(CapacityLimits, graphite_takes_less_sodium_than_one_in_64_carbons) {
  for (const double spacing : {3.35, 3.40}) {
    const SiteNetwork graphite = find_sites(
        bonded(stack(6, 4, 4 * spacing, {{0, 0}, {spacing, 1}, {2 * spacing, 0}, {3 * spacing, 1}})), parameters());
    EXPECT_LT(discharged(graphite, {0.5, 0.1, 0.0}).back().capacity.value, 35) << spacing;
  }
}

TEST(CapacityLimits, galleries_alone_have_a_slope_and_no_plateau) {
  const SiteNetwork galleries = find_sites(bonded(stack(8, 5, 8.0, {{0, 0}, {4.0, 0}})), parameters());
  const auto points = discharged(galleries, {1.0, 0.5, 0.2, 0.1, 0.0});
  const double slope = points[3].capacity.value, all = points[4].capacity.value;
  EXPECT_GT(slope, 20);
  EXPECT_LT(all - slope, 0.2 * all);
  for (const SweepPoint& point : points)
    EXPECT_EQ(point.by_class[static_cast<std::size_t>(SiteClass::PoreWall)].value, 0);
}

TEST(CapacityLimits, a_full_pore_holds_no_more_than_its_volume_of_sodium_metal) {
  for (const double diameter : {9.0, 12.0, 20.0}) {
    const SiteNetwork pore = spherical_pore({diameter, {0.4, 0.1, 0.9}}, parameters().geometry);
    const double volume = std::numbers::pi / 6 * diameter * diameter * diameter;
    const double full = discharged(pore, {0.1, 0.0, -0.3}).back().capacity.value;
    EXPECT_GT(full, 0);
    EXPECT_LE(full, capacity(pore, volume / metal_volume)) << diameter;
  }
}

// The volume of one atom and the capacity of a cubic centimetre are one number.
TEST(CapacityLimits, a_cubic_centimetre_of_sodium_has_1128_milliampere_hours) {
  const SiteNetwork host{Cell::cubic(1), {}, {}, {}, {}, 12.011};
  const double grams = 12.011 * 1.66053906660e-24;
  EXPECT_NEAR(capacity(host, 1e24 / metal_volume) * grams, metal_capacity, 3);
}

}  // namespace
}  // namespace cardhouse
