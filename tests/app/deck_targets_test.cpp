#include "engine/app/stages/deck_targets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"
#include "engine/builder/pore_placement.hpp"

namespace cardhouse {
namespace {

CarbonTargets targets_of(const std::string& keys) {
  const Deck deck = Deck::from_text("[build]\nfrom = \"targets\"\n" + keys, "deck.toml");
  return read_deck_targets(deck.root().table("build"));
}

void expect_refusal(const std::string& keys, const std::string& message) {
  try {
    targets_of(keys);
    FAIL() << keys << " was taken";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("deck.toml:"));
    EXPECT_THAT(error.what(), testing::HasSubstr(message));
  }
}

TEST(DeckTargets, are_read_from_their_keys) {
  const CarbonTargets targets = targets_of(R"(
interlayer_spacing = "3.7 angstrom"
layer_extent = "4 nm"
stack_height = "1.6 nm"
hydrogen_per_carbon = 0.03
oxygen_per_carbon = 0.02
nitrogen_per_carbon = 0.01
edge_fraction = 0.1
orientation_order = 0.3
pore_radius = "0.9 nm"
pore_radius_spread = 0.25
closed_pore_volume = "0.1 cm3/g"
)");
  EXPECT_DOUBLE_EQ(targets.interlayer_spacing, 3.7);
  EXPECT_DOUBLE_EQ(targets.layer_extent, 40);
  EXPECT_DOUBLE_EQ(targets.stack_height, 16);
  EXPECT_EQ(targets.hydrogen_per_carbon, 0.03);
  EXPECT_EQ(targets.oxygen_per_carbon, 0.02);
  EXPECT_EQ(targets.nitrogen_per_carbon, 0.01);
  EXPECT_EQ(targets.edge_fraction, 0.1);
  EXPECT_EQ(targets.orientation_order, 0.3);
  EXPECT_DOUBLE_EQ(targets.pore_radius, 9);
  EXPECT_EQ(targets.pore_radius_spread, 0.25);
  EXPECT_NEAR(in_unit(targets.closed_pore_volume / constants::dalton, "cm3/g"), 0.1, 1e-12);
}

TEST(DeckTargets, density_is_made_up_by_pores) {
  const CarbonTargets targets = targets_of("density = \"1.7 g/cm3\"\npore_radius = \"1 nm\"\n");
  const double specific = 1 / layer_density(targets.interlayer_spacing) + targets.closed_pore_volume;
  EXPECT_NEAR(in_unit(constants::dalton / specific, "g/cm3"), 1.7, 1e-9);
}

TEST(DeckTargets, number_of_pores_is_for_the_whole_cell) {
  const double one = mean_pore_volume(7, 0.2), mass = 9000 * standard_mass(Element::C);
  const std::string pores = "pore_number = 5\npore_radius = \"0.7 nm\"\npore_radius_spread = 0.2\n";
  EXPECT_NEAR(targets_of(pores + "atoms = 9000\n").closed_pore_volume, 5 * one / mass, 1e-12);
  const CarbonTargets of_edge = targets_of(pores + "cell_edge = \"5 nm\"\n");
  const double carbon = (50.0 * 50 * 50 - 5 * one) * layer_density(of_edge.interlayer_spacing);
  EXPECT_NEAR(of_edge.closed_pore_volume, 5 * one / carbon, 1e-12);
}

TEST(DeckTargets, refuse_values_out_of_range_at_their_line) {
  expect_refusal("density = \"0.5 g/cm3\"", "build.density");
  expect_refusal("interlayer_spacing = \"5 angstrom\"", "build.interlayer_spacing");
  expect_refusal("layer_extent = \"50 nm\"", "build.layer_extent");
  expect_refusal("stack_height = \"0.1 nm\"", "build.stack_height");
  expect_refusal("hydrogen_per_carbon = 0.5", "build.hydrogen_per_carbon");
  expect_refusal("oxygen_per_carbon = -0.1", "build.oxygen_per_carbon");
  expect_refusal("nitrogen_per_carbon = 0.2", "build.nitrogen_per_carbon");
  expect_refusal("edge_fraction = 0.6", "build.edge_fraction");
  expect_refusal("orientation_order = 1.5", "build.orientation_order");
  expect_refusal("pore_radius = \"9 nm\"", "build.pore_radius");
  expect_refusal("pore_radius_spread = 2.0", "build.pore_radius_spread");
  expect_refusal("pore_number = -1", "build.pore_number");
}

TEST(DeckTargets, refuse_two_ways_of_saying_how_much_pore_there_is) {
  expect_refusal("density = \"1.6 g/cm3\"\npore_number = 3\n", "given together with density");
  expect_refusal("closed_pore_volume = \"0.1 cm3/g\"\npore_number = 3\n", "given together with closed_pore_volume");
}

TEST(DeckTargets, refuse_more_pores_than_fit_with_walls) {
  expect_refusal("density = \"1.2 g/cm3\"\npore_radius = \"0.4 nm\"\n", "with a layer each fill at most");
  EXPECT_NO_THROW(targets_of("density = \"1.3 g/cm3\"\npore_radius = \"2.5 nm\"\n"));
}

}  // namespace
}  // namespace cardhouse
