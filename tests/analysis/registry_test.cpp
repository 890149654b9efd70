#include "analysis/registry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/base/units.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

// The first edge is not the shortest: doubling it leaves the range of the pair histogram as it is.
CarbonStructure toy_carbon() {
  Stream stream(51, Purpose::Test);
  return samples::with_bonds(samples::turbostratic(14, 7, 8, 3.6, stream));
}

// Agreement within three errors, one per cent of the value (grids differ) and a floor in the unit of the descriptor.
void expect_same(const std::vector<Descriptor>& first, const std::vector<Descriptor>& second) {
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].name, second[i].name);
    const double error = std::hypot(first[i].estimate.error, second[i].estimate.error);
    const double scale = std::max(std::abs(first[i].estimate.value), std::abs(second[i].estimate.value));
    EXPECT_NEAR(first[i].estimate.value, second[i].estimate.value, 3 * error + 0.01 * scale + 1e-9) << first[i].name;
  }
}

TEST(Descriptors, are_listed_alphabetically_with_summary_and_reference) {
  const auto table = descriptors();
  EXPECT_TRUE(std::is_sorted(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const auto& entry : table) {
    EXPECT_FALSE(entry.summary.empty());
    EXPECT_FALSE(entry.reference.empty());
  }
}

TEST(Descriptors, have_known_units_finite_values_and_names_of_their_own) {
  const CarbonStructure structure = toy_carbon();
  std::set<std::string> names;
  for (const auto& entry : descriptors()) {
    for (const Descriptor& descriptor : entry.make(structure, {}).values) {
      EXPECT_NO_THROW(parse_unit(descriptor.unit)) << descriptor.name;
      EXPECT_TRUE(std::isfinite(descriptor.estimate.value)) << descriptor.name;
      EXPECT_TRUE(std::isfinite(descriptor.estimate.error)) << descriptor.name;
      EXPECT_GE(descriptor.estimate.error, 0) << descriptor.name;
      EXPECT_FALSE(descriptor.remark.empty()) << descriptor.name;
      EXPECT_TRUE(names.insert(descriptor.name).second) << descriptor.name;
    }
  }
  EXPECT_TRUE(names.contains("d002") && names.contains("closed_pore_volume") && names.contains("sp2_fraction"));
}

TEST(Descriptors, come_with_well_formed_tables_under_names_of_their_own) {
  const CarbonStructure structure = toy_carbon();
  std::set<std::string> names;
  for (const auto& entry : descriptors())
    for (const NamedTable& table : entry.make(structure, {}).tables) {
      EXPECT_TRUE(is_well_formed(table.table)) << table.name;
      EXPECT_TRUE(names.insert(table.name).second) << table.name;
    }
  EXPECT_TRUE(names.contains("diffraction") && names.contains("pore_sizes") && names.contains("rings"));
}

TEST(Descriptors, are_the_same_in_a_supercell) {
  const CarbonStructure one = toy_carbon();
  const CarbonStructure two = samples::with_bonds(samples::doubled_along_a(one.atoms));
  for (const auto& entry : descriptors()) expect_same(entry.make(one, {}).values, entry.make(two, {}).values);
}

TEST(Descriptors, do_not_depend_on_the_origin) {
  const CarbonStructure one = toy_carbon();
  const CarbonStructure two = samples::with_bonds(samples::moved(one.atoms, {3.1, -7.7, 12.9}));
  for (const auto& entry : descriptors()) expect_same(entry.make(one, {}).values, entry.make(two, {}).values);
}

TEST(Descriptors, stay_finite_for_a_single_atom) {
  Atoms atoms{Cell::cubic(12), {}, {}};
  atoms.add(Element::C, {1, 1, 1});
  for (const auto& entry : descriptors()) {
    for (const Descriptor& descriptor : entry.make(samples::with_bonds(atoms), {}).values) {
      EXPECT_TRUE(std::isfinite(descriptor.estimate.value) && std::isfinite(descriptor.estimate.error))
          << descriptor.name;
    }
  }
}

TEST(Descriptors, know_the_density_and_spacing_of_graphite) {
  const CarbonStructure structure = samples::with_bonds(samples::graphite(12, 7, 4));
  std::map<std::string, double> value;
  for (const auto& entry : descriptors()) {
    for (const Descriptor& descriptor : entry.make(structure, {}).values)
      value[descriptor.name] = descriptor.estimate.value;
  }
  EXPECT_NEAR(value.at("geometric_density"), 2.27, 0.01);
  EXPECT_NEAR(value.at("helium_density"), 2.27, 0.01);
  EXPECT_NEAR(value.at("d002"), 0.3354, 0.0005);
  EXPECT_NEAR(value.at("layer_spacing"), 0.3354, 1e-6);
}

}  // namespace
}  // namespace cardhouse
