#include "engine/carbonize/structure_response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/carbonize/sample_processes.hpp"

namespace cardhouse {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::vector<StructureResponse> read(const std::string& keys) {
  const Deck deck = Deck::from_text("[[response]]\n" + keys + "source = \"estimate: test\"\n", "carbon.toml");
  auto responses = read_responses(deck.root());
  deck.reject_unknown_keys();
  return responses;
}

std::string message_of(const std::string& keys) {
  return samples::message_of([&] { read(keys); });
}

TEST(StructureResponse, reads_gains_in_the_unit_of_what_they_shift) {
  const auto spacing =
      read("of = \"crosslinks\"\non = \"interlayer_spacing\"\ngain = \"0.003 nm\"\nlimit = \"0.01 nm\"\n");
  EXPECT_NEAR(spacing[0].gain, 0.03, 1e-12);
  EXPECT_NEAR(spacing[0].limit, 0.1, 1e-12);
  const auto volume = read("of = \"fluid\"\non = \"closed_pore_volume\"\ngain = \"1 cm3/g\"\n");
  EXPECT_NEAR(volume[0].gain, 1.66053906660, 1e-8);  // angstrom^3/dalton
  EXPECT_EQ(read("of = \"element:N\"\non = \"mobility\"\ngain = -0.1\n")[0].gain, -0.1);
}

TEST(StructureResponse, is_a_straight_line_up_to_its_limit_on_both_sides) {
  const auto response = read("of = \"crosslinks\"\non = \"mobility\"\ngain = 2.0\nlimit = 3.0\n")[0];
  EXPECT_DOUBLE_EQ(response.effect(0.7), 1.4);
  EXPECT_DOUBLE_EQ(response.effect(-0.7), -1.4);
  EXPECT_DOUBLE_EQ(response.effect(10), 3);
  EXPECT_DOUBLE_EQ(response.effect(-10), -3);
}

TEST(StructureResponse, does_nothing_below_from_and_counts_on_from_there) {
  const auto response = read("of = \"element:O\"\non = \"mobility\"\ngain = 2.0\nfrom = 1.0\n")[0];
  EXPECT_DOUBLE_EQ(response.effect(0.9), 0);
  EXPECT_DOUBLE_EQ(response.effect(-5), 0);
  EXPECT_DOUBLE_EQ(response.effect(1.5), 1);
}

TEST(StructureResponse, mistakes_are_named) {
  const std::string of = "of = \"crosslinks\"\n";
  EXPECT_THAT(message_of(of + "on = \"mobilty\"\ngain = 1.0\n"),
              AllOf(HasSubstr("carbon.toml:3"), HasSubstr("'mobility'")));
  EXPECT_THAT(message_of(of + "on = \"interlayer_spacing\"\ngain = 0.003\n"),
              AllOf(HasSubstr("carbon.toml:4"), HasSubstr("length")));
  EXPECT_THAT(message_of(of + "on = \"mobility\"\ngain = \"0.003 nm\"\n"), HasSubstr("carbon.toml:4"));
  EXPECT_THAT(message_of(of + "on = \"mobility\"\ngain = 1.0\nlimit = -1.0\n"),
              AllOf(HasSubstr("carbon.toml:5"), HasSubstr("positive")));
  EXPECT_THAT(message_of(of + "on = \"mobility\"\ngain = 1.0\nform = 1.0\n"), HasSubstr("from"));
  const std::string on = "on = \"mobility\"\ngain = 1.0\n";
  EXPECT_THAT(message_of("of = \"crosslink\"\n" + on), AllOf(HasSubstr("carbon.toml:2"), HasSubstr("'crosslinks'")));
  EXPECT_THAT(message_of("of = \"element:Xx\"\n" + on), AllOf(HasSubstr("carbon.toml:2"), HasSubstr("Xx")));
  EXPECT_EQ(message_of("of = \"CHARG\"\n" + on), "no error");
}

}  // namespace
}  // namespace cardhouse
