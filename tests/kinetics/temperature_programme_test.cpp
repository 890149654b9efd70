#include "engine/kinetics/temperature_programme.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TemperatureProgramme read(const std::string& text) {
  const Deck deck = Deck::from_text(text, "furnace.toml");
  const double start = read_temperature(deck.root(), "start", "25 degC");
  std::vector<TemperatureStep> steps;
  for (const auto& table : deck.root().tables("step")) {
    steps.push_back(read_temperature_step(table, steps.empty() ? start : steps.back().target));
  }
  deck.reject_unknown_keys();
  return {start, std::move(steps)};
}

std::string message_of(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

const std::string two_steps = R"(start = "300 K"
[[step]]
target = "600 K"
rate = "10 K/min"
hold = "1 h"
atmosphere = "N2"
[[step]]
target = "400 K"
duration = "100 s"
)";

TEST(TemperatureProgramme, reads_ramps_holds_and_cooling) {
  const auto programme = read(two_steps);
  EXPECT_DOUBLE_EQ(programme.end_time(), 1800 + 3600 + 100);
  EXPECT_DOUBLE_EQ(programme.temperature(-1), 300);
  EXPECT_DOUBLE_EQ(programme.temperature(900), 450);
  EXPECT_DOUBLE_EQ(programme.temperature(1800 + 1), 600);
  EXPECT_DOUBLE_EQ(programme.temperature(5450), 500);
  EXPECT_DOUBLE_EQ(programme.temperature(1e9), 400);
  EXPECT_DOUBLE_EQ(programme.peak_temperature(), 600);
  EXPECT_EQ(programme.steps()[0].atmosphere.name, "N2");
}

TEST(TemperatureProgramme, a_ramp_of_no_duration_jumps) {
  const TemperatureProgramme programme(300, {{1500, 0, 10, {}}});
  EXPECT_DOUBLE_EQ(programme.temperature(0), 1500);
  EXPECT_EQ(programme.intervals(1, 1e9).size(), 1u);
}

TEST(TemperatureProgramme, intervals_adjoin_cover_and_stay_narrow) {
  const auto programme = read(two_steps);
  const auto intervals = programme.intervals(1, 60);
  EXPECT_EQ(intervals.size(), 300u + 60u + 200u);
  double end = 0;
  for (const auto& interval : intervals) {
    EXPECT_EQ(interval.begin, end);
    EXPECT_GT(interval.end, interval.begin);
    EXPECT_LE(interval.end - interval.begin, 60 * (1 + 1e-9));
    EXPECT_NEAR(interval.temperature, programme.temperature(0.5 * (interval.begin + interval.end)), 1e-9);
    end = interval.end;
  }
  EXPECT_EQ(end, programme.end_time());
}

TEST(TemperatureProgramme, an_interval_arrives_at_its_end_temperature_before_a_jump) {
  const TemperatureProgramme programme(300, {{400, 100, 50, {}}, {900, 0, 10, {}}});
  const auto intervals = programme.intervals(10, 1000);
  EXPECT_DOUBLE_EQ(intervals[0].temperature, 305);
  EXPECT_DOUBLE_EQ(intervals[0].end_temperature, 310);
  EXPECT_DOUBLE_EQ(intervals[intervals.size() - 2].end_temperature, 400);  // the hold, not the jump after it
  EXPECT_DOUBLE_EQ(intervals.back().end_temperature, 900);
}

TEST(TemperatureProgramme, names_file_line_and_key_of_a_mistake) {
  const auto with = [](const std::string& line) { return "[[step]]\ntarget = \"900 degC\"\n" + line + "\n"; };
  EXPECT_THAT(message_of(with("rate = \"0 K/min\"")), AllOf(HasSubstr("furnace.toml:3"), HasSubstr("rate is zero")));
  EXPECT_THAT(message_of(with("rate = \"-5 K/min\"")), HasSubstr("rate is negative"));
  EXPECT_THAT(message_of(with("duration = \"-5 s\"")), HasSubstr("time is negative"));
  EXPECT_THAT(message_of(with("rate = \"5 K/min\"\nhold = \"-1 h\"")), HasSubstr("time is negative"));
  EXPECT_THAT(message_of(with("rate = \"5 K/min\"\nduration = \"1 h\"")), HasSubstr("either 'rate' or 'duration'"));
  EXPECT_THAT(message_of(with("hold = \"1 h\"")), HasSubstr("either 'rate' or 'duration'"));
  EXPECT_THAT(message_of(with("rate = 5")), HasSubstr("rate"));
  EXPECT_THAT(message_of(with("rate = \"5 K/min\"\nholt = \"1 h\"")), HasSubstr("hold"));
}

TEST(TemperatureProgramme, refuses_temperatures_no_furnace_has) {
  EXPECT_THAT(message_of("[[step]]\ntarget = \"-300 degC\"\nrate = \"5 K/min\"\n"), HasSubstr("absolute zero"));
  EXPECT_THAT(message_of("[[step]]\ntarget = \"5000 K\"\nrate = \"5 K/min\"\n"), HasSubstr("sublimation"));
  EXPECT_THAT(message_of("start = \"-1 K\"\n[[step]]\ntarget = \"500 K\"\nrate = \"5 K/min\"\n"), HasSubstr("start"));
}

}  // namespace
}  // namespace cardhouse
