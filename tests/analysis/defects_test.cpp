#include "analysis/defects.hpp"

#include <gtest/gtest.h>

#include "analysis/bonding_sites.hpp"
#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

constexpr double b = samples::lattice_constant * std::numbers::sqrt3;

// One periodic layer without the atoms of the list.
CarbonStructure layer_without(const std::vector<std::size_t>& removed) {
  Atoms whole{Cell::orthorhombic(12 * samples::lattice_constant, 7 * b, 12), {}, {}};
  samples::add_layer(whole, 12, 7, 3);
  Atoms atoms{whole.cell, {}, {}};
  for (std::size_t i = 0; i < whole.size(); ++i)
    if (std::find(removed.begin(), removed.end(), i) == removed.end()) atoms.add(Element::C, whole.positions[i]);
  return samples::with_bonds(atoms);
}

// The atoms within `reach` of a point of the layer.
std::vector<std::size_t> near(const Vector3& point, double reach) {
  const CarbonStructure whole = layer_without({});
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < whole.atoms.size(); ++i)
    if (norm(whole.atoms.positions[i] - point) < reach) found.push_back(i);
  return found;
}

TEST(Defects, of_a_perfect_layer_are_none) {
  const DefectReport report = analyse_defects(layer_without({}));
  EXPECT_TRUE(report.vacancies.empty());
  EXPECT_EQ(report.zigzag.value + report.armchair.value + report.corner.value, 0);
  EXPECT_TRUE(report.sites.empty());
}

TEST(Defects, count_the_atoms_that_were_taken_out) {
  // One atom; two neighbours; the six of a ring. Rims of 12, 14 and 18 atoms.
  const Vector3 atom{5 * samples::lattice_constant, 3 * b, 3};
  const auto one = near(atom, 0.1), two = near(atom + Vector3{0, 0.71, 0}, 0.8);
  const auto ring = near(atom + Vector3{0, -1.42, 0}, 1.5);
  for (const auto& [removed, rim] : {std::pair{one, 12U}, {two, 14U}, {ring, 18U}}) {
    const DefectReport report = analyse_defects(layer_without(removed));
    ASSERT_EQ(report.vacancies.size(), 1U) << removed.size();
    EXPECT_EQ(report.vacancies[0].missing, static_cast<int>(removed.size()));
    EXPECT_EQ(report.vacancies[0].rim.size(), rim);
    const double left = 12 * 7 * 4 - static_cast<double>(removed.size());
    EXPECT_NEAR(report.missing_atoms.value, static_cast<double>(removed.size()) / left, 1e-12);
    EXPECT_EQ(report.zigzag.value + report.armchair.value + report.corner.value, 0);
  }
}

TEST(Defects, tell_two_vacancies_apart_and_find_holes_over_the_border_of_the_cell) {
  std::vector<std::size_t> removed = near({0, 0, 3}, 0.1);
  const auto other = near({5 * samples::lattice_constant, 3 * b, 3}, 0.1);
  removed.insert(removed.end(), other.begin(), other.end());
  const DefectReport report = analyse_defects(layer_without(removed));
  EXPECT_EQ(report.vacancies.size(), 2U);
}

TEST(Defects, take_a_flake_for_a_flake_and_not_for_a_hole) {
  Atoms atoms{Cell::cubic(40), {}, {}};
  const CarbonStructure whole = layer_without({});
  const Vector3 middle{5 * samples::lattice_constant, 3 * b - 1.42, 3};
  for (const Vector3& p : whole.atoms.positions)
    if (norm(p - middle) < 3.8) atoms.add(Element::C, p);
  ASSERT_EQ(atoms.size(), 24U);  // coronene: a loop of 18, like the hole of six atoms
  const DefectReport report = analyse_defects(samples::with_bonds(atoms));
  EXPECT_TRUE(report.vacancies.empty());
  EXPECT_NEAR(report.armchair.value, 12.0 / 24, 1e-12);
}

