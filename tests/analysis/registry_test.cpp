#include "analysis/registry.hpp"

#include <gtest/gtest.h>
#include <omp.h>

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

// A range that every cell of the tests holds: the default follows the cell. Few points of the surface tell as much
// about invariance as many.
DescriptorOptions options() {
  DescriptorOptions result;
  result.scattering_range = 11;
  result.pores.surface_points = 25;
  return result;
}

std::vector<Description> describe(const CarbonStructure& structure) {
  std::vector<Description> all;
  for (const auto& entry : descriptors()) all.push_back(entry.make(structure, options()));
  return all;
}

const std::vector<Description>& of_toy_carbon() {
  static const std::vector<Description> reference = describe(toy_carbon());
  return reference;
}

void expect_same(const std::vector<Description>& first, const std::vector<Description>& second) {
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) expect_same(first[i].values, second[i].values);
}

TEST(Descriptors, have_known_units_finite_values_and_names_of_their_own) {
  std::set<std::string> names;
  for (const Description& description : of_toy_carbon()) {
    for (const Descriptor& descriptor : description.values) {
      EXPECT_NO_THROW(parse_unit(descriptor.unit)) << descriptor.name;
      EXPECT_TRUE(std::isfinite(descriptor.estimate.value)) << descriptor.name;
      EXPECT_TRUE(std::isfinite(descriptor.estimate.error)) << descriptor.name;
      EXPECT_GE(descriptor.estimate.error, 0) << descriptor.name;
      EXPECT_FALSE(descriptor.remark.empty()) << descriptor.name;
      EXPECT_TRUE(names.insert(descriptor.name).second) << descriptor.name;
    }
  }
  for (const char* name : {"d002", "position_11", "closed_pore_volume", "sp2_fraction", "turbostratic_d002"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(Descriptors, come_with_well_formed_tables_under_names_of_their_own) {
  std::set<std::string> names;
  for (const Description& description : of_toy_carbon()) {
    for (const NamedTable& table : description.tables) {
      EXPECT_TRUE(is_well_formed(table.table)) << table.name;
      EXPECT_TRUE(names.insert(table.name).second) << table.name;
      for (const Column& column : table.table.columns) {
        const bool only_a_name = column.unit == "electrons2" || column.unit == "degree";
        EXPECT_NO_THROW(parse_unit(only_a_name ? "1" : column.unit)) << column.name;
        for (const double value : column.values) ASSERT_TRUE(std::isfinite(value)) << table.name << column.name;
      }
    }
  }
  for (const char* name :
       {"diffraction", "pore_probes", "pore_sizes", "pore_throats", "ring_atoms", "turbostratic_fit"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(Descriptors, are_the_same_in_a_supercell) {
  expect_same(of_toy_carbon(), describe(samples::with_bonds(samples::doubled_along_a(toy_carbon().atoms))));
}

TEST(Descriptors, do_not_depend_on_the_origin) {
  expect_same(of_toy_carbon(), describe(samples::with_bonds(samples::moved(toy_carbon().atoms, {3.1, -7.7, 12.9}))));
}

TEST(Descriptors, do_not_depend_on_the_order_of_the_atoms) {
  expect_same(of_toy_carbon(), describe(samples::with_bonds(samples::backwards(toy_carbon().atoms))));
}

TEST(Descriptors, do_not_depend_on_the_orientation) {
  expect_same(of_toy_carbon(), describe(samples::with_bonds(samples::turned(toy_carbon().atoms))));
}

TEST(Descriptors, do_not_depend_on_the_choice_of_the_cell) {
  expect_same(of_toy_carbon(), describe(samples::with_bonds(samples::in_skewed_cell(toy_carbon().atoms))));
}

TEST(Descriptors, are_equal_to_the_last_bit_on_any_number_of_threads) {
  const int before = omp_get_max_threads();
  omp_set_num_threads(before == 1 ? 3 : 1);
  const std::vector<Description> other = describe(toy_carbon());
  omp_set_num_threads(before);
  for (std::size_t i = 0; i < other.size(); ++i) {
    const Description& reference = of_toy_carbon()[i];
    ASSERT_EQ(reference.values.size(), other[i].values.size());
    for (std::size_t v = 0; v < other[i].values.size(); ++v) {
      EXPECT_EQ(reference.values[v].estimate.value, other[i].values[v].estimate.value) << other[i].values[v].name;
      EXPECT_EQ(reference.values[v].estimate.error, other[i].values[v].estimate.error) << other[i].values[v].name;
    }
    ASSERT_EQ(reference.tables.size(), other[i].tables.size());
    for (std::size_t t = 0; t < other[i].tables.size(); ++t)
      for (std::size_t c = 0; c < other[i].tables[t].table.columns.size(); ++c)
        EXPECT_EQ(reference.tables[t].table.columns[c].values, other[i].tables[t].table.columns[c].values)
            << other[i].tables[t].name;
  }
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
  for (const char* group : {"composition", "diffraction", "network", "pores"}) {
    for (const Descriptor& descriptor : find_entry(descriptors(), group, "descriptor").make(structure, {}).values)
      value[descriptor.name] = descriptor.estimate.value;
  }
  EXPECT_NEAR(value.at("geometric_density"), 2.27, 0.01);
  EXPECT_NEAR(value.at("helium_density"), 2.27, 0.01);
  EXPECT_NEAR(value.at("d002"), 0.3354, 0.0005);
  EXPECT_NEAR(value.at("layer_spacing"), 0.3354, 1e-6);
}

}  // namespace
}  // namespace cardhouse
