#include "engine/carbonize/ordering_clock.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

/// Expected crossings of a barrier; falls with the barrier.
double crossings(const std::vector<ConstantInterval>& intervals, double barrier) {
  double sum = 0;
  for (const auto& interval : intervals) {
    sum += (interval.end - interval.begin) * std::exp(-barrier / (constants::boltzmann * interval.temperature));
  }
  return ordering_prefactor * sum;
}

}  // namespace

OrderingClock ordering_clock(const TemperatureProgramme& programme, double from) {
  auto intervals = programme.intervals(1, std::numeric_limits<double>::infinity());
  std::erase_if(intervals, [&](const ConstantInterval& interval) { return interval.end <= from; });
  if (intervals.empty()) return {};
  intervals.front().begin = std::max(intervals.front().begin, from);
  if (crossings(intervals, 0) <= 1) return {};  // picoseconds
  double low = 0;
  double high = constants::boltzmann * programme.peak_temperature() *
                std::log(2 * ordering_prefactor * programme.end_time());  // as if all at the peak, and more
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (crossings(intervals, middle) > 1 ? low : high) = middle;
  }
  const double two_hours = 7200;
  return {low, low / (constants::boltzmann * std::log(ordering_prefactor * two_hours))};
}

}  // namespace cardhouse
