#include "tests/fuzz/isolated_cases.hpp"

#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>
#include <new>

namespace cardhouse::fuzz {
namespace {

using testing::HasSubstr;

std::vector<CaseFailure> failures_of_case_two(void (*act)(), long seconds = 10) {
  return run_isolated(5, seconds, [&](std::size_t number) {
    if (number == 2) act();
    return std::string();
  });
}

void expect_case_two(const std::vector<CaseFailure>& failures, const std::string& reason) {
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].number, 2u);
  EXPECT_THAT(failures[0].reason, HasSubstr(reason));
}

TEST(IsolatedCases, run_all_and_report_those_that_say_why) {
  const auto failures = run_isolated(6, 10, [](std::size_t number) { return number % 3 == 1 ? "no" : ""; });
  ASSERT_EQ(failures.size(), 2u);
  EXPECT_EQ(failures[0].number, 1u);
  EXPECT_EQ(failures[1].number, 4u);
  EXPECT_EQ(failures[1].reason, "no");
}

TEST(IsolatedCases, survive_a_crash) {
  expect_case_two(failures_of_case_two([] { std::raise(SIGKILL); }), "crashes");
}

TEST(IsolatedCases, survive_an_exit) {
  expect_case_two(failures_of_case_two([] { std::_Exit(3); }), "exit code 3");
}

TEST(IsolatedCases, end_a_case_that_takes_too_long) {
  const auto hang = [] {
    for (volatile bool forever = true; forever;) {
    }
  };
  expect_case_two(failures_of_case_two(hang, 1), "too long");
}

}  // namespace
}  // namespace cardhouse::fuzz
