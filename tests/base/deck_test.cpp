#include "engine/base/deck.hpp"
#include "tests/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace cardhouse {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;

const char* const example = R"(seed = 7
title = "first run"

[build]
cell_length = "4.4 nm"
density = "1.6 g/cm3"
bare = 4.4
spread = 0.25
porosity = "30 %"
layers = 3
periodic = true
kind = "turbostratic"
radii = ["1 nm", "12 angstrom"]
weights = [1, 2.5]
counts = [3, 4]
names = ["a", "b"]

[[carbonize.step]]
rate = "5 K/min"
until = "1300 degC"
[[carbonize.step]]
dwell = "2 h"
)";

Deck example_deck() {
  return Deck::from_text(example, "deck.toml");
}

TEST(Deck, reads_values_of_every_type) {
  const Deck deck = example_deck();
  const DeckTable build = deck.root().table("build");
  EXPECT_EQ(deck.root().integer("seed"), 7);
  EXPECT_EQ(deck.root().text("title"), "first run");
  EXPECT_DOUBLE_EQ(build.number("spread"), 0.25);
  EXPECT_DOUBLE_EQ(build.number("layers"), 3);
  EXPECT_TRUE(build.flag("periodic", false));
  EXPECT_EQ(build.choice("kind", {"graphitic", "turbostratic"}), "turbostratic");
  EXPECT_THAT(build.texts("names"), ElementsAre("a", "b"));
  EXPECT_THAT(build.integers("counts"), ElementsAre(3, 4));
  EXPECT_THAT(build.numbers("weights"), ElementsAre(1, 2.5));
}

TEST(Deck, reads_quantities_in_internal_units) {
  const Deck deck = example_deck();
  const DeckTable build = deck.root().table("build");
  EXPECT_DOUBLE_EQ(build.quantity("cell_length", dimension::length), 44);
  EXPECT_DOUBLE_EQ(build.quantity("density", dimension::density), from_unit(1.6, "g/cm3"));
  EXPECT_DOUBLE_EQ(build.quantity("porosity", dimension::none), 0.3);
  EXPECT_DOUBLE_EQ(build.quantity("spread", dimension::none), 0.25);
  EXPECT_THAT(build.quantities("radii", dimension::length), ElementsAre(10, 12));
}

TEST(Deck, gives_fallbacks_for_missing_keys_only) {
  const Deck deck = example_deck();
  const DeckTable build = deck.root().table("build");
  EXPECT_EQ(build.text("label", "none"), "none");
  EXPECT_EQ(build.integer("sweeps", 12), 12);
  EXPECT_EQ(build.integer("layers", 12), 3);
  EXPECT_DOUBLE_EQ(build.number("tolerance", 0.5), 0.5);
  EXPECT_TRUE(build.flag("open", true));
  EXPECT_DOUBLE_EQ(build.quantity("hold", dimension::time, "3 min"), 180);
  EXPECT_DOUBLE_EQ(build.quantity("cell_length", dimension::length, "1 nm"), 44);
  EXPECT_THROW(build.quantity("bare", dimension::length, "1 nm"), InputError);
}

TEST(Deck, walks_tables_and_arrays_of_tables) {
  const Deck deck = example_deck();
  const auto steps = deck.root().table("carbonize").tables("step");
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_DOUBLE_EQ(steps[0].quantity("until", dimension::temperature), 1573.15);
  EXPECT_DOUBLE_EQ(steps[1].quantity("dwell", dimension::time), 7200);
  EXPECT_FALSE(deck.root().optional_table("relax").has_value());
  EXPECT_TRUE(deck.root().optional_table("build").has_value());
  EXPECT_THAT(deck.root().tables("events"), IsEmpty());
}

TEST(Deck, lists_keys_in_file_order) {
  const Deck deck = Deck::from_text("zinc = 1\nalpha = 2\n[middle]\n[between]\n", "deck.toml");
  EXPECT_THAT(deck.root().keys(), ElementsAre("zinc", "alpha", "middle", "between"));
}

TEST(Deck, keeps_its_text_verbatim_and_survives_a_move) {
  Deck deck = example_deck();
  const DeckTable build = deck.root().table("build");
  const Deck moved = std::move(deck);
  EXPECT_EQ(moved.text(), example);
  EXPECT_EQ(moved.name(), "deck.toml");
  EXPECT_EQ(build.integer("layers"), 3);
}

TEST(Deck, refuses_a_bare_number_with_the_dimension_it_should_have) {
  const Deck deck = example_deck();
  EXPECT_THAT([&] { deck.root().table("build").quantity("bare", dimension::length); },
              ThrowsMessage<InputError>("deck.toml:7: build.bare: bare number 4.4 where a length is expected, write it "
                                        "with a unit like \"4.4 nm\""));
}

