#include "engine/sodium/sweep_statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

constexpr SweepConditions conditions{0.1, 300.0, 0.5};

/// Numbers about `mean` that drift by `drift` over the series; energy = -0.2 eV each plus noise.
SweepSamples noisy(double mean, double drift, Stream& stream, int length = 400) {
  SweepSamples samples;
  for (int i = 0; i < length; ++i) {
    const double number = mean + drift * i / length + 3 * stream.normal();
    samples.number.push_back(number);
    samples.energy.push_back(-0.2 * number + 0.01 * stream.normal());
    samples.spacing.push_back(3.7);
    for (auto& series : samples.by_class) series.push_back(number / site_class_count);
  }
  return samples;
}

SweepPoint joined_from(const std::vector<double>& means, double drift, int length = 400) {
  Stream stream(4, Purpose::Test);
  std::vector<ReplicaPoint> replicas;
  for (const double mean : means) replicas.push_back(summarise(noisy(mean, drift, stream, length), {}));
  return join(replicas, conditions);
}

TEST(SweepStatistics, turn_numbers_into_capacities_with_errors) {
  const SweepPoint point = joined_from({100, 100, 100, 100}, 0);
  EXPECT_NEAR(point.capacity.value, 50, 4 * point.capacity.error);
  EXPECT_NEAR(point.capacity.error, 0.5 * 3 / std::sqrt(1600.0), 0.03);
  EXPECT_NEAR(point.incremental_capacity.value, 0.5 * 9 / (constants::boltzmann * 300),
              4 * point.incremental_capacity.error);
  EXPECT_TRUE(point.converged());
}

TEST(SweepStatistics, give_the_partial_entropy_by_fluctuations) {
  const SweepPoint point = joined_from({100, 100, 100, 100}, 0);
  ASSERT_TRUE(point.entropy);
  EXPECT_NEAR(point.entropy->value, (-0.2 + 0.1) / 300, 4 * point.entropy->error);
  EXPECT_LT(point.entropy->error, 1e-5);
}

TEST(SweepStatistics, see_a_series_that_still_drifts) {
  const SweepPoint point = joined_from({100, 100, 100, 100}, 60);
  EXPECT_FALSE(point.converged());
}

TEST(SweepStatistics, see_replicas_that_disagree) {
  const SweepPoint point = joined_from({100, 100, 100, 105}, 0);
  EXPECT_FALSE(point.replicas_agree);
  EXPECT_FALSE(point.converged());
  EXPECT_GT(point.capacity.error, 0.4);  // the spread of the replicas, not their own small errors
}

TEST(SweepStatistics, want_more_than_a_handful_of_samples) {
  EXPECT_FALSE(joined_from({100, 100}, 0, 8).converged());
}

TEST(SweepStatistics, give_no_entropy_when_nothing_fluctuates) {
  SweepSamples still;
  still.number.assign(50, 10.0);
  still.energy.assign(50, -2.0);
  still.spacing.assign(50, 3.6);
  for (auto& series : still.by_class) series.assign(50, 1.0);
  const std::vector<ReplicaPoint> replicas(3, summarise(still, {}));
  EXPECT_FALSE(join(replicas, conditions).entropy);
  EXPECT_TRUE(join(replicas, conditions).converged());
}

}  // namespace
}  // namespace cardhouse
