#include "engine/carbonize/registry.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

using samples::inputs;

TEST(Registry, reaction_kinds_are_alphabetical_and_described) {
  const auto table = reaction_kinds();
  EXPECT_TRUE(std::is_sorted(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const auto& entry : table) EXPECT_FALSE(entry.summary.empty() || entry.reference.empty()) << entry.name;
  EXPECT_EQ(find_entry(table, "hop", "reaction kind").make, ReactionKind::Hop);
  EXPECT_THROW(find_entry(table, "hopp", "reaction kind"), InputError);
}

TEST(Registry, lists_precursors_and_treatments_with_their_summaries) {
  for (const auto* folder : {"/precursors", "/treatments"}) {
    const auto entries = list_library(inputs + folder);
    for (const auto& entry : entries) EXPECT_FALSE(entry.summary.empty()) << entry.name;
    EXPECT_TRUE(
        std::is_sorted(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
    EXPECT_GT(entries.size(), 10u);
  }
  EXPECT_TRUE(list_library(inputs + "/no_such_folder").empty());
}

}  // namespace
}  // namespace cardhouse
