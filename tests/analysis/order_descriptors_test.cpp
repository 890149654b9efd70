#include "analysis/order_descriptors.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

std::map<std::string, double> values_of(const Description& description) {
  std::map<std::string, double> values;
  for (const Descriptor& descriptor : description.values) values[descriptor.name] = descriptor.estimate.value;
  return values;
}

TEST(OrderDescriptors, leave_out_sizes_that_the_cell_cannot_hold) {
  const auto values = values_of(describe_stacks(samples::with_bonds(samples::graphite(8, 5, 2)), {}));
  EXPECT_EQ(values.at("endless_patches"), 1);
  EXPECT_FALSE(values.contains("patch_La") || values.contains("raman_ID_IG") || values.contains("layers_per_stack"));
  EXPECT_NEAR(values.at("stack_spacing"), 0.3354, 1e-9);
  EXPECT_NEAR(values.at("mean_twist"), 0, 1e-6);
}

TEST(OrderDescriptors, give_size_and_raman_ratio_of_flakes) {
  const double a = samples::lattice_constant;
  Atoms atoms{Cell::orthorhombic(8 * a + 12, 5 * a * std::numbers::sqrt3 + 12, 30), {}, {}};
  for (int layer = 0; layer < 3; ++layer) samples::add_layer(atoms, 8, 5, 5 + 3.5 * layer);
  const auto values = values_of(describe_stacks(samples::with_bonds(atoms), {}));
  const double La = values.at("patch_La");
  const double area = 8 * 7 * std::numbers::sqrt3 / 2 * a * a;  // eight rows of seven hexagons
  EXPECT_NEAR(La, 0.1 * std::sqrt(4 * area / std::numbers::pi), 1e-9);
  EXPECT_NEAR(1 / values.at("raman_ID_IG"), 1 / (0.55 * La * La) + La / 4.4, 1e-9);
  EXPECT_GT(values.at("layers_per_stack"), 2.8);
}

TEST(OrderDescriptors, count_graphite_as_two_thirds_of_its_conductivity_along_layers) {
  const auto values = values_of(describe_conductivity(samples::with_bonds(samples::graphite(6, 4, 2)), {}));
  EXPECT_NEAR(values.at("network_conductivity"), 2.0 / 3, 1e-3);
}

TEST(OrderDescriptors, name_only_the_sites_of_elements_that_are_there) {
  Atoms atoms = samples::graphite(6, 4, 2);
  atoms.elements[0] = Element::N;
  const auto values = values_of(describe_defects(samples::with_bonds(atoms), {}));
  EXPECT_NEAR(values.at("graphitic_nitrogen"), 1.0 / (6 * 4 * 2 * 8 - 1), 1e-12);
  EXPECT_EQ(values.at("pyridinic_nitrogen"), 0);
  EXPECT_FALSE(values.contains("hydroxyl_oxygen"));
}

}  // namespace
}  // namespace cardhouse
