#pragma once
// How physics tells the outside world how far it is, without knowing who listens.

#include <functional>

namespace cardhouse {

/// Called with the fraction of the work done, in [0, 1]. May be empty.
using ProgressObserver = std::function<void(double fraction)>;

inline void notify(const ProgressObserver& observer, double fraction) {
  if (observer) observer(fraction);
}

}  // namespace cardhouse
