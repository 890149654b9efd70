#include "engine/base/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace cardhouse {
namespace {

using ::testing::ThrowsMessage;
using MakeNumber = int (*)();

constexpr std::array<RegistryEntry<MakeNumber>, 2> numbers{{
    {"four", "the number four", "Peano 1889", [] { return 4; }},
    {"seven", "the number seven", "Peano 1889", [] { return 7; }},
}};

const RegistryEntry<MakeNumber>& find_number(std::string_view name, const SourcePlace& place = {}) {
  return find_entry(std::span<const RegistryEntry<MakeNumber>>(numbers), name, "number", place);
}

TEST(Registry, finds_the_entry_of_that_name) {
  EXPECT_EQ(find_number("seven").make(), 7);
  EXPECT_EQ(find_number("four").summary, "the number four");
}

TEST(Registry, refuses_an_unknown_name_where_it_was_written_with_the_nearest) {
  EXPECT_THAT(
      [] {
        find_number("sevn", SourcePlace{"deck.toml", 4, "count"});
      },
      ThrowsMessage<InputError>("deck.toml:4: count: unknown number 'sevn', did you mean 'seven'"));
  EXPECT_THAT([] { find_number("dozen"); }, ThrowsMessage<InputError>("unknown number 'dozen', known: four, seven"));
}

}  // namespace
}  // namespace cardhouse
