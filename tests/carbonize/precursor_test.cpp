#include "engine/carbonize/precursor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/carbonize/sample_processes.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using samples::inputs;
using testing::AllOf;
using testing::HasSubstr;

/// Message of loading a shipped file with one piece of its text replaced, from a folder of its own.
std::string message_with(const std::string& from, const std::string& to, const std::string& name = "sucrose") {
  namespace fs = std::filesystem;
  const ScratchFolder scratch;
  const fs::path folder = scratch.path("data");
  fs::create_directories(folder / "precursors");
  fs::create_directory_symlink(inputs + "/rules", folder / "rules");
  std::ifstream in(inputs + "/precursors/" + name + ".toml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  std::ofstream(folder / "precursors" / (name + ".toml")) << text;
  return samples::message_of([&] { load_precursor(name, folder.string()); });
}

Precursor read(const std::string& text) {
  const Deck deck = Deck::from_text(text, "deck.toml");
  auto material = read_precursor(deck.root(), inputs);
  deck.reject_unknown_keys();
  return material;
}

std::string message_of(const std::string& text) {
  return samples::message_of([&] { read(text); });
}

double share_of(const Precursor& material, const std::string& species) {
  const auto index = material.library.find_species(species);
  double sum = 0;
  for (const auto& part : material.parts) sum += part.species == index ? part.mass : 0;
  return sum;
}

TEST(Precursor, sucrose_is_what_its_file_says) {
  const auto sucrose = load_precursor("sucrose", inputs);
  EXPECT_NEAR(sucrose.density * 1.66053906660, 1.587, 1e-9);
  EXPECT_EQ(share_of(sucrose, "SUCROSE"), 1);
  EXPECT_NEAR(sucrose.network.clusters, 1 / 835.0, 1e-9);
  EXPECT_NEAR(sucrose.reference.interlayer_spacing.value, 3.75, 1e-12);
  EXPECT_NEAR(sucrose.reference.interlayer_spacing.error, 0.1, 1e-12);
  EXPECT_NEAR(sucrose.reference.surface_area.value, 13 * 1.66053906660e-4, 1e-12);
  EXPECT_NEAR(sucrose.reference.pore_gas, 0.37e-3, 1e-12);
  EXPECT_EQ(sucrose.reference.helium_density.size(), 5u);
}

// Places for bridges: coordination over the cluster's mass, times the labile share.
TEST(Precursor, starts_with_the_bridges_of_its_own_kind) {
  const auto wood = load_precursor("softwood", inputs);
  ASSERT_EQ(wood.network.bridges.size(), 2u);
  EXPECT_EQ(wood.library.species[wood.network.bridges[0].species].name, "CROSSLINK");
  EXPECT_EQ(wood.network.bridges[0].places, 0);
  EXPECT_EQ(wood.library.species[wood.network.bridges[1].species].name, "BRIDGE_WOOD");
  EXPECT_NEAR(wood.network.bridges[1].places, 0.95 * 3.08 / 1570, 1e-12);
}

TEST(Precursor, phenolic_resin_is_C7H6O_in_the_published_proportions) {
  const auto resin = load_precursor("phenolic_resin", inputs);
  std::array<double, 3> atoms{};
  for (const auto& part : resin.parts) {
    const Formula& formula = resin.library.species[part.species].formula;
    const double molecules = part.mass / formula.mass();
    atoms[0] += molecules * static_cast<double>(formula[Element::C]) / 7;
    atoms[1] += molecules * static_cast<double>(formula[Element::H]);
    atoms[2] += molecules * static_cast<double>(formula[Element::O]);
  }
  EXPECT_NEAR(atoms[1] / atoms[0], 6, 0.06);
  EXPECT_NEAR(atoms[2] / atoms[0], 1, 0.02);
  EXPECT_NEAR(share_of(resin, "PFA"), 0.25, 0.002);
  EXPECT_NEAR(share_of(resin, "PFB"), 0.75, 0.002);
}

TEST(Mixture, shares_masses_and_adds_volumes_clusters_and_places) {
  const auto wood = load_precursor("softwood", inputs);
  const auto resin = load_precursor("phenolic_resin", inputs);
  const auto mixture = read("precursor = { softwood = 0.7, phenolic_resin = \"30 %\" }");
  EXPECT_EQ(mixture.name, "softwood + phenolic_resin");
  EXPECT_NEAR(share_of(mixture, "CELL"), 0.7 * 0.44, 1e-12);
  EXPECT_NEAR(share_of(mixture, "PFB"), 0.3 * share_of(resin, "PFB"), 1e-12);
  EXPECT_NEAR(1 / mixture.density, 0.7 / wood.density + 0.3 / resin.density, 1e-12);
  EXPECT_NEAR(mixture.network.clusters, 0.7 * wood.network.clusters + 0.3 * resin.network.clusters, 1e-15);
  EXPECT_NEAR(mixture.network.coordination * mixture.network.clusters,
              0.7 * wood.network.coordination * wood.network.clusters +
                  0.3 * resin.network.coordination * resin.network.clusters,
              1e-12);
  EXPECT_NEAR(mixture.reference.interlayer_spacing.value,
              0.7 * wood.reference.interlayer_spacing.value + 0.3 * resin.reference.interlayer_spacing.value, 1e-12);
}

TEST(Mixture, of_a_material_with_itself_is_that_material) {
  const auto alone = load_precursor("cellulose", inputs);
  const auto mixture = read("precursor = { cellulose = 1.0 }");
  EXPECT_EQ(mixture.parts.size(), alone.parts.size());
  EXPECT_EQ(mixture.density, alone.density);
  EXPECT_EQ(mixture.reference.stack_height.error, alone.reference.stack_height.error);
}

TEST(Mixture, helium_densities_join_by_volume) {
  const auto a = load_precursor("sucrose", inputs).reference.helium_density;
  const auto b = load_precursor("pitch", inputs).reference.helium_density;
  const auto curve = read("precursor = { sucrose = 0.5, pitch = 0.5 }").reference.helium_density;
  ASSERT_EQ(a.front().temperature, curve.front().temperature);
  ASSERT_EQ(b.front().temperature, curve.front().temperature);
  EXPECT_NEAR(1 / curve.front().density, 0.5 / a.front().density + 0.5 / b.front().density, 1e-12);
  for (std::size_t i = 1; i < curve.size(); ++i) EXPECT_GT(curve[i].temperature, curve[i - 1].temperature);
}

TEST(Ash, is_mass_of_the_element_and_takes_its_share_of_the_rest) {
  const auto material = read("precursor = \"sucrose\"\nash = { K = 0.003, Ca = \"0.1 %\" }");
  EXPECT_NEAR(share_of(material, "SUCROSE"), 0.996, 1e-12);
  EXPECT_NEAR(share_of(material, "K_ASH"), 0.003, 1e-12);
  EXPECT_NEAR(share_of(material, "CA_ASH"), 0.001, 1e-12);
  EXPECT_EQ(material.library.species[material.library.find_species("K_ASH")].formula, parse_formula("K"));
  const auto wood = read("precursor = \"softwood\"\nash = { K = 0.01 }");  // beside what it has
  EXPECT_NEAR(share_of(wood, "K_ASH"), 0.01 + 0.99 * 0.0005, 1e-12);
}

TEST(Precursor, what_a_deck_gets_wrong_is_named_where_it_stands) {
  EXPECT_THAT(message_of("precursor = \"sucrse\""),
              AllOf(HasSubstr("deck.toml:1: precursor"), HasSubstr("unknown precursor 'sucrse'"),
                    HasSubstr("did you mean 'sucrose'")));
  EXPECT_THAT(message_of("[precursor]\nsucrose = 0.5\npich = 0.5"),
              AllOf(HasSubstr("deck.toml:3"), HasSubstr("did you mean 'pitch'")));
  EXPECT_THAT(message_of("precursor = { sucrose = 0.5, pitch = 0.4 }"),
              AllOf(HasSubstr("deck.toml:1"), HasSubstr("add up to 0.9")));
  EXPECT_THAT(message_of("precursor = { sucrose = 1.5, pitch = -0.5 }"), HasSubstr("positive share"));
  EXPECT_THAT(message_of("precursor = { sucrose = \"1 g\" }"), HasSubstr("deck.toml:1"));
  EXPECT_THAT(message_of("precursor = \"sucrose\"\nash = { K = 0.6 }"), HasSubstr("half of the mass at most"));
  EXPECT_THAT(message_of("precursor = \"sucrose\"\nash = { K = -0.1 }"), HasSubstr("the share is negative"));
  EXPECT_THAT(message_of("precursor = \"sucrose\"\nash = { Kx = 0.1 }"),
              AllOf(HasSubstr("deck.toml:2"), HasSubstr("KX_ASH")));
  EXPECT_THAT(message_of("ash = { K = 0.1 }"), AllOf(HasSubstr("precursor"), HasSubstr("missing")));
}

TEST(Precursor, mistakes_in_a_file_are_named) {
  EXPECT_EQ(message_with("mass = 1.0", "mass = 1.0"), "no error");
  EXPECT_THAT(message_with("mass = 1.0", "mass = 0.9"), AllOf(HasSubstr("part"), HasSubstr("add up to 0.9")));
  EXPECT_THAT(message_with("mass = 1.0", "mass = -1.0"), HasSubstr("positive share"));
  EXPECT_THAT(message_with("species = \"SUCROSE\"", "species = \"SUCROS\""),
              AllOf(HasSubstr("sucrose.toml:5"), HasSubstr("did you mean 'SUCROSE'")));
  EXPECT_THAT(message_with("species = \"SUCROSE\"", "species = \"H2O\""), HasSubstr("solid or trapped"));
  EXPECT_THAT(message_with("\"sugars\"", "\"sugar\""), AllOf(HasSubstr("sucrose.toml:2"), HasSubstr("'sugars'")));
  EXPECT_THAT(message_with("coordination = 3.0", "coordinaton = 3.0"), HasSubstr("coordination"));
  EXPECT_THAT(message_with("coordination = 3.0", "coordination = 2.0"), HasSubstr("never gels"));
  EXPECT_THAT(message_with("labile = 0.0", "labile = 1.1"), HasSubstr("a share is in [0, 1]"));
  EXPECT_THAT(message_with("stable = 0.0", "stable = 0.0\nbridge = \"BRIDG\""), HasSubstr("'BRIDGE'"));
  EXPECT_THAT(message_with("stable = 0.0", "stable = 0.1", "cellulose"), HasSubstr("more bridges than places"));
  EXPECT_THAT(message_with("value = \"1.587 g/cm3\"", "value = 1.587"), HasSubstr("density"));
  EXPECT_THAT(message_with("temperature = \"1200 degC\"", "temperature = \"900 degC\""), HasSubstr("rise"));
  EXPECT_THAT(message_with("error = \"0.1 angstrom\"", "error = \"-0.1 angstrom\""), HasSubstr("not negative"));
  EXPECT_THAT(message_with("value = 0.0, source", "value = 1.1, source"), HasSubstr("<P2>"));
}

}  // namespace
}  // namespace cardhouse