TEST(Deck, rounds_integers_beyond_53_bits_instead_of_refusing_them) {
  const Deck deck = Deck::from_text("a = 9007199254740993", "deck.toml");
  EXPECT_EQ(deck.root().number("a"), 9007199254740992.0);
  EXPECT_THAT([&] { deck.root().quantity("a", dimension::length); },
              ThrowsMessage<InputError>(HasSubstr("write it with a unit like \"9007199254740992 nm\"")));
}

TEST(Deck, refuses_a_wrong_dimension_and_names_both) {
  const Deck deck = example_deck();
  EXPECT_THAT([&] { deck.root().table("build").quantity("cell_length", dimension::temperature); },
              ThrowsMessage<InputError>(StartsWith(
                  "deck.toml:5: build.cell_length: \"4.4 nm\" is a length where a temperature is expected")));
  EXPECT_THAT([&] { deck.root().table("build").quantity("porosity", dimension::energy); },
              ThrowsMessage<InputError>(HasSubstr("\"30 %\" is a pure number where an energy is expected")));
}

TEST(Deck, explains_the_ampere_to_those_who_mean_angstrom) {
  const Deck deck = Deck::from_text("d = \"3.35 A\"", "deck.toml");
  EXPECT_THAT([&] { deck.root().quantity("d", dimension::length); },
              ThrowsMessage<InputError>(HasSubstr("A is the ampere, write \"angstrom\"")));
}

TEST(Deck, places_errors_of_units_at_their_key) {
  const Deck deck = Deck::from_text("\n[a]\nd = [\"1 nm\",\n \"2 nmm\"]", "deck.toml");
  EXPECT_THAT([&] { deck.root().table("a").quantities("d", dimension::length); },
              ThrowsMessage<InputError>("deck.toml:4: a.d[2]: unknown unit 'nmm', did you mean 'nm'"));
}

TEST(Deck, refuses_wrong_types) {
  const Deck deck = example_deck();
  const DeckTable build = deck.root().table("build");
  EXPECT_THROW(build.integer("spread"), InputError);
  EXPECT_THROW(build.integer("kind"), InputError);
  EXPECT_THROW(build.number("porosity"), InputError);
  EXPECT_THROW(build.number("periodic"), InputError);
  EXPECT_THROW(build.text("layers"), InputError);
  EXPECT_THROW(build.flag("layers", true), InputError);
  EXPECT_THROW(build.table("layers"), InputError);
  EXPECT_THROW(build.optional_table("layers"), InputError);
  EXPECT_THROW(deck.root().tables("build"), InputError);
  EXPECT_THROW(build.tables("counts"), InputError);
  EXPECT_THROW(build.texts("kind"), InputError);
  EXPECT_THROW(build.integers("weights"), InputError);
  EXPECT_THROW(build.numbers("names"), InputError);
  EXPECT_THROW(build.quantities("weights", dimension::length), InputError);
}

TEST(Deck, refuses_numbers_that_are_not_finite) {
  const Deck deck = Deck::from_text("a = nan\nb = -inf\nc = \"inf nm\"\nd = [1.0, nan]", "deck.toml");
  EXPECT_THAT([&] { deck.root().number("a"); }, ThrowsMessage<InputError>(HasSubstr("a finite number is expected")));
  EXPECT_THROW(deck.root().quantity("b", dimension::none), InputError);
  EXPECT_THROW(deck.root().quantity("c", dimension::length), InputError);
  EXPECT_THROW(deck.root().numbers("d"), InputError);
}

TEST(Deck, refuses_a_choice_that_does_not_exist_with_the_nearest) {
  const Deck deck = example_deck();
  EXPECT_THAT(
      [&] {
        deck.root().table("build").choice("kind", {"graphitic", "turbostratik"});
      },
      ThrowsMessage<InputError>("deck.toml:12: build.kind: unknown value 'turbostratic', did you mean 'turbostratik'"));
}

TEST(Deck, shows_how_to_write_a_missing_key) {
  const Deck deck = example_deck();
  EXPECT_THAT([&] { deck.root().table("build").quantity("ramp", dimension::heating_rate); },
              ThrowsMessage<InputError>("deck.toml:4: build.ramp: missing key, add it like: ramp = \"1 K/min\""));
  EXPECT_THAT([&] { deck.root().table("relax"); },
              ThrowsMessage<InputError>("deck.toml: relax: missing key, add it like: [relax]"));
}

TEST(Deck, recognises_the_misspelling_of_a_missing_key) {
  const Deck deck = Deck::from_text("[build]\ncell_lenght = \"4 nm\"", "deck.toml");
  EXPECT_THAT([&] { deck.root().table("build").quantity("cell_length", dimension::length); },
              ThrowsMessage<InputError>(
                  "deck.toml:1: build.cell_length: missing key, is 'cell_lenght' in line 2 a misspelling of it"));
}

