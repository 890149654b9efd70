#include "engine/base/errors.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

TEST(InputError, names_file_line_key_problem_and_suggestion_in_this_order) {
  const InputError error(SourcePlace{"deck.toml", 12, "build.density"}, "bare number 1.6", "write it with a unit");
  EXPECT_STREQ(error.what(), "deck.toml:12: build.density: bare number 1.6, write it with a unit");
}

TEST(InputError, leaves_out_what_is_unknown) {
  EXPECT_STREQ(InputError("no steps").what(), "no steps");
  EXPECT_STREQ(InputError("no steps", "add one").what(), "no steps, add one");
  EXPECT_STREQ(InputError(SourcePlace{"deck.toml", 0, ""}, "cannot read").what(), "deck.toml: cannot read");
  EXPECT_STREQ(InputError(SourcePlace{"", 3, ""}, "broken").what(), "line 3: broken");
  EXPECT_STREQ(InputError(SourcePlace{"", 0, "seed"}, "missing").what(), "seed: missing");
}

TEST(NearestName, corrects_a_missing_an_extra_a_wrong_and_a_swapped_letter) {
  const std::vector<std::string> names{"cellulose", "lignin", "pitch"};
  EXPECT_EQ(nearest_name("celulose", names), "cellulose");
  EXPECT_EQ(nearest_name("lignyin", names), "lignin");
  EXPECT_EQ(nearest_name("pibch", names), "pitch");
  EXPECT_EQ(nearest_name("ilgnin", names), "lignin");
}

TEST(NearestName, counts_a_swap_of_neighbours_as_one_edit) {
  // With a limit of one edit for four letters, "setp" reaches "step" only if a swap costs one.
  EXPECT_EQ(nearest_name("setp", {"step"}), "step");
  EXPECT_EQ(nearest_name("sxxp", {"step"}), "");
}

TEST(NearestName, stays_silent_when_more_than_a_third_differs) {
  EXPECT_EQ(nearest_name("graphite", {"cellulose", "lignin"}), "");
  EXPECT_EQ(nearest_name("x", {"y"}), "");
  EXPECT_EQ(nearest_name("anything", {}), "");
}

TEST(NearestName, prefers_the_closest_and_then_the_one_that_differs_in_capitals_only) {
  EXPECT_EQ(nearest_name("dwells", {"dwelt", "dwell"}), "dwell");
  EXPECT_EQ(nearest_name("ev", {"e", "eV"}), "eV");
  EXPECT_EQ(nearest_name("KJ", {"J", "kJ"}), "kJ");
}

TEST(SuggestName, offers_the_nearest_or_lists_what_is_known) {
  EXPECT_EQ(suggest_name("ligninn", {"cellulose", "lignin"}), "did you mean 'lignin'");
  EXPECT_EQ(suggest_name("graphite", {"cellulose", "lignin"}), "known: cellulose, lignin");
  EXPECT_EQ(suggest_name("graphite", {}), "");
}

}  // namespace
}  // namespace cardhouse
