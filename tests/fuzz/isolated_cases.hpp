#pragma once
// Cases that run in a process of their own, so that a crash or a hang of one ends neither the others nor the report.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cardhouse::fuzz {

struct CaseFailure {
  std::size_t number = 0;
  std::string reason;
};

/// Calls `run(k)` for k in [0, n). It returns what went wrong, or an empty text. A case that ends the process, or takes
/// more than `seconds` of processor time or 4 GB of memory, has gone wrong too.
std::vector<CaseFailure> run_isolated(std::size_t n, long seconds, const std::function<std::string(std::size_t)>& run);

}  // namespace cardhouse::fuzz
