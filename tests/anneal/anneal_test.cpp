#include "engine/anneal/anneal.hpp"

#include <gtest/gtest.h>

#include "engine/base/units.hpp"
#include "engine/builder/build_carbon.hpp"
#include "tests/anneal/samples.hpp"

namespace cardhouse {
namespace {

constexpr double furnace = 1573.15;  // [K]

AnnealOptions options_for(double sweeps) {
  AnnealOptions options;
  options.ordering_barrier = ordering_barrier_of(furnace);
  options.sweeps = sweeps;
  return options;
}

// A flat sheet in which one bond in twelve was turned.
CarbonStructure scrambled_sheet() {
  const CarbonStructure sheet = graphene_sheet(12, 7);
  AnnealerOptions hot;
  hot.thermal_energy = 100;
  Annealer annealer(sheet, hot);
  Stream stream(9, Purpose::Test);
  while (annealer.counts().accepted < sheet.bonds.bonds().size() / 12) annealer.try_flip(stream);
  return annealer.network().structure();
}

TEST(Anneal, heals_a_scrambled_sheet) {
  const CarbonStructure rough = scrambled_sheet();
  const AnnealedCarbon annealed = anneal_carbon(rough, options_for(10), 1, {});
  const AnnealReport& report = annealed.report;
  EXPECT_LT(report.sweeps.front().rings.hexagons(), 0.7);
  EXPECT_GT(report.sweeps.back().rings.hexagons(), 0.8);
  EXPECT_LT(report.sweeps.back().energy, 0.5 * report.sweeps.front().energy);
  EXPECT_EQ(report.flips.tried,
            report.flips.impossible + report.flips.rejected_early + report.flips.rejected + report.flips.accepted);
  EXPECT_NEAR(static_cast<double>(report.flips.tried) / static_cast<double>(10 * rough.bonds.bonds().size()), 1, 0.05);
}

TEST(Anneal, heals_nothing_without_trials) {
  const CarbonStructure rough = scrambled_sheet();
  const AnnealedCarbon annealed = anneal_carbon(rough, options_for(0), 1, {});
  EXPECT_EQ(annealed.structure.bonds.bonds(), rough.bonds.bonds());
  EXPECT_EQ(annealed.report.flips.tried, 0U);
}

TEST(Anneal, gives_equal_bits_for_an_equal_seed_and_others_for_another) {
  const CarbonStructure rough = scrambled_sheet();
  const CarbonStructure first = anneal_carbon(rough, options_for(1), 1, {}).structure;
  const CarbonStructure again = anneal_carbon(rough, options_for(1), 1, {}).structure;
  const CarbonStructure other = anneal_carbon(rough, options_for(1), 2, {}).structure;
  EXPECT_EQ(first.atoms.positions, again.atoms.positions);
  EXPECT_EQ(first.bonds.bonds(), again.bonds.bonds());
  EXPECT_NE(first.bonds.bonds(), other.bonds.bonds());
}

TEST(Anneal, counts_every_atom_that_leaves) {
  CarbonTargets targets;
  targets.hydrogen_per_carbon = 0.06;
  targets.oxygen_per_carbon = 0.02;
  const CarbonStructure built = build_carbon(targets, {.atoms = 1500}, 3, {}).structure;
  const AnnealedCarbon annealed = anneal_carbon(built, options_for(1), 1, {});
  const AnnealReport& report = annealed.report;
  const auto lost = [&](Element element) {
    return count(built.atoms, element) - count(annealed.structure.atoms, element);
  };
  EXPECT_EQ(lost(Element::H), report.hydrogen_lost);
  EXPECT_EQ(lost(Element::C), report.carbon_lost);
  EXPECT_EQ(lost(Element::O), 0U);
  EXPECT_EQ(annealed.structure.bonds.bonds().size() + report.hydrogen_lost, built.bonds.bonds().size() + report.zips);
  EXPECT_LT(report.sweeps.back().energy, report.sweeps.front().energy);
}

TEST(Anneal, takes_dangling_chains_out) {
  CarbonStructure sheet = graphene_sheet(4, 3);
  const auto n = static_cast<std::uint32_t>(sheet.atoms.size());
  std::vector<Bond> bonds = sheet.bonds.bonds();
  sheet.atoms.add(Element::C, sheet.atoms.positions[5] + Vector3{0, 0, 1.5});
  sheet.atoms.add(Element::C, sheet.atoms.positions[5] + Vector3{0, 0, 3.0});
  sheet.atoms.add(Element::C, {0, 0, 5});
  bonds.push_back({5, n});
  bonds.push_back({n, n + 1});
  sheet.bonds = BondGraph(sheet.atoms.size(), std::move(bonds));
  CarbonNetwork network(sheet);
  EXPECT_EQ(prune_dangling(network), 3U);
  EXPECT_EQ(network.structure().bonds.bonds(), graphene_sheet(4, 3).bonds.bonds());
}

TEST(Anneal, knows_two_hours_as_one_ordering_barrier) {
  EXPECT_NEAR(in_unit(ordering_barrier_of(1573.15), "kJ/mol"), 462, 0.5);
  EXPECT_NEAR(in_unit(ordering_barrier_of(1273.15), "kJ/mol"), 374, 0.5);
  EXPECT_NEAR(equivalent_temperature_of(ordering_barrier_of(1234)), 1234, 1e-9);
}

}  // namespace
}  // namespace cardhouse
