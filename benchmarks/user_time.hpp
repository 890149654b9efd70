#pragma once

#include <sys/resource.h>

namespace cardhouse {

/// Processor time of this process outside the kernel [s].
inline double user_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

}  // namespace cardhouse
