#include "engine/sodium/sweep_statistics.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

double mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double covariance(std::span<const double> a, std::span<const double> b) {
  const double mean_a = mean(a);
  const double mean_b = mean(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

/// Geweke's diagnostic: are both halves of one series about the same mean?
double drift(std::span<const double> series) {
  const Estimate first = correlated_mean(series.first(series.size() / 2));
  const Estimate second = correlated_mean(series.last(series.size() / 2));
  const double difference = std::abs(first.value - second.value);
  if (difference <= 0.5) return 0;  // half a sodium
  return difference / std::max(std::hypot(first.error, second.error), 1e-12);
}

/// Mean over replicas; the error is the larger of what the replicas' own errors and what their spread tell.
template <class Pick>
Estimate joined(std::span<const ReplicaPoint> replicas, Pick&& pick) {
  std::vector<double> values;
  double squares = 0;
  for (const ReplicaPoint& replica : replicas) {
    values.push_back(pick(replica).value);
    squares += pick(replica).error * pick(replica).error;
  }
  const Estimate spread = mean_of(values);
  return {spread.value, std::max(spread.error, std::sqrt(squares) / static_cast<double>(replicas.size()))};
}

Estimate scaled(const Estimate& estimate, double factor) {
  return {estimate.value * factor, estimate.error * factor};
}

bool agree(std::span<const ReplicaPoint> replicas, const Estimate& common) {
  return std::ranges::all_of(replicas, [&](const ReplicaPoint& replica) {
    const double own = std::hypot(replica.number.error, common.error / std::sqrt(static_cast<double>(replicas.size())));
    return std::abs(replica.number.value - common.value) <= std::max(0.5, 3 * own);
  });
}

/// dU/dN, the ratio of summed covariances and variances with a leave-one-out (jackknife) error.
std::optional<Estimate> partial_energy(std::span<const ReplicaPoint> replicas) {
  double cov = 0;
  double var = 0;
  for (const ReplicaPoint& replica : replicas) {
    cov += replica.covariance;
    var += replica.number_variance;
  }
  const double smallest = 1e-3 * static_cast<double>(replicas.size());
  if (var < smallest) return std::nullopt;
  double squares = 0;
  for (const ReplicaPoint& replica : replicas) {
    if (var - replica.number_variance < 0.1 * var) return std::nullopt;  // one replica alone decides
    const double without = (cov - replica.covariance) / (var - replica.number_variance);
    squares += (without - cov / var) * (without - cov / var);
  }
  const auto n = static_cast<double>(replicas.size());
  return Estimate{cov / var, std::sqrt(squares * (n - 1) / n)};
}

}  // namespace

ReplicaPoint summarise(const SweepSamples& samples, const MoveCounts& counts) {
  EXPECTS(samples.number.size() >= 4);
  const std::size_t start = equilibration_start(samples.number);
  const auto kept = [&](const std::vector<double>& series) { return std::span(series).subspan(start); };
  ReplicaPoint point;
  point.number = correlated_mean(kept(samples.number));
  point.energy = correlated_mean(kept(samples.energy));
  point.spacing = correlated_mean(kept(samples.spacing));
  for (int kind = 0; kind < site_class_count; ++kind)
    point.by_class[kind] = correlated_mean(kept(samples.by_class[kind]));
  point.number_variance = covariance(kept(samples.number), kept(samples.number));
  point.covariance = covariance(kept(samples.energy), kept(samples.number));
  const auto length = static_cast<double>(samples.number.size() - start);
  point.effective_samples = length / (2 * autocorrelation_time(kept(samples.number)));
  point.drift = drift(kept(samples.number));
  for (int kind = 0; kind < move_kind_count; ++kind) {
    point.tried[kind] = static_cast<double>(counts.tried[kind]);
    point.accepted[kind] = static_cast<double>(counts.accepted[kind]);
  }
  return point;
}

SweepPoint join(std::span<const ReplicaPoint> replicas, const SweepConditions& conditions) {
  EXPECTS(replicas.size() >= 2);
  SweepPoint point;
  point.voltage = conditions.voltage;
  const Estimate number = joined(replicas, [](const ReplicaPoint& r) { return r.number; });
  point.capacity = scaled(number, conditions.unit);
  point.energy = joined(replicas, [](const ReplicaPoint& r) { return r.energy; });
  point.spacing = joined(replicas, [](const ReplicaPoint& r) { return r.spacing; });
  for (int kind = 0; kind < site_class_count; ++kind)
    point.by_class[kind] =
        scaled(joined(replicas, [&](const ReplicaPoint& r) { return r.by_class[kind]; }), conditions.unit);
  std::vector<double> variances;
  point.equilibrated = true;
  for (const ReplicaPoint& replica : replicas) {
    variances.push_back(replica.number_variance);
    point.effective_samples += replica.effective_samples;
    point.equilibrated = point.equilibrated && replica.drift <= 3;
  }
  const Estimate variance = mean_of(variances);
  point.number_variance = variance.value;
  const double thermal = constants::boltzmann * conditions.temperature;
  point.incremental_capacity = scaled(variance, conditions.unit / thermal);
  point.enthalpy = partial_energy(replicas);
  if (point.enthalpy)
    point.entropy = Estimate{(point.enthalpy->value + conditions.voltage) / conditions.temperature,
                             point.enthalpy->error / conditions.temperature};
  point.replicas_agree = agree(replicas, number);
  for (int kind = 0; kind < move_kind_count; ++kind) {
    double tried = 0;
    double accepted = 0;
    for (const ReplicaPoint& replica : replicas) {
      tried += replica.tried[kind];
      accepted += replica.accepted[kind];
    }
    point.acceptance[kind] = tried > 0 ? accepted / tried : 0;
  }
  return point;
}

}  // namespace cardhouse
