// The contract that every way of picking events must keep.
#include "engine/kinetics/event_selection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/base/statistics.hpp"
#include "engine/kinetics/rate_groups.hpp"
#include "engine/kinetics/rate_tree.hpp"
#include "engine/kinetics/run_kmc.hpp"

namespace cardhouse {
namespace {

const std::vector<double> some_rates = {0.5, 0, 3, 1e-1, 2,   0,
                                        1.4, 1, 4, 7.9,  1e-9};  // within and across powers of two

/// Chi-square p-value of picks over the events of non-zero rate; an event of zero rate that is picked gives 0.
template <class Selection>
double law_p_value(const Selection& selection, const std::vector<double>& rates, Stream& stream) {
  std::vector<std::size_t> counts(rates.size(), 0);
  constexpr int draws = 100000;
  for (int i = 0; i < draws; ++i) ++counts.at(selection.pick(stream));
  const double total = std::accumulate(rates.begin(), rates.end(), 0.0);
  std::vector<std::size_t> seen{0};
  std::vector<double> expected{0};
  for (std::size_t event = 0; event < rates.size(); ++event) {
    const double probability = rates[event] / total;
    if (rates[event] == 0 && counts[event] > 0) return 0;
    if (probability * draws < 5) {
      seen[0] += counts[event];
      expected[0] += probability;
    } else {
      seen.push_back(counts[event]);
      expected.push_back(probability);
    }
  }
  if (expected[0] * draws < 5) {  // too rare for a bin of its own
    seen[1] += seen[0];
    expected[1] += expected[0];
    seen.erase(seen.begin());
    expected.erase(expected.begin());
  }
  return chi_square_p_value(seen, expected);
}

double random_rate(Stream& stream) {
  return stream.uniform() < 0.3 ? 0 : std::exp(40 * stream.uniform() - 20);
}

template <class Selection>
class EventSelectionContract : public testing::Test {};

struct Names {
  template <class Selection>
  static std::string GetName(int) {
    return std::is_same_v<Selection, RateTree> ? "RateTree" : "RateGroups";
  }
};
using Selections = testing::Types<RateTree, RateGroups>;
TYPED_TEST_SUITE(EventSelectionContract, Selections, Names);

// False-alarm rate 1e-3 with a fixed seed; the smallest error it must see is in the next test.
TYPED_TEST(EventSelectionContract, picks_events_in_proportion_to_rate) {
  Stream stream(2024, Purpose::Test);
  TypeParam selection(some_rates.size());
  selection.assign(some_rates);
  EXPECT_GT(law_p_value(selection, some_rates, stream), 1e-3);
}

TYPED_TEST(EventSelectionContract, law_test_sees_one_rate_five_percent_off) {
  Stream stream(2024, Purpose::Test);
  TypeParam selection(some_rates.size());
  selection.assign(some_rates);
  selection.set(2, some_rates[2] * 1.05);
  EXPECT_LT(law_p_value(selection, some_rates, stream), 1e-3);
}

TYPED_TEST(EventSelectionContract, keeps_its_law_after_many_changes_among_hundreds_of_events) {
  constexpr std::size_t events = 700;
  Stream stream(5, Purpose::Test);
  TypeParam selection(events);
  std::vector<double> rates(events, 0);
  for (int i = 0; i < 20000; ++i) {
    const auto event = stream.below(events);
    rates[event] = stream.uniform() < 0.3 ? 0 : 0.5 + 4 * stream.uniform();
    selection.set(event, rates[event]);
  }
  EXPECT_GT(law_p_value(selection, rates, stream), 1e-3);
}

TYPED_TEST(EventSelectionContract, total_does_not_drift_over_many_changes) {
  for (const std::size_t events : {1, 7, 8, 9, 37, 600}) {
    TypeParam selection(events);
    std::vector<double> plain(events, 0);
    Stream stream(7, Purpose::Test);
    for (int i = 0; i < 100000; ++i) {
      const auto event = stream.below(events);
      plain[event] = random_rate(stream);
      selection.set(event, plain[event]);
    }
    TypeParam fresh(events);
    fresh.assign(plain);
    EXPECT_EQ(selection.total(), fresh.total());  // bit by bit
    const double sum = std::accumulate(plain.begin(), plain.end(), 0.0);
    EXPECT_NEAR(selection.total(), sum, 1e-12 * sum);
    for (std::size_t i = 0; i < events; ++i) EXPECT_EQ(selection.rate(i), plain[i]);
  }
}

TYPED_TEST(EventSelectionContract, update_is_a_loop_of_set) {
  constexpr std::size_t events = 1000;
  TypeParam together(events);
  TypeParam singly(events);
  Stream stream(8, Purpose::Test);
  for (int round = 0; round < 300; ++round) {
    std::vector<RateUpdate> changes;
    for (std::uint64_t n = stream.below(40); n > 0; --n)
      changes.push_back({static_cast<std::uint32_t>(stream.below(events)), random_rate(stream)});
    together.update(changes);
    for (const RateUpdate& change : changes) singly.set(change.event, change.rate);
    ASSERT_EQ(together.total(), singly.total());
  }
  for (std::size_t i = 0; i < events; ++i) EXPECT_EQ(together.rate(i), singly.rate(i));
}

TYPED_TEST(EventSelectionContract, finds_the_only_event_there_is) {
  Stream stream(9, Purpose::Test);
  for (std::size_t n = 1; n <= 70; n += 3)
    for (std::size_t only = 0; only < n; only += 2) {
      TypeParam selection(n);
      selection.set(n - 1, 5);
      selection.set(n - 1, 0);
      selection.set(only, 1e-290);
      EXPECT_EQ(selection.pick(stream), only);
    }
}

TYPED_TEST(EventSelectionContract, is_empty_again_when_all_rates_are_taken_away) {
  Stream stream(10, Purpose::Test);
  TypeParam selection(50);
  for (std::size_t i = 0; i < 50; ++i) selection.set(i, random_rate(stream));
  for (std::size_t i = 0; i < 50; ++i) selection.set(i, 0);
  EXPECT_EQ(selection.total(), 0);
  EXPECT_THROW(selection.pick(stream), ContractViolation);
}

TYPED_TEST(EventSelectionContract, refuses_negative_and_infinite_rates) {
  TypeParam selection(3);
  EXPECT_THROW(selection.set(0, -1), ContractViolation);
  EXPECT_THROW(selection.set(0, std::numeric_limits<double>::infinity()), ContractViolation);
  EXPECT_THROW(selection.set(3, 1), ContractViolation);
  EXPECT_THROW(selection.assign({1, 2}), ContractViolation);
}

/// Independent decays of known rates: with the loop, the time at which each happens is exponential.
template <class Selection>
struct Decays {
  explicit Decays(const std::vector<double>& rates) : selection(rates.size()) { selection.assign(rates); }
  double total_rate() const { return selection.total(); }
  void fire(Stream& stream) {
    last = selection.pick(stream);
    selection.set(last, 0);
  }
  Selection selection;
  std::size_t last = 0;
};

// First-passage times: 2000 x 10 times against their exponentials, false alarm once in 10^3 seeds.
TYPED_TEST(EventSelectionContract, every_event_waits_its_own_exponential_time) {
  Stream stream(11, Purpose::Test);
  std::vector<double> uniforms;
  for (int run = 0; run < 2000; ++run) {
    Decays<TypeParam> decays(some_rates);
    KmcClock clock;
    run_kmc(
        decays, clock, {.max_events = 8},
        [&](const KmcClock& now) {
          if (decays.last == 3) uniforms.push_back(1 - std::exp(-some_rates[3] * now.time));
        },
        stream);
  }
  EXPECT_EQ(uniforms.size(), 2000u);  // the slow one is last but for 1e-9
  EXPECT_GT(kolmogorov_p_value(uniforms), 1e-3);
}

}  // namespace
}  // namespace cardhouse
