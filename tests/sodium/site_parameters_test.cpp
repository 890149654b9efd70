#include "engine/sodium/site_parameters.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "engine/base/errors.hpp"
#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

std::string library_text() {
  std::ifstream file(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/site_parameters.toml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The library with one passage exchanged.
std::string with(const std::string& old_text, const std::string& new_text) {
  std::string text = library_text();
  const auto at = text.find(old_text);
  EXPECT_NE(at, std::string::npos) << old_text;
  return text.replace(at, old_text.size(), new_text);
}

std::string error_of(const std::string& text) {
  try {
    const Deck deck = Deck::from_text(text, "sites.toml");
    read_site_parameters(deck.root());
    deck.reject_unknown_keys();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(SiteParameters, the_library_reproduces_the_published_differences) {
  const SiteParameters p = samples::parameters();
  EXPECT_NEAR(p.energies.gallery(3.6) - p.energies.gallery(4.0), 1.26 - 0.011, 1e-12);  // 10.1002/adma.202109282
  EXPECT_NEAR(p.barriers.gallery(3.8), 0.26, 1e-12);
  EXPECT_NEAR(p.geometry.metal_distance, std::hypot(p.geometry.height, samples::bond), 0.01);
  EXPECT_NEAR(p.geometry.hollow_area, std::sqrt(3.0) / 2 * samples::lattice * samples::lattice, 0.01);
  EXPECT_NEAR(p.geometry.hollow_area, 2 * p.geometry.atom_area, 1e-9);
}

TEST(SiteParameters, energy_and_barrier_fall_with_the_spacing) {
  const SiteParameters p = samples::parameters();
  for (double d = 3.3; d < 4.5; d += 0.01) {
    EXPECT_GE(p.energies.gallery(d), p.energies.gallery(d + 0.01));
    EXPECT_GE(p.barriers.gallery(d), p.barriers.gallery(d + 0.01));
    EXPECT_GE(p.barriers.gallery(d), 0.05);
  }
}

TEST(TabulatedCurve, is_straight_between_its_points_and_constant_beyond) {
  const TabulatedCurve curve{{1, 2, 4}, {10, 20, 0}};
  EXPECT_EQ(curve(0), 10);
  EXPECT_EQ(curve(1), 10);
  EXPECT_EQ(curve(1.5), 15);
  EXPECT_EQ(curve(2), 20);
  EXPECT_EQ(curve(3), 10);
  EXPECT_EQ(curve(9), 0);
}

TEST(SiteParameters, a_number_without_source_or_unit_is_refused) {
  EXPECT_THAT(error_of(library_text()), testing::StrEq("no error"));
  EXPECT_THAT(
      error_of(with("boron = { value = \"-0.3 eV\", source = \"estimate\" }", "boron = { value = \"-0.3 eV\" }")),
      testing::AllOf(testing::HasSubstr("boron"), testing::HasSubstr("source")));
  EXPECT_THAT(error_of(with("\"-0.3 eV\", source = \"estimate\"", "\"-0.3 eV\", source = \"\"")),
              testing::HasSubstr("empty source"));
  EXPECT_THAT(error_of(with("height = { value = \"2.4 angstrom\"", "height = { value = 2.4")),
              testing::AllOf(testing::HasSubstr("height"), testing::HasSubstr("length")));
}

TEST(SiteParameters, contradictions_and_unknown_keys_are_refused) {
  EXPECT_THAT(error_of(with("gallery_widest = { value = \"4.4", "gallery_widest = { value = \"3.1")),
              testing::HasSubstr("gallery_narrowest"));
  EXPECT_THAT(error_of(with("[barriers]", "[barriers]\nporre = 1\n")), testing::HasSubstr("porre"));
  EXPECT_THAT(error_of(with("\"3.6 angstrom\"", "\"3.9 angstrom\"")), testing::HasSubstr("rise"));
}

}  // namespace
}  // namespace cardhouse