TEST(Deck, places_syntax_errors_and_duplicates_at_line_and_column) {
  EXPECT_THAT([] { Deck::from_text("a = 1\nb = 2\na = 3", "deck.toml"); },
              ThrowsMessage<InputError>(AllOf(StartsWith("deck.toml:3:"), HasSubstr("'a'"))));
  EXPECT_THAT([] { Deck::from_text("a = 1\nb = [1,", "deck.toml"); },
              ThrowsMessage<InputError>(StartsWith("deck.toml:2:8: ")));
}

TEST(Deck, reads_files_and_refuses_missing_ones_and_folders) {
  const ScratchFolder folder;
  const std::string path = folder.with_text("deck.toml", example);
  EXPECT_EQ(Deck::from_file(path).text(), example);
  EXPECT_EQ(Deck::from_file(path).root().place("seed").file, path);
  std::remove(path.c_str());
  EXPECT_THAT([&] { Deck::from_file(path); },
              ThrowsMessage<InputError>(path + ": cannot read this file, check the path"));
  EXPECT_THROW(Deck::from_file(folder.path(".")), InputError);
}

TEST(DeckUnknownKeys, are_refused_in_file_order_with_a_key_that_was_asked_for) {
  const Deck deck = Deck::from_text("[build]\nsprad = 0.2\n[build.deep]\nx = 1\n[zoo]\n", "deck.toml");
  const DeckTable build = deck.root().table("build");
  build.number("spread", 0.1);
  build.number("speed", 0.1);
  EXPECT_THAT([&] { deck.reject_unknown_keys(); },
              ThrowsMessage<InputError>("deck.toml:2: build.sprad: unknown key, did you mean 'spread'"));
}

TEST(DeckUnknownKeys, list_what_the_table_understands_when_nothing_is_near) {
  const Deck deck = Deck::from_text("colour = 1\nseed = 2", "deck.toml");
  deck.root().integer("seed");
  deck.root().has("stages");
  EXPECT_THAT([&] { deck.reject_unknown_keys(); },
              ThrowsMessage<InputError>("deck.toml:1: colour: unknown key, known: seed, stages"));
}

TEST(DeckUnknownKeys, are_not_explained_by_a_key_that_is_already_there) {
  const Deck deck = Deck::from_text("spread = 1\nspreads = 2", "deck.toml");
  deck.root().integer("spread");
  deck.root().integer("spreader", 1);
  EXPECT_THAT([&] { deck.reject_unknown_keys(); }, ThrowsMessage<InputError>(HasSubstr("did you mean 'spreader'")));
}

TEST(DeckUnknownKeys, are_found_in_opened_tables_and_in_tables_never_opened) {
  const Deck deck = Deck::from_text("[[step]]\nrate = 1\n[[step]]\nrata = 2\n[other]\nx = 1", "deck.toml");
  const auto steps = deck.root().tables("step");
  for (const auto& step : steps) step.integer("rate", 0);
  EXPECT_THAT([&] { deck.reject_unknown_keys(); },
              ThrowsMessage<InputError>("deck.toml:4: step[2].rata: unknown key, did you mean 'rate'"));
  steps[1].accept_all();
  EXPECT_THAT([&] { deck.reject_unknown_keys(); },
              ThrowsMessage<InputError>("deck.toml:5: other: unknown key, known: step"));
}

TEST(DeckUnknownKeys, has_alone_does_not_make_a_key_known) {
  const Deck deck = Deck::from_text("seed = 1", "deck.toml");
  EXPECT_TRUE(deck.root().has("seed"));
  EXPECT_THROW(deck.reject_unknown_keys(), InputError);
  deck.root().integer("seed");
  EXPECT_NO_THROW(deck.reject_unknown_keys());
}

TEST(DeckUnknownKeys, below_an_accepted_table_are_left_to_someone_else) {
  const Deck deck = Deck::from_text("[build]\nx = 1\n[build.deep.deeper]\ny = [{z = 1}]", "deck.toml");
  deck.root().table("build").accept_all();
  EXPECT_NO_THROW(deck.reject_unknown_keys());
}

TEST(DeckTable, fails_at_a_key_on_request) {
  const Deck deck = example_deck();
  EXPECT_THAT([&] { deck.root().table("build").fail("density", "too high", "stay below 2.2 g/cm3"); },
              ThrowsMessage<InputError>("deck.toml:6: build.density: too high, stay below 2.2 g/cm3"));
  EXPECT_THAT([&] { deck.root().table("build").fail("", "incomplete"); },
              ThrowsMessage<InputError>("deck.toml:4: build: incomplete"));
}

}  // namespace
}  // namespace cardhouse