TEST(Defects, know_the_edges_of_ribbons) {
  const int nx = 8, ny = 5;
  const double a = samples::lattice_constant;
  Atoms along_x{Cell::orthorhombic(nx * a, ny * b + 10, 12), {}, {}};
  Atoms along_y{Cell::orthorhombic(nx * a + 10, ny * b, 12), {}, {}};
  samples::add_layer(along_x, nx, ny, 3);
  samples::add_layer(along_y, nx, ny, 3);
  const DefectReport zigzag = analyse_defects(samples::with_bonds(along_x));
  EXPECT_NEAR(zigzag.zigzag.value, 2.0 * nx / (4 * nx * ny), 1e-12);
  EXPECT_EQ(zigzag.armchair.value, 0);
  const DefectReport armchair = analyse_defects(samples::with_bonds(along_y));
  EXPECT_NEAR(armchair.armchair.value, 4.0 * ny / (4 * nx * ny), 1e-12);
  EXPECT_EQ(armchair.zigzag.value, 0);
  EXPECT_TRUE(armchair.vacancies.empty());
}

// A molecule by its bonds alone: kinds look at nothing else.
std::string kind(const std::vector<Element>& elements, const std::vector<Bond>& bonds, std::size_t atom) {
  Atoms atoms{Cell::cubic(50), {}, {}};
  for (const Element element : elements) atoms.add(element, {});
  const CarbonStructure structure{atoms, BondGraph(elements.size(), bonds)};
  const int k = classify_sites(structure, find_rings(structure.bonds, 9))[atom];
  return k < 0 ? "" : std::string(site_kinds()[static_cast<std::size_t>(k)].name);
}

TEST(BondingSites, name_nitrogen_by_its_ring) {
  using enum Element;
  EXPECT_EQ(kind({N, C, C, C, C, C}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}}, 0), "pyridinic_nitrogen");
  EXPECT_EQ(kind({N, C, C, C, C, H}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 4}, {0, 5}}, 0), "pyrrolic_nitrogen");
  EXPECT_EQ(kind({N, C, C, C}, {{0, 1}, {0, 2}, {0, 3}}, 0), "graphitic_nitrogen");
  EXPECT_EQ(kind({N, C, C, O}, {{0, 1}, {0, 2}, {0, 3}}, 0), "oxidised_nitrogen");
  EXPECT_EQ(kind({N, C, H, H}, {{0, 1}, {0, 2}, {0, 3}}, 0), "other_nitrogen");
}

TEST(BondingSites, name_the_groups_of_oxygen) {
  using enum Element;
  EXPECT_EQ(kind({O, C, H}, {{0, 1}, {0, 2}}, 0), "hydroxyl_oxygen");
  EXPECT_EQ(kind({O, C}, {{0, 1}}, 0), "carbonyl_oxygen");
  EXPECT_EQ(kind({O, C, C}, {{0, 1}, {0, 2}}, 0), "ether_oxygen");
  EXPECT_EQ(kind({O, C, C}, {{0, 1}, {0, 2}, {1, 2}}, 0), "epoxide_oxygen");
  EXPECT_EQ(kind({O, C, O, H}, {{0, 1}, {1, 2}, {2, 3}}, 0), "carboxyl_oxygen");
  EXPECT_EQ(kind({O, C, O, H}, {{0, 1}, {1, 2}, {2, 3}}, 2), "carboxyl_oxygen");
  EXPECT_EQ(kind({O, H, H}, {{0, 1}, {0, 2}}, 0), "other_oxygen");
}

TEST(BondingSites, name_hydrogen_sulfur_and_boron) {
  using enum Element;
  EXPECT_EQ(kind({H, C, C, C}, {{0, 1}, {1, 2}, {1, 3}}, 0), "aromatic_hydrogen");
  EXPECT_EQ(kind({H, C, C, C, C}, {{0, 1}, {1, 2}, {1, 3}, {1, 4}}, 0), "aliphatic_hydrogen");
  EXPECT_EQ(kind({S, C, C, C, C}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 4}}, 0), "thiophenic_sulfur");
  EXPECT_EQ(kind({B, C, C, C}, {{0, 1}, {0, 2}, {0, 3}}, 0), "substitutional_boron");
  EXPECT_EQ(kind({C}, {}, 0), "");
}

TEST(Defects, of_nothing_are_refused) {
  EXPECT_THROW(analyse_defects({Atoms{Cell::cubic(10), {}, {}}, BondGraph(0, {})}), InputError);
}

}  // namespace
}  // namespace cardhouse
