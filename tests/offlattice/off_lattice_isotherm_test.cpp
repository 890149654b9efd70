#include "engine/offlattice/off_lattice_isotherm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/offlattice/explicit_sodium.hpp"

namespace cardhouse {
namespace {

/// Two sheets far apart, with a site of two classes on either side of the second.
SiteNetwork two_sites(const Atoms& host) {
  SiteNetwork network{host.cell, {}, {}, {}, {}, total_mass(host)};
  for (const double z : {5.5, 12.0}) {
    Site site;
    site.position = {1, 1, z};
    site.kind = z < 10 ? SiteClass::Terrace : SiteClass::Slit;
    network.sites.push_back(site);
  }
  return network;
}

std::vector<IsothermPoint> isotherm(double temperature, std::uint64_t seed) {
  const Atoms host = explicit_sodium::aa_stack(8.2, 2, 3, 2);
  const SodiumInteractions interactions{SodiumInteractionFiles{}};
  const SodiumPotential potential(host, interactions, overlap_floor(interactions, temperature));
  return off_lattice_isotherm(
      potential, two_sites(host), {MetalCrystal::FaceCentred, 5.5, -1.13, -1.35},
      {.temperature = temperature, .voltages = {0.4, 0.0, -0.2}, .moves = 4000, .samples = 40, .seed = seed});
}

TEST(OffLatticeIsotherm, fills_as_the_voltage_falls_and_empties_on_the_way_back) {
  const std::vector<IsothermPoint> points = isotherm(600, 1);
  ASSERT_EQ(points.size(), 5U);
  EXPECT_TRUE(points[2].sodiation);
  EXPECT_FALSE(points[3].sodiation);
  EXPECT_LT(points[0].capacity.value, points[2].capacity.value);
  EXPECT_LT(points[4].capacity.value, points[2].capacity.value);
  EXPECT_EQ(points[4].voltage, 0.4);
  for (const IsothermPoint& point : points) {
    const double sum = std::accumulate(point.by_class.begin(), point.by_class.end(), 0.0);
    EXPECT_NEAR(sum, point.capacity.value, 1e-9);
    double energy = 0;
    for (std::size_t k = 0; k < site_class_count; ++k) energy += point.by_class[k] * point.class_energy[k];
    EXPECT_NEAR(energy, point.energy.value * point.capacity.value, 1e-6);  // shares add up to the whole
  }
}

TEST(OffLatticeIsotherm, is_the_same_for_the_same_seed_alone) {
  const auto a = isotherm(600, 1), b = isotherm(600, 1), c = isotherm(600, 2);
  EXPECT_EQ(a[2].capacity.value, b[2].capacity.value);
  EXPECT_NE(a[2].capacity.value, c[2].capacity.value);
}

}  // namespace
}  // namespace cardhouse
