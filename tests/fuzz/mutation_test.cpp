#include "tests/fuzz/mutation.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cardhouse::fuzz {
namespace {

const std::string text = "[run]\nname = \"a\"\nseed = 12\nlength = \"1.5 nm\"\n";

std::set<std::string> hundred(std::string (*damage)(std::string, Stream&), const std::string& good) {
  std::set<std::string> all;
  for (std::uint64_t k = 0; k < 100; ++k) {
    Stream stream(1, Purpose::Test, 0, k);
    all.insert(damage(good, stream));
  }
  return all;
}

TEST(Mutation, depends_on_its_stream_alone) {
  EXPECT_EQ(hundred(damaged_text, text), hundred(damaged_text, text));
  EXPECT_EQ(hundred(damaged_bytes, text), hundred(damaged_bytes, text));
}

TEST(Mutation, seldom_gives_the_same_file_twice) {
  EXPECT_GT(hundred(damaged_text, text).size(), 80u);
  EXPECT_GT(hundred(damaged_bytes, text).size(), 80u);
}

TEST(Mutation, puts_extreme_numbers_where_numbers_stand) {
  bool found = false;
  for (const std::string& damaged : hundred(damaged_text, text))
    found = found || damaged.find("seed = 2147483648") != std::string::npos ||
            damaged.find("seed = 1e") != std::string::npos;
  EXPECT_TRUE(found);
}

TEST(Mutation, takes_any_bytes) {
  for (const std::string& nothing : {std::string(), std::string("\n"), std::string(1, '\0')}) {
    hundred(damaged_text, nothing);
    hundred(damaged_bytes, nothing);
  }
}

}  // namespace
}  // namespace cardhouse::fuzz
