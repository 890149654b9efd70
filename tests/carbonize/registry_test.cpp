#include "engine/carbonize/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cardhouse {
namespace {

TEST(Registry, reaction_kinds_are_alphabetical_and_described) {
  const auto table = reaction_kinds();
  EXPECT_TRUE(std::is_sorted(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const auto& entry : table) EXPECT_FALSE(entry.summary.empty() || entry.reference.empty()) << entry.name;
  EXPECT_EQ(find_entry(table, "hop", "reaction kind").make, ReactionKind::Hop);
  EXPECT_THROW(find_entry(table, "hopp", "reaction kind"), InputError);
}

TEST(Registry, lists_the_precursors_with_their_summaries) {
  const auto entries = list_library(CARDHOUSE_SOURCE_DIR "/inputs/precursors");
  std::vector<std::string> names;
  for (const auto& entry : entries) {
    names.push_back(entry.name);
    EXPECT_FALSE(entry.summary.empty()) << entry.name;
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"phenolic_resin", "sucrose"}));
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_TRUE(list_library(CARDHOUSE_SOURCE_DIR "/inputs/no_such_folder").empty());
}

}  // namespace
}  // namespace cardhouse
