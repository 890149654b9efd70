#include "engine/kinetics/absorbing_chain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

// Four states in a row, energies and barriers in kT, exits at both ends.
ChainRates row_of_four(double attempts, double first_exit, double last_exit) {
  const std::array<double, 4> energy{0, 0.7, -0.4, 0.3};
  ChainRates rates{{first_exit, 0, 0, last_exit}, {}, {}};
  for (const double e : energy) rates.weights.push_back(std::exp(-e));
  for (std::uint32_t i = 0; i < 3; ++i) {
    rates.moves.push_back({i, i + 1, attempts * std::exp(energy[i])});
    rates.moves.push_back({i + 1, i, attempts * std::exp(energy[i + 1])});
  }
  return rates;
}

// The chain, event by event.
AbsorbingChain::Exit simulated(const ChainRates& rates, std::uint32_t state, Stream& stream) {
  double time = 0;
  while (true) {
    double total = rates.exits[state];
    for (const auto& move : rates.moves) total += move.from == state ? move.rate : 0;
    time += stream.exponential() / total;
    double left = stream.uniform() * total - rates.exits[state];
    if (left < 0) return {time, state};
    for (const auto& move : rates.moves) {
      if (move.from != state) continue;
      left -= move.rate;
      if (left < 0) {
        state = move.to;
        break;
      }
    }
  }
}

