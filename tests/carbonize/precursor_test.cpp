#include "engine/carbonize/precursor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/base/units.hpp"
#include "engine/carbonize/registry.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string inputs = CARDHOUSE_SOURCE_DIR "/inputs";

/// Message of loading the sucrose file with one piece of its text replaced, from a folder of its own.
std::string message_with(const std::string& from, const std::string& to) {
  namespace fs = std::filesystem;
  const ScratchFolder scratch;
  const fs::path folder = scratch.path("data");
  fs::create_directories(folder / "precursors");
  fs::create_directories(folder / "rules");
  fs::copy(inputs + "/rules/metaplast.toml", folder / "rules/metaplast.toml", fs::copy_options::overwrite_existing);
  std::ifstream in(inputs + "/precursors/sucrose.toml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  std::ofstream(folder / "precursors/sucrose.toml") << text;
  try {
    load_precursor("sucrose", folder.string());
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Precursor, every_file_of_the_library_loads) {
  for (const auto& name : library_names(inputs + "/precursors")) EXPECT_EQ(load_precursor(name, inputs).name, name);
}

TEST(Precursor, phenolic_resin_is_C7H6O_in_the_published_proportions) {
  const auto resin = load_precursor("phenolic_resin", inputs);
  const Formula unit = resin.unit_formula();
  const double sevenths = static_cast<double>(unit[Element::C]) / 7;
  EXPECT_NEAR(static_cast<double>(unit[Element::H]) / sevenths, 6, 0.06);
  EXPECT_NEAR(static_cast<double>(unit[Element::O]) / sevenths, 1, 0.02);
  const auto weight = [&](const char* name) {
    return resin.library.species[resin.library.find_species(name)].formula.mass() / unit.mass();
  };
  EXPECT_NEAR(weight("PFA"), 0.25, 0.002);
  EXPECT_NEAR(weight("PFB"), 0.75, 0.002);
}

TEST(Precursor, phenolic_residue_is_two_thirds_of_the_second_component) {
  const auto resin = load_precursor("phenolic_resin", inputs);
  for (const auto& rule : resin.library.rules) {
    if (rule.id != "P2") continue;
    Formula kept;
    for (const auto& product : rule.products) {
      const auto& species = resin.library.species[product.species];
      if (species.state != SpeciesState::Volatile) kept += product.count * species.formula;
    }
    const double reactant = resin.library.species[rule.reactant].formula.mass() * static_cast<double>(rule.batch);
    EXPECT_NEAR(kept.mass() / reactant, 2.0 / 3, 0.007);
  }
}

TEST(Precursor, sucrose_has_the_density_and_spacing_of_its_file) {
  const auto sucrose = load_precursor("sucrose", inputs);
  EXPECT_NEAR(sucrose.density * 1.66053906660, 1.587, 1e-9);
  EXPECT_NEAR(sucrose.reference.interlayer_spacing, 3.75, 1e-12);
  EXPECT_EQ(sucrose.unit_formula(), parse_formula("C12H22O11"));
}

TEST(Precursor, an_unknown_name_gets_the_nearest) {
  try {
    load_precursor("sucrse", inputs, {"run.toml", 3, "precursor"});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("run.toml:3"), HasSubstr("did you mean 'sucrose'")));
  }
}

TEST(Precursor, mistakes_in_a_file_are_named) {
  EXPECT_EQ(message_with("count = 1", "count = 1"), "no error");
  EXPECT_THAT(message_with("count = 1", "count = 0"), HasSubstr("at least one molecule"));
  EXPECT_THAT(message_with("species = \"SUCROSE\"", "species = \"SUCROS\""), HasSubstr("did you mean 'SUCROSE'"));
  EXPECT_THAT(message_with("rules = [\"metaplast\"]", "rules = [\"metaplas\"]"), HasSubstr("did you mean 'metaplast'"));
  EXPECT_THAT(message_with("coordination = 3.0", "coordinaton = 3.0"), HasSubstr("coordination"));
  EXPECT_THAT(message_with("value = \"1.587 g/cm3\"", "value = 1.587"), HasSubstr("density"));
  EXPECT_THAT(message_with("temperature = \"1200 degC\"", "temperature = \"900 degC\""), HasSubstr("rise"));
  EXPECT_THAT(message_with("A = \"3.98e18 1/s\"", "A = \"3.98e18 1/s\"\norder = 2"),
              HasSubstr("not part of the precursor"));
}

}  // namespace
}  // namespace cardhouse
