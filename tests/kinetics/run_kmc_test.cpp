#include "engine/kinetics/run_kmc.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"
#include "engine/kinetics/rate_law.hpp"
#include "engine/kinetics/temperature_programme.hpp"

namespace cardhouse {
namespace {

/// One event of constant rate, again and again.
struct Poisson {
  double rate = 1;
  double total_rate() const { return rate; }
  void fire(Stream&) {}
};

/// Two states with rates up and down.
struct TwoStates {
  double up = 2;
  double down = 3;
  bool high = false;
  double total_rate() const { return high ? down : up; }
  void fire(Stream&) { high = !high; }
};

/// Independent particles that vanish with the same rate.
struct Decay {
  std::size_t left = 0;
  double rate = 0;
  double total_rate() const { return static_cast<double>(left) * rate; }
  void fire(Stream&) { --left; }
};

static_assert(EventModel<Poisson> && EventModel<TwoStates> && EventModel<Decay>);

/// Integral of A exp(-E/kT) dT from absolute zero to T: A (T exp(-x) - (E/k) E1(x)) with x = E/kT.
double integrated_rate(const RateLaw& law, double temperature) {
  const double theta = law.barrier / constants::boltzmann;
  const double x = theta / temperature;
  return law.prefactor * (temperature * std::exp(-x) + theta * std::expint(-x));
}

/// The same by Simpson's rule between two temperatures.
double integrated_rate_by_quadrature(const RateLaw& law, double from, double to) {
  const int panels = 20000;
  const double h = (to - from) / panels;
  double sum = law.at(from) + law.at(to);
  for (int i = 1; i < panels; ++i) sum += (i % 2 == 1 ? 4 : 2) * law.at(from + i * h);
  return sum * h / 3;
}

// False-alarm rate 1e-3 with a fixed seed; n = 20000 sees a mean that is 2 % off.
TEST(RunKmc, waiting_times_are_exponential) {
  Poisson model{4};
  KmcClock clock;
  Stream stream(1, Purpose::Test);
  std::vector<double> uniforms;
  double previous = 0;
  run_kmc(
      model, clock, {.max_events = 20000},
      [&](const KmcClock& now) {
        uniforms.push_back(1 - std::exp(-model.rate * (now.time - previous)));
        previous = now.time;
      },
      stream);
  EXPECT_EQ(clock.events, 20000u);
  EXPECT_GT(kolmogorov_p_value(uniforms), 1e-3);
}

TEST(RunKmc, law_test_sees_waiting_times_that_are_five_percent_short) {
  Stream stream(1, Purpose::Test);
  std::vector<double> uniforms;
  for (int i = 0; i < 20000; ++i) uniforms.push_back(1 - std::exp(-0.95 * stream.exponential()));
  EXPECT_LT(kolmogorov_p_value(uniforms), 1e-4);
}

TEST(RunKmc, two_states_are_occupied_as_their_rates_say) {
  TwoStates model;
  KmcClock clock;
  Stream stream(2, Purpose::Test);
  double time_high = 0;
  double previous = 0;
  const std::uint64_t events = 200000;
  run_kmc(
      model, clock, {.max_events = events},
      [&](const KmcClock& now) {
        if (!model.high) time_high += now.time - previous;  // it was high until this event
        previous = now.time;
      },
      stream);
  // Exact: up/(up + down). The variance of the fraction over n/2 cycles is 2 p^2 (1-p)^2 / (n/2).
  const double exact = model.up / (model.up + model.down);
  const double error = exact * (1 - exact) * std::sqrt(4.0 / static_cast<double>(events));
  EXPECT_NEAR(time_high / clock.time, exact, 4 * error);
}

TEST(RunKmc, first_order_decay_under_a_linear_ramp_follows_the_exponential_integral) {
  const RateLaw law{1e13, 0, 1.8};
  const double from = 400;
  const double to = 900;
  const double heating = 0.5;
  const auto dose = [&](double t) { return (integrated_rate(law, t) - integrated_rate(law, from)) / heating; };
  EXPECT_NEAR(dose(700) / (integrated_rate_by_quadrature(law, from, 700) / heating), 1, 1e-8);

  const TemperatureProgramme programme(from, {{to, (to - from) / heating, 0, "Ar"}});
  Decay model{20000, 0};
  KmcClock clock;
  Stream stream(3, Purpose::Test);
  std::vector<double> uniforms;
  double hazard = 0;
  for (const auto& interval : programme.intervals(1, 1e9)) {
    model.rate = law.at(interval.temperature);
    hazard += model.rate * (interval.end - interval.begin);
    run_kmc(
        model, clock, {.end_time = interval.end},
        [&](const KmcClock& now) { uniforms.push_back(1 - std::exp(-dose(from + heating * now.time))); }, stream);
  }
  EXPECT_NEAR(hazard / dose(to), 1, 1e-4);  // what the width of the intervals costs
  EXPECT_EQ(model.left, 0u);
  EXPECT_EQ(clock.time, programme.end_time());
  EXPECT_GT(kolmogorov_p_value(uniforms), 1e-3);
}

TEST(RunKmc, many_tiny_intervals_give_the_same_event_times_as_one) {
  const auto times = [](int intervals) {
    Poisson model{2};
    KmcClock clock;
    Stream stream(4, Purpose::Test);
    std::vector<double> result;
    for (int i = 1; i <= intervals; ++i) {
      run_kmc(
          model, clock, {.end_time = 100.0 * i / intervals}, [&](const KmcClock& now) { result.push_back(now.time); },
          stream);
    }
    return result;
  };
  const auto one = times(1);
  const auto many = times(12345);
  ASSERT_GT(one.size(), 100u);
  ASSERT_EQ(one.size(), many.size());
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], many[i], 1e-10);
}

TEST(RunKmc, waits_out_the_time_when_nothing_can_happen) {
  Poisson model{0};
  KmcClock clock;
  Stream stream(5, Purpose::Test);
  run_kmc(model, clock, {.end_time = 7}, stream);
  EXPECT_EQ(clock.time, 7);
  EXPECT_EQ(clock.events, 0u);
}

TEST(RunKmc, refuses_to_run_backwards) {
  Poisson model{1};
  KmcClock clock;
  Stream stream(7, Purpose::Test);
  run_kmc(model, clock, {.end_time = 7}, stream);
  EXPECT_THROW(run_kmc(model, clock, {.end_time = 6}, stream), ContractViolation);
  EXPECT_EQ(clock.time, 7);
}

TEST(RunKmc, stops_at_the_number_of_events_and_goes_on_from_there) {
  Poisson model{1};
  KmcClock clock;
  Stream stream(6, Purpose::Test);
  run_kmc(model, clock, {.max_events = 3}, stream);
  const double time = clock.time;
  run_kmc(model, clock, {.max_events = 5}, stream);
  EXPECT_EQ(clock.events, 5u);
  EXPECT_GT(clock.time, time);
  EXPECT_THROW(run_kmc(model, clock, {}, stream), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