// Largest distance of two empirical distributions, in units of its standard error; above 1.95 by chance once in 1000.
double kolmogorov_smirnov(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double largest = 0;
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    (a[i] <= b[j] ? i : j) += 1;
    largest = std::max(largest, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                         static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return largest * std::sqrt(static_cast<double>(a.size() * b.size()) / static_cast<double>(a.size() + b.size()));
}

TEST(AbsorbingChain, one_state_leaves_at_its_rate) {
  const AbsorbingChain chain({{2.5}, {}, {1}});
  EXPECT_DOUBLE_EQ(chain.mean_exit_time(0), 0.4);
  EXPECT_NEAR(chain.survival(0, 0.4), std::exp(-1.0), 1e-14);
}

TEST(AbsorbingChain, two_states_have_the_closed_form) {
  // 0 <-> 1 at a and b, exit from 1 at c: T0 = 1/a + T1, T1 = (1 + b/a)/c.
  const double a = 3, b = 5, c = 0.7;
  const AbsorbingChain chain({{0, c}, {{0, 1, a}, {1, 0, b}}, {b, a}});
  EXPECT_NEAR(chain.mean_exit_time(1), (1 + b / a) / c, 1e-13);
  EXPECT_NEAR(chain.mean_exit_time(0), 1 / a + (1 + b / a) / c, 1e-13);
  EXPECT_EQ(chain.exit_probabilities(0), (std::vector<double>{0, 1}));
  const double trace = a + b + c;
  const double root = std::sqrt(trace * trace - 4 * a * c);
  const double slow = (trace - root) / 2, fast = (trace + root) / 2;
  for (const double t : {0.1, 1.0, 4.0})
    EXPECT_NEAR(chain.survival(0, t), (fast * std::exp(-slow * t) - slow * std::exp(-fast * t)) / (fast - slow), 1e-13);
}

TEST(AbsorbingChain, exits_come_when_and_where_those_of_the_chain_do) {
  const ChainRates rates = row_of_four(2, 0.5, 1.5);
  const AbsorbingChain chain(rates);
  Stream stream(7, Purpose::Test);
  std::vector<double> drawn, walked, exponential;
  std::array<std::array<double, 2>, 2> counts{};  // [road][left at the first state]
  for (int i = 0; i < 20000; ++i) {
    const auto a = chain.sample(1, stream);
    const auto b = simulated(rates, 1, stream);
    drawn.push_back(a.time);
    walked.push_back(b.time);
    exponential.push_back(stream.exponential() * chain.mean_exit_time(1));
    ++counts[0][a.state == 0];
    ++counts[1][b.state == 0];
  }
  EXPECT_LT(kolmogorov_smirnov(drawn, walked), 1.95);
  EXPECT_GT(kolmogorov_smirnov(exponential, walked), 3) << "a single exponential of the same mean is another law";
  EXPECT_NEAR(counts[0][1], counts[1][1], 4 * std::sqrt(2 * 20000 * 0.25));
  EXPECT_NEAR(counts[0][1] / 20000, chain.exit_probabilities(1)[0], 4 * std::sqrt(0.25 / 20000));
}

TEST(AbsorbingChain, early_exits_leave_from_near_the_start) {
  const ChainRates rates = row_of_four(2, 0.5, 1.5);
  const AbsorbingChain chain(rates);
  Stream stream(8, Purpose::Test);
  std::array<std::array<double, 2>, 2> early{};  // [road][left at the first state]
  for (int i = 0; i < 40000; ++i) {
    const auto a = chain.sample(0, stream);
    const auto b = simulated(rates, 0, stream);
    if (a.time < 0.3) ++early[0][a.state == 0];
    if (b.time < 0.3) ++early[1][b.state == 0];
  }
  for (const int where : {0, 1}) {
    const double all = early[0][where] + early[1][where];
    EXPECT_NEAR(early[0][where], early[1][where], 4 * std::sqrt(all));
  }
  EXPECT_GT(early[0][1], 5 * early[0][0]);
}

TEST(AbsorbingChain, the_mean_is_the_area_under_the_survival) {
  const AbsorbingChain chain(row_of_four(2, 0.5, 1.5));
  for (std::uint32_t start = 0; start < 4; ++start) {
    double area = 0;
    const double step = 1e-3;
    for (int i = 0; i < 60000; ++i) area += step * chain.survival(start, (i + 0.5) * step);
    EXPECT_NEAR(area, chain.mean_exit_time(start), 1e-6);
  }
}

TEST(AbsorbingChain, keeps_all_digits_when_exits_are_rarer_than_rounding) {
  // Mixed long before it leaves: rate of exit = sum of weight times exit.
  const ChainRates rates = row_of_four(1e12, 3e-6, 1e-6);
  const double norm = rates.weights[0] + rates.weights[1] + rates.weights[2] + rates.weights[3];
  const double exit = (rates.weights[0] * 3e-6 + rates.weights[3] * 1e-6) / norm;
  const AbsorbingChain chain(rates);
  EXPECT_FALSE(chain.is_resolved());
  for (std::uint32_t start = 0; start < 4; ++start) {
    EXPECT_NEAR(chain.mean_exit_time(start) * exit, 1, 1e-12);
    EXPECT_NEAR(chain.exit_probabilities(start)[0], rates.weights[0] * 3e-6 / norm / exit, 1e-12);
  }
  Stream stream(9, Purpose::Test);
  double sum = 0;
  for (int i = 0; i < 10000; ++i) sum += chain.sample(2, stream).time;
  EXPECT_NEAR(sum / 10000 * exit, 1, 0.05);
}

TEST(AbsorbingChain, agrees_on_both_sides_of_what_can_be_resolved) {
  for (const double ratio : {1e6, 1e8, 3e9, 1e12}) {
    const AbsorbingChain chain(row_of_four(ratio, 3, 1));
    const double mean = chain.mean_exit_time(0);
    EXPECT_NEAR(chain.survival(0, mean), std::exp(-1.0), 1e-5) << ratio;
  }
}

TEST(AbsorbingChain, says_how_much_of_a_stiff_chain_has_not_mixed) {
  EXPECT_EQ(AbsorbingChain(row_of_four(2, 0.5, 1.5)).unmixed(), 0);
  EXPECT_LT(AbsorbingChain(row_of_four(1e12, 3e-6, 1e-6)).unmixed(), 1e-15);
  // Two fast pairs joined by a slow move, which takes longer than to leave: no single exponential.
  const AbsorbingChain two_pairs({{1e-4, 0, 0, 3e-4},
                                  {{0, 1, 1e12}, {1, 0, 1e12}, {1, 2, 1e-4}, {2, 1, 1e-4}, {2, 3, 1e12}, {3, 2, 1e12}},
                                  {1, 1, 1, 1}});
  EXPECT_FALSE(two_pairs.is_resolved());
  EXPECT_GT(two_pairs.unmixed(), 0.1);
}

TEST(AbsorbingChain, refuses_what_is_no_chain) {
  EXPECT_THROW(AbsorbingChain({{0, 0}, {{0, 1, 1}, {1, 0, 1}}, {1, 1}}), ContractViolation);  // no exit
  EXPECT_THROW(AbsorbingChain({{1, 0}, {{0, 1, 1}, {1, 0, 2}}, {1, 1}}), ContractViolation);  // no detailed balance
  EXPECT_THROW(AbsorbingChain({{1, 0}, {}, {1, 1}}), ContractViolation);  // a state without a way out
  EXPECT_THROW(AbsorbingChain({{1}, {}, {0}}), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
