#include "engine/base/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

namespace cardhouse {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

Progress::Options always(bool terminal) {
  using std::chrono::milliseconds;
  return {
      .enabled = true, .terminal = terminal, .terminal_interval = milliseconds(0), .file_interval = milliseconds(0)};
}

TEST(Duration, is_written_in_the_two_largest_units) {
  EXPECT_EQ(format_duration(0), "0.0 s");
  EXPECT_EQ(format_duration(4.2), "4.2 s");
  EXPECT_EQ(format_duration(200), "3 min 20 s");
  EXPECT_EQ(format_duration(65), "1 min 05 s");
  EXPECT_EQ(format_duration(3720), "1 h 02 min");
  EXPECT_EQ(format_duration(100 * 3600), "100 h 00 min");
}

TEST(Duration, rounds_across_units_without_showing_sixty) {
  EXPECT_EQ(format_duration(59.94), "59.9 s");
  EXPECT_EQ(format_duration(59.96), "1 min 00 s");
  EXPECT_EQ(format_duration(3599.7), "1 h 00 min");
}

TEST(Duration, survives_senseless_values) {
  EXPECT_EQ(format_duration(-1), "unknown time");
  EXPECT_EQ(format_duration(std::numeric_limits<double>::quiet_NaN()), "unknown time");
  EXPECT_EQ(format_duration(std::numeric_limits<double>::infinity()), "inf s");
}

TEST(Progress, prints_plain_lines_into_a_file) {
  std::ostringstream out;
  Progress progress(out, "anneal", always(false));
  progress.at(0);
  progress.at(0.5);
  progress.done("12 flips");
  EXPECT_THAT(out.str(),
              MatchesRegex("anneal: 0 %\nanneal: 50 %, [0-9.]+ s left\nanneal: done in [0-9.]+ s, 12 flips\n"));
}

TEST(Progress, rewrites_one_line_on_a_terminal) {
  std::ostringstream out;
  Progress progress(out, "anneal", always(true));
  progress.at(0.25);
  progress.at(1);
  EXPECT_EQ(out.str().find('\n'), std::string::npos);
  progress.done();
  EXPECT_THAT(out.str(), StartsWith("\r\x1b[Kanneal: 25 %"));
  EXPECT_THAT(out.str(), HasSubstr("\r\x1b[Kanneal: 100 %\r\x1b[Kanneal: done in "));
  EXPECT_EQ(out.str().back(), '\n');
}

TEST(Progress, never_claims_a_hundred_per_cent_before_the_end) {
  std::ostringstream out;
  Progress progress(out, "anneal", always(false));
  progress.at(0.9999);
  EXPECT_THAT(out.str(), StartsWith("anneal: 99 %"));
}

TEST(Progress, prints_at_most_once_an_interval) {
  std::ostringstream out;
  Progress progress(out, "anneal", {.file_interval = std::chrono::hours(1)});
  for (int i = 0; i <= 100; ++i) progress.at(i / 100.0);
  EXPECT_EQ(out.str(), "");
  progress.done();
  EXPECT_THAT(out.str(), StartsWith("anneal: done in "));
}

TEST(Progress, is_silent_when_disabled) {
  std::ostringstream out;
  auto options = always(false);
  options.enabled = false;
  Progress progress(out, "anneal", options);
  progress.at(0.5);
  progress.done("finished");
  EXPECT_EQ(out.str(), "");
}

TEST(Progress, hands_out_an_observer_that_reports_to_it) {
  std::ostringstream out;
  Progress progress(out, "anneal", always(false));
  notify(progress.observer(), 0.5);
  EXPECT_THAT(out.str(), StartsWith("anneal: 50 %"));
  EXPECT_NO_THROW(notify({}, 0.5));
}

}  // namespace
}  // namespace cardhouse
