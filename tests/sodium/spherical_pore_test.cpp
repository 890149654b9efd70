#include "engine/sodium/spherical_pore.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "engine/base/errors.hpp"
#include "engine/sodium/voltage_sweep.hpp"
#include "tests/sodium/carbon_samples.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

double wall_area(const SiteNetwork& network) {
  double area = 0;
  for (const Site& site : network.sites) area += site.covered_area;
  return area;
}

TEST(SphericalPore, has_the_wall_of_a_sphere_and_most_of_its_volume_in_metal) {
  const SiteGeometry geometry = samples::parameters().geometry;
  for (const double diameter : {14.0, 20.0, 26.0}) {
    const SiteNetwork pore = spherical_pore({diameter, {0.7, 0.3, 1.1}}, geometry);
    EXPECT_NEAR(wall_area(pore) / (std::numbers::pi * diameter * diameter), 1, 0.02) << diameter;
    const double volume = std::numbers::pi / 6 * diameter * diameter * diameter;
    const double filled = static_cast<double>(pore.sites.size()) * 39.4 / volume;  // 39.4 angstrom^3 an atom
    EXPECT_GT(filled, 0.5) << diameter;  // a lattice loses places at a round wall
    EXPECT_LT(filled, 1.0) << diameter;
  }
}

TEST(SphericalPore, fills_near_the_voltage_of_gibbs_and_thomson) {
  const SiteNetwork pore = spherical_pore({20, {}}, samples::parameters().geometry);
  for (const double voltage : {0.03, 0.0587}) {
    const double wetting = wetting_energy_at(voltage, pore, synthetic::parameters(), {});
    const double expected = -voltage * static_cast<double>(pore.sites.size()) / wall_area(pore);
    EXPECT_GT(wetting / expected, 0.98) << voltage;
    EXPECT_LT(wetting / expected, 1.2) << voltage;  // places with few neighbours cost more than their wall gives
  }
}

TEST(SphericalPore, the_wetting_energy_found_divides_empty_from_full) {
  const SiteNetwork pore = spherical_pore({16, {}}, samples::parameters().geometry);
  SodiumParameters parameters = synthetic::parameters();
  const double voltage = 0.06;
  const double wetting = wetting_energy_at(voltage, pore, parameters, {});
  SweepOptions options;
  options.voltages = {voltage};
  options.reverse = false;
  options.replicas = 2;
  const auto filling = [&](double share) {
    parameters.wetting_energy = share * wetting;
    return sweep(pore, parameters, options, {}).points.front().capacity.value /
           capacity(pore, static_cast<double>(pore.sites.size()));
  };
  EXPECT_GT(filling(1.05), 0.8);
  EXPECT_LT(filling(0.95), 0.2);
}

TEST(SphericalPore, too_small_for_sodium_is_refused) {
  EXPECT_THROW(spherical_pore({1, {}}, samples::parameters().geometry), InputError);
  const SiteNetwork pore = spherical_pore({16, {}}, samples::parameters().geometry);
  EXPECT_THROW(wetting_energy_at(2.0, pore, synthetic::parameters(), {}), InputError);
}

}  // namespace
}  // namespace cardhouse
