#pragma once
// What a kinetic Monte Carlo model asks of the thing that picks its events. Two answer: RateTree (time grows with the
// logarithm of the number of events, whatever the rates) and RateGroups (constant time).

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"

namespace cardhouse {

struct RateUpdate {
  std::uint32_t event;
  double rate;  ///< [1/s]
};

/// Rates of a fixed number of events. pick() returns an event with probability rate/total and never one of rate zero;
/// total() depends on the present rates only, not on the way they came about: nothing drifts. update() is a loop of
/// set() in one go.
template <class Selection>
concept EventSelection = std::constructible_from<Selection, std::size_t> &&
    requires(Selection selection, const Selection& fixed, std::size_t event, Stream& stream,
             std::span<const RateUpdate> changes, const std::vector<double>& rates) {
  { fixed.size() } -> std::same_as<std::size_t>;
  { fixed.rate(event) } -> std::same_as<double>;
  { fixed.total() } -> std::same_as<double>;
  { fixed.pick(stream) } -> std::same_as<std::size_t>;
  selection.set(event, 1.0);
  selection.update(changes);
  selection.assign(rates);
};

}  // namespace cardhouse
