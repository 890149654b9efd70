#include "engine/kinetics/rate_tree.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/base/statistics.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

const std::vector<double> rates = {0.5, 0, 3, 1e-1, 2, 0, 1.4};  // seven leaves of eight: one unused, two of zero

/// Chi-square p-value of `pick` over the events of non-zero rate; an event of zero rate that is picked gives 0.
double law_p_value(const std::function<std::size_t(double)>& pick, std::size_t draws) {
  Stream stream(2024, Purpose::Test);
  std::vector<std::size_t> counts(rates.size(), 0);
  for (std::size_t i = 0; i < draws; ++i) ++counts.at(pick(stream.uniform()));
  const double total = std::accumulate(rates.begin(), rates.end(), 0.0);
  std::vector<std::size_t> seen;
  std::vector<double> expected;
  for (std::size_t event = 0; event < rates.size(); ++event) {
    if (rates[event] == 0 && counts[event] > 0) return 0;
    if (rates[event] == 0) continue;
    seen.push_back(counts[event]);
    expected.push_back(rates[event] / total);
  }
  return chi_square_p_value(seen, expected);
}

/// The broken twin: a running sum that is compared before the event's own rate is added, off by one event.
std::size_t pick_off_by_one(double fraction) {
  const double target = fraction * std::accumulate(rates.begin(), rates.end(), 0.0);
  double sum = 0;
  for (std::size_t event = 0; event + 1 < rates.size(); ++event) {
    if (sum >= target) return event;
    sum += rates[event];
  }
  return rates.size() - 1;
}

/// A subtler twin: all right except that one rate is 5 % too large, the smallest error the law test must see.
std::size_t pick_five_percent_off(double fraction) {
  RateTree tree(rates.size());
  tree.assign(rates);
  tree.set(2, rates[2] * 1.05);
  return tree.pick(fraction);
}

// False-alarm rate 1e-3 with a fixed seed.
TEST(RateTree, picks_events_in_proportion_to_rate) {
  RateTree tree(rates.size());
  tree.assign(rates);
  EXPECT_GT(law_p_value([&](double fraction) { return tree.pick(fraction); }, 100000), 1e-3);
}

TEST(RateTree, law_test_sees_an_off_by_one_picker) {
  EXPECT_LT(law_p_value(pick_off_by_one, 100000), 1e-6);
}

TEST(RateTree, law_test_sees_one_rate_five_percent_off) {
  EXPECT_LT(law_p_value(pick_five_percent_off, 100000), 1e-3);
}

TEST(RateTree, never_picks_an_event_of_rate_zero_at_the_edges_of_the_unit_interval) {
  const double nearly_one = std::nextafter(1.0, 0.0);
  const double nearly_zero = 1e-300;
  for (std::size_t n = 1; n <= 9; ++n) {
    for (std::size_t only = 0; only < n; ++only) {
      RateTree tree(n);
      tree.set(only, 0.1);
      EXPECT_EQ(tree.pick(nearly_one), only);
      EXPECT_EQ(tree.pick(nearly_zero), only);
      EXPECT_EQ(tree.pick(0.5), only);
    }
  }
}

TEST(RateTree, boundary_between_two_events_falls_at_their_share) {
  RateTree tree(2);
  tree.assign({1, 3});
  EXPECT_EQ(tree.pick(0.2499), 0u);
  EXPECT_EQ(tree.pick(0.2501), 1u);
}

TEST(RateTree, total_does_not_drift_over_many_changes) {
  RateTree tree(37);
  std::vector<double> plain(37, 0);
  Stream stream(7, Purpose::Test);
  for (int i = 0; i < 100000; ++i) {
    const auto event = stream.below(37);
    plain[event] = stream.uniform() < 0.3 ? 0 : std::exp(40 * stream.uniform() - 20);
    tree.set(event, plain[event]);
  }
  RateTree fresh(37);
  fresh.assign(plain);
  EXPECT_EQ(tree.total(), fresh.total());  // recomputed from the children: bit-identical
  for (std::size_t i = 0; i < 37; ++i) EXPECT_EQ(tree.rate(i), plain[i]);
}

TEST(RateTree, refuses_negative_and_infinite_rates_and_empty_totals) {
  RateTree tree(3);
  EXPECT_THROW(tree.pick(0.5), ContractViolation);
  EXPECT_THROW(tree.set(0, -1), ContractViolation);
  EXPECT_THROW(tree.set(0, std::numeric_limits<double>::infinity()), ContractViolation);
  EXPECT_THROW(tree.set(3, 1), ContractViolation);
  EXPECT_THROW(tree.assign({1, 2}), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
