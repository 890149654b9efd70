#include "engine/sodium/collective_group.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/stream.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

TEST(CollectiveGroup, fills_graphene_bands_to_the_textbook_fermi_level) {
  HostElectronParameters host{6.58, 0.0};
  // NaC24 with 0.8 electrons each: n = 0.8/(24 x 2.62 angstrom^2), E_F = hv sqrt(pi n) = 1.315 eV.
  const CollectiveGroup group = CollectiveGroup::host_electrons({24 * 2.62 * 100}, host);
  EXPECT_NEAR(group.slope(80.0), 6.58 * std::sqrt(M_PI * 0.8 / (24 * 2.62)), 1e-12);
  EXPECT_NEAR(group.slope(80.0), 1.315, 1e-3);
  EXPECT_NEAR(group.energy(80.0), 2.0 / 3.0 * 80.0 * group.slope(80.0), 1e-9);
  EXPECT_EQ(group.energy(0), 0);
}

TEST(CollectiveGroup, starts_from_the_electrons_that_defects_gave) {
  const CollectiveGroup group = CollectiveGroup::host_electrons({1000}, {6.58, 6.6e-4});
  EXPECT_NEAR(group.slope(0), 6.58 * std::sqrt(M_PI * 6.6e-4), 1e-12);
  EXPECT_NEAR((group.energy(1e-6) - group.energy(0)) / 1e-6, group.slope(0), 1e-5);
}

TEST(CollectiveGroup, opens_a_gallery_to_the_minimum_of_its_energy_counted_from_the_reference) {
  const SodiumParameters p = synthetic::parameters();
  const double reference = -0.2;
  const CollectiveGroup group = CollectiveGroup::gallery_opening({400.0, 3.7}, p.opening, reference);
  const double stiffness = 400.0 * p.opening.stiffness / (2 * 3.7);
  const auto lowest = [&](double n) {
    double best = 0;
    for (double x = 0; x <= 0.5 + 1e-9; x += 1e-5) best = std::min(best, stiffness * x * x - n * p.opening.slope * x);
    return best;
  };
  for (const double n : {1.0, 2.0, 3.0, 6.0, 10.0}) EXPECT_NEAR(group.energy(n), lowest(n) - n * reference, 1e-6);
  EXPECT_NEAR(group.opening(3.0), 3 * 3.1 / (2 * stiffness), 1e-12);
  EXPECT_NEAR(group.opening(50.0), 0.5, 1e-12);  // up to 4.2 angstrom and no further
}

TEST(CollectiveGroup, every_further_sodium_finds_the_gallery_open) {
  const SodiumParameters p = synthetic::parameters();
  const double per_area = p.opening.stiffness / (2 * 3.7);
  // Soft enough to open in proportion: G(n) = -n^2 s^2/(4 K).
  const CollectiveGroup wide = CollectiveGroup::gallery_opening({1000.0, 3.7}, p.opening);
  EXPECT_NEAR(wide.energy(2) - 2 * wide.energy(1), -2 * 3.1 * 3.1 / (4 * 1000 * per_area), 1e-12);
  // So small that one sodium opens it to the full 4.2 angstrom: the second need not pay for it, K x^2.
  const CollectiveGroup small = CollectiveGroup::gallery_opening({50.0, 3.7}, p.opening);
  EXPECT_NEAR(small.opening(1), 0.5, 1e-12);
  EXPECT_NEAR(small.energy(2) - 2 * small.energy(1), -50 * per_area * 0.25, 1e-12);
}

TEST(CollectiveGroup, a_narrow_gallery_gains_more_by_opening_than_a_wide_one) {
  const OpeningParameters opening = synthetic::parameters().opening;
  const auto gain = [&](double spacing) { return CollectiveGroup::gallery_opening({40, spacing}, opening).energy(1); };
  EXPECT_LT(gain(3.6), gain(3.8));
  EXPECT_LT(gain(3.8), gain(4.1));
  EXPECT_EQ(gain(4.2), 0);
}

TEST(CollectiveGroup, a_patch_is_never_smaller_than_the_footprint_of_one_sodium) {
  const OpeningParameters opening = synthetic::parameters().opening;
  const double footprint = 8 * std::sqrt(1.5 * 3.8 / opening.stiffness);
  EXPECT_NEAR(footprint, 40, 0.1);
  const auto energy = [&](double area) { return CollectiveGroup::gallery_opening({area, 3.8}, opening).energy(3); };
  EXPECT_DOUBLE_EQ(energy(5), energy(footprint));
  EXPECT_GT(energy(2 * footprint), energy(footprint));  // more layer to bend
}

TEST(CollectiveGroup, a_silent_group_has_no_energy) {
  const CollectiveGroup group = CollectiveGroup::silent();
  EXPECT_EQ(group.energy(3), 0);
  EXPECT_EQ(group.slope(3), 0);
  EXPECT_EQ(group.opening(3), 0);
}

TEST(CollectiveGroup, slope_is_the_derivative_of_the_energy) {
  const SodiumParameters p = synthetic::parameters();
  for (const CollectiveGroup& group : {CollectiveGroup::host_electrons({300.0}, p.host_electrons),
                                       CollectiveGroup::gallery_opening({300.0, 3.6}, p.opening)})
    for (const double sum : {0.5, 2.0, 4.0, 30.0})
      EXPECT_NEAR((group.energy(sum + 1e-5) - group.energy(sum - 1e-5)) / 2e-5, group.slope(sum), 1e-6);
}

TEST(CollectiveGroup, changes_stay_within_the_margin_of_the_safe_drift) {
  const SodiumParameters p = synthetic::parameters();
  Stream stream(3, Purpose::Test);
  for (const CollectiveGroup& group : {CollectiveGroup::host_electrons({150.0}, {6.58, 0.0}),
                                       CollectiveGroup::gallery_opening({300.0, 3.6}, p.opening)})
    for (int trial = 0; trial < 20000; ++trial) {
      const double sum = 1 + 20 * stream.uniform();
      const double margin = 0.2 * stream.uniform();
      const double half = group.safe_drift(sum, 0.9, margin) / 2;
      const double step = 1.8 * stream.uniform() - 0.9;
      const double first = std::max(0.9, sum + half * (2 * stream.uniform() - 1));
      const double second = std::max(0.9, sum + half * (2 * stream.uniform() - 1));
      ASSERT_LE(std::abs(group.change(first, step) - group.change(second, step)), margin * (1 + 1e-9));
    }
}

TEST(CollectiveGroup, safe_drift_is_not_needlessly_small) {
  const CollectiveGroup group = CollectiveGroup::host_electrons({10000.0}, {6.58, 6.6e-4});
  const double h = group.safe_drift(100, 0.8, 0.01);
  EXPECT_GT(0.8 * (group.slope(100 + h) - group.slope(100)), 0.002);
}

}  // namespace
}  // namespace cardhouse
