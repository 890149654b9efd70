#include "engine/base/stream.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/statistics.hpp"

namespace cardhouse {
namespace {

constexpr double false_alarm = 1e-4;  // of every law test here

TEST(Stream, repeats_itself_for_the_same_key) {
  Stream a(7, Purpose::Test, 3, 5);
  Stream b(7, Purpose::Test, 3, 5);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(a.bits(), b.bits());
}

TEST(Stream, differs_when_any_part_of_the_key_differs) {
  Stream a(7, Purpose::Test, 3, 5);
  const auto first = a.bits();
  EXPECT_NE(first, Stream(8, Purpose::Test, 3, 5).bits());
  EXPECT_NE(first, Stream(7, Purpose::Edges, 3, 5).bits());
  EXPECT_NE(first, Stream(7, Purpose::Test, 4, 5).bits());
  EXPECT_NE(first, Stream(7, Purpose::Test, 3, 6).bits());
}

TEST(Stream, no_bits_give_a_number_outside_the_open_unit_interval) {
  EXPECT_EQ(open_unit(0), 0x1p-53);
  EXPECT_EQ(open_unit(~std::uint64_t{0}), 1 - 0x1p-53);
  EXPECT_EQ(open_unit(std::uint64_t{1} << 63), 0.5 + 0x1p-53);
}

TEST(Stream, uniform_numbers_follow_the_uniform_law) {
  Stream stream(11, Purpose::Test);
  std::vector<double> values(20000);
  for (double& value : values) value = stream.uniform();
  EXPECT_GT(kolmogorov_p_value(values), false_alarm);
}

TEST(Stream, exponential_and_normal_numbers_follow_their_laws) {
  Stream stream(12, Purpose::Test);
  std::vector<double> exponential(20000);
  std::vector<double> normal(20000);
  for (double& value : exponential) value = 1 - std::exp(-stream.exponential());
  for (double& value : normal) value = 0.5 * std::erfc(-stream.normal() / std::sqrt(2.0));
  EXPECT_GT(kolmogorov_p_value(exponential), false_alarm);
  EXPECT_GT(kolmogorov_p_value(normal), false_alarm);
}

TEST(Stream, integers_below_n_are_equally_likely_and_a_biased_twin_is_caught) {
  Stream stream(13, Purpose::Test);
  std::vector<std::size_t> fair(10, 0);
  std::vector<std::size_t> biased(10, 0);
  for (int i = 0; i < 20000; ++i) {
    ++fair[stream.below(10)];
    ++biased[stream.below(103) % 10];  // the modulo bias: 0, 1 and 2 come 11 times in 103
  }
  const std::vector<double> expected(10, 0.1);
  EXPECT_GT(chi_square_p_value(fair, expected), false_alarm);
  EXPECT_LT(chi_square_p_value(biased, expected), false_alarm);
}

TEST(Stream, scripted_streams_play_their_numbers_and_then_stop) {
  Stream stream = Stream::scripted({0.25, 0.5});
  EXPECT_EQ(stream.uniform(), 0.25);
  EXPECT_EQ(stream.below(4), 2u);
  EXPECT_THROW(stream.uniform(), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
