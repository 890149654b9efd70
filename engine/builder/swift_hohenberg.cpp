#include "engine/builder/swift_hohenberg.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

#include "engine/base/contracts.hpp"
#include "engine/builder/simple_points.hpp"
#include "engine/structure/real_transform.hpp"

namespace cardhouse {
namespace {

constexpr double least_kept = 0.5;  // of the amplitude, where the topology is kept (estimate)

template <class Change>
void for_each_index(std::size_t size, Change&& change) {
#pragma omp parallel for schedule(static)
  for (std::ptrdiff_t index = 0; index < static_cast<std::ptrdiff_t>(size); ++index)
    change(static_cast<std::size_t>(index));
}

// 1/(1 - (epsilon - (1 - k^2/k0^2)^2)) of every mode, divided by the size of the grid.
std::vector<double> step_factors(const RealTransform& transform, const ScalarGrid& field, double spacing) {
  const double k0 = std::numbers::pi / spacing;
  std::vector<double> factors = transform.squared_wavenumbers(field.cube().edge);
  for (double& factor : factors) {
    const double detuning = 1 - factor / (k0 * k0);
    factor = 1 / ((1 - lamellar_drive + detuning * detuning) * static_cast<double>(field.size()));
  }
  return factors;
}

void follow(ScalarGrid& field, std::span<const double> target, const FieldConstraints& constraints) {
  const bool pinned = !constraints.mobility.empty();
  for_each_index(field.size(), [&](std::size_t point) {
    field.values[point] += (pinned ? constraints.mobility[point] : 1) * (target[point] - field.values[point]);
  });
  for (const auto& [point, value] : constraints.held) field.values[point] += 0.5 * (value - field.values[point]);
}

}  // namespace

double lamellar_amplitude() {
  return std::sqrt(4 * lamellar_drive / 3);
}

void anneal_lamellae(ScalarGrid& field, const FieldConstraints& constraints, const FieldAnnealOptions& options,
                     const ProgressObserver& observer) {
  EXPECTS(constraints.mobility.empty() || constraints.mobility.size() == field.size());
  RealTransform transform(field.points());
  const std::vector<double> factors = step_factors(transform, field, options.spacing);
  std::vector<double> before;
  for (int step = 0; step < options.steps; ++step) {
    for_each_index(field.size(), [&field, real = transform.real()](std::size_t point) {
      const double value = field.values[point];
      real[point] = value - value * value * value;
    });
    transform.forward();
    for_each_index(factors.size(),
                   [&factors, modes = transform.modes()](std::size_t mode) { modes[mode] *= factors[mode]; });
    transform.inverse();
    if (options.keeps_topology) before = field.values;
    follow(field, transform.real(), constraints);
    if (options.keeps_topology) keep_topology(field, before, least_kept * lamellar_amplitude());
    notify(observer, (step + 1.0) / options.steps);
  }
}

}  // namespace cardhouse
