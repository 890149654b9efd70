#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {

/// What is sampled once a sweep.
struct SweepSamples {
  std::vector<double> number;
  std::vector<double> energy;   ///< [eV]
  std::vector<double> spacing;  ///< [angstrom]
  std::array<std::vector<double>, site_class_count> by_class;
};

/// What one replica knows about one voltage: numbers only, so that it travels between ranks.
struct ReplicaPoint {
  Estimate number;
  Estimate energy;
  Estimate spacing;
  std::array<Estimate, site_class_count> by_class;
  double number_variance = 0;
  double covariance = 0;  ///< of energy and number
  double effective_samples = 0;
  double drift = 0;  ///< difference between the two halves over its standard error
  std::array<double, move_kind_count> tried{};
  std::array<double, move_kind_count> accepted{};
};
inline constexpr std::size_t replica_point_length = sizeof(ReplicaPoint) / sizeof(double);

/// Averages after the equilibration that is left in the samples has been cut off. EXPECTS at least 4 samples.
ReplicaPoint summarise(const SweepSamples& samples, const MoveCounts& counts);

/// Conditions that turn numbers of sodium into measurable quantities.
struct SweepConditions {
  double voltage = 0;      ///< [V]
  double temperature = 0;  ///< [K]
  double unit = 1;         ///< capacity of one sodium [mAh/g]
};

/// Joins replicas. EXPECTS at least two.
SweepPoint join(std::span<const ReplicaPoint> replicas, const SweepConditions& conditions);

}  // namespace cardhouse
