#pragma once

namespace cardhouse {

/// The quotient rounded down: the period in which the index lies. `period` > 0.
constexpr int floor_divide(int index, int period) {
  return index >= 0 ? index / period : -((period - 1 - index) / period);
}

/// The index folded into [0, period). `period` > 0.
constexpr int fold_index(int index, int period) {
  return index - floor_divide(index, period) * period;
}

}  // namespace cardhouse
