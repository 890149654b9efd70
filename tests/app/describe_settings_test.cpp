#include "engine/app/describe_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

DescriptorOptions settings(const std::string& keys) {
  const Deck deck = Deck::from_text("[describe]\n" + keys, "deck");
  const DescriptorOptions options = read_describe_settings(deck.root().table("describe"));
  deck.reject_unknown_keys();
  return options;
}

std::string complaint_about(const std::string& keys) {
  try {
    settings(keys);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(DescribeSettings, of_an_empty_table_are_the_defaults) {
  const DescriptorOptions options = settings("");
  EXPECT_EQ(options.pores.vacuum_axis, -1);
  EXPECT_EQ(options.pores.nitrogen_diameter, PoreOptions{}.nitrogen_diameter);
  EXPECT_EQ(options.instrument.wavelength, copper_k_alpha);
  EXPECT_FALSE(options.instrument.polarised);
}

TEST(DescribeSettings, read_every_key) {
  const DescriptorOptions options = settings(R"(vacuum_axis = "b"
probes = { nitrogen = "0.4 nm", sodium = "2 angstrom" }
wavelength = "0.07093 nm"
polarised = true
monochromator = 26.6
optical_thickness = 0.9
second_line = 0.5
line_width = [0.01, -0.002, 0.04])");
  EXPECT_EQ(options.pores.vacuum_axis, 1);
  EXPECT_DOUBLE_EQ(options.pores.nitrogen_diameter, 4);
  EXPECT_DOUBLE_EQ(options.pores.sodium_diameter, 2);
  EXPECT_DOUBLE_EQ(options.instrument.wavelength, 0.7093);
  EXPECT_TRUE(options.instrument.polarised);
  EXPECT_EQ(options.instrument.monochromator, 26.6);
  EXPECT_EQ(options.instrument.optical_thickness, 0.9);
  EXPECT_EQ(options.instrument.second_line, 0.5);
  EXPECT_EQ(options.instrument.caglioti_v, -0.002);
}

TEST(DescribeSettings, refuse_what_makes_no_sense) {
  EXPECT_THAT(complaint_about("vacuum_axis = \"z\""), HasSubstr("'z' is no cell vector"));
  EXPECT_THAT(complaint_about("vacuum_axes = \"a\""), HasSubstr("vacuum_axis"));
  EXPECT_THAT(complaint_about("probes = { argon = \"3.4 angstrom\" }"), HasSubstr("unknown probe 'argon'"));
  EXPECT_THAT(complaint_about("probes = { helium = \"4 angstrom\" }"), HasSubstr("must ascend from helium"));
  EXPECT_THAT(complaint_about("line_width = [0.01, 0.04]"), HasSubstr("three terms"));
  EXPECT_THAT(complaint_about("wavelength = \"15 nm\""), HasSubstr("outside 0.1 to 3 angstrom"));
  EXPECT_THAT(complaint_about("second_line = -1"), HasSubstr("must not be negative"));
}

}  // namespace
}  // namespace cardhouse
