#include "analysis/voltage_curve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

// A slope from 1.0 to 0.1 V over 150 units and a plateau from 0.1 to 0 V over another 150: kink at 150.
VoltageCurve kinked(int n = 121) {
  VoltageCurve curve;
  for (int i = 0; i < n; ++i) {
    const double q = 300.0 * i / (n - 1);
    curve.capacity.push_back(q);
    curve.voltage.push_back(q < 150 ? 1 - 0.9 * q / 150 : 0.1 - 0.1 * (q - 150) / 150);
  }
  return curve;
}

TEST(VoltageCurve, splits_slope_and_plateau_at_a_tenth_of_a_volt) {
  const CurveSummary summary = summarise(kinked());
  EXPECT_TRUE(summary.reaches_cut_off);
  EXPECT_NEAR(summary.reversible_capacity.value, 300, 1e-9);
  EXPECT_NEAR(summary.slope_capacity.value, 150, 1e-9);
  EXPECT_NEAR(summary.plateau_capacity.value, 150, 1e-9);
  EXPECT_NEAR(summary.plateau_share.value, 0.5, 1e-12);
  ASSERT_TRUE(summary.plateau_voltage && summary.onset_capacity && summary.onset_voltage);
  EXPECT_NEAR(summary.plateau_voltage->value, 0.05, 1e-9);
  EXPECT_NEAR(summary.onset_capacity->value, 150, 0.5);
  EXPECT_NEAR(summary.onset_voltage->value, 0.1, 0.003);
  EXPECT_EQ(summary.plateau_capacity.error, 0);
}

TEST(VoltageCurve, ends_at_the_cut_off_when_the_curve_goes_on_below_zero) {
  VoltageCurve curve = kinked();
  curve.capacity.push_back(400);
  curve.voltage.push_back(-0.1);
  EXPECT_NEAR(summarise(curve).reversible_capacity.value, 300, 1e-9);
}

TEST(VoltageCurve, says_when_it_stops_above_the_cut_off_and_leaves_out_what_it_lacks) {
  const VoltageCurve slope{{0, 50, 100}, {1.0, 0.6, 0.2}, {}, {}};
  const CurveSummary summary = summarise(slope);
  EXPECT_FALSE(summary.reaches_cut_off);
  EXPECT_NEAR(summary.reversible_capacity.value, 100, 1e-12);
  EXPECT_NEAR(summary.slope_capacity.value, 100, 1e-12);
  EXPECT_EQ(summary.plateau_capacity.value, 0);
  EXPECT_FALSE(summary.plateau_voltage || summary.peak_voltage || summary.onset_voltage);
}

TEST(VoltageCurve, finds_the_peak_of_a_plateau_in_differential_capacity) {
  // Capacity rises by a logistic step of width 5 mV at 60 mV on top of a line: -dQ/dV peaks there.
  VoltageCurve curve;
  for (int i = 0; i <= 1000; ++i) {
    const double v = 1.0 - 0.001 * i;
    curve.voltage.push_back(v);
    curve.capacity.push_back(100 * (1 - v) + 150 / (1 + std::exp((v - 0.06) / 0.005)));
  }
  const CurveSummary summary = summarise(curve);
  ASSERT_TRUE(summary.peak_voltage.has_value());
  EXPECT_NEAR(summary.peak_voltage->value, 0.06, 0.0026);
  EXPECT_NEAR(summary.plateau_capacity.value, 150 + 10, 0.1);
}

TEST(VoltageCurve, has_a_differential_capacity_whose_integral_is_the_capacity) {
  const VoltageCurve curve = kinked(301);
  const DifferentialCapacity differential = differential_capacity(curve, 0.01);
  double integral = 0;
  for (std::size_t i = 1; i < differential.voltage.size(); ++i) {
    integral += 0.5 * (differential.value[i] + differential.value[i - 1]) *
                (differential.voltage[i] - differential.voltage[i - 1]);
  }
  EXPECT_NEAR(integral, 300, 1);
  EXPECT_NEAR(differential.value[differential.value.size() / 2], 150 / 0.9, 1e-6);
  EXPECT_NEAR(differential.value[20], 1500, 1e-6);
}

TEST(VoltageCurve, propagates_the_error_of_the_voltage_into_the_capacities) {
  // At the end of a plateau of slope -0.1 V/150 an error of 1 mV moves the crossing of 0 V by 1.5 units.
  VoltageCurve curve = kinked();
  curve.voltage_error.assign(curve.voltage.size(), 0.0);
  curve.voltage_error.back() = 1e-3;
  curve.voltage.push_back(-0.1);
  curve.capacity.push_back(450);
  curve.voltage_error.push_back(0);
  EXPECT_NEAR(summarise(curve).reversible_capacity.error, 1.5, 0.05);
  EXPECT_EQ(summarise(curve).slope_capacity.error, 0);
}

TEST(VoltageCurve, states_errors_that_agree_with_repeated_measurement) {
  Stream stream(41, Purpose::Test);
  const double sigma = 2;
  VoltageCurve exact = kinked(41);
  exact.capacity_error.assign(exact.capacity.size(), sigma);
  const double stated = summarise(exact).slope_capacity.error;
  RunningMoments repeated;
  for (int n = 0; n < 400; ++n) {
    VoltageCurve noisy = exact;
    noisy.capacity_error.clear();
    for (double& q : noisy.capacity) q += sigma * stream.normal();
    std::sort(noisy.capacity.begin(), noisy.capacity.end());
    repeated.add(summarise(noisy).slope_capacity.value);
  }
  // 400 samples give a standard deviation to 3.5 %; 4 sigma.
  EXPECT_NEAR(std::sqrt(repeated.variance()) / stated, 1, 0.15);
}

TEST(VoltageCurve, measures_the_hysteresis_between_directions) {
  const VoltageCurve down = kinked();
  VoltageCurve up = kinked(61);
  for (double& v : up.voltage) v += 0.05;
  up.voltage_error.assign(up.voltage.size(), 0.01);
  const Hysteresis result = hysteresis(down, up);
  EXPECT_NEAR(result.mean_gap.value, 0.05, 1e-9);
  EXPECT_NEAR(result.energy.value, 15, 1e-6);
  EXPECT_NEAR(result.largest_gap, 0.05, 1e-9);
  EXPECT_NEAR(result.mean_gap.error, 0.01 / std::sqrt(60.5), 2e-5);  // 60 whole and two half intervals
  EXPECT_THROW(hysteresis({{0, 1}, {1, 0}, {}, {}}, {{2, 3}, {1, 0}, {}, {}}), InputError);
}

TEST(VoltageCurve, is_read_from_a_table_in_any_order) {
  const Table table{{{"voltage", "V", "", {0.0, 1.0, 0.5}}, {"capacity", "mAh/g", "", {300, 0, 100}}}};
  const VoltageCurve curve = VoltageCurve::from_table(table);
  EXPECT_EQ(curve.capacity, (std::vector<double>{0, 100, 300}));
  EXPECT_EQ(curve.voltage, (std::vector<double>{1.0, 0.5, 0.0}));
  EXPECT_TRUE(curve.voltage_error.empty());
  EXPECT_THROW(VoltageCurve::from_table(Table{{{"capacity", "1", "", {1, 2, 3}}}}), InputError);
}

}  // namespace
}  // namespace cardhouse
