#pragma once

#include <functional>
#include <vector>

#include "engine/base/communicator.hpp"

namespace cardhouse {

/// Runs `simulate(replica)` for every replica, spread over the ranks and the threads of each, and returns all results
/// in replica order on every rank. Since a replica depends on its number alone, so does the result.
/// An exception of a replica is thrown again after the threads have joined.
std::vector<std::vector<double>> run_replicas(int replicas, const std::function<std::vector<double>(int)>& simulate,
                                              const Communicator& communicator);

}  // namespace cardhouse
