#include "engine/sodium/replicas.hpp"

#include <exception>

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

using Results = std::vector<std::vector<double>>;

/// Every result as (replica, length, values...), so that gathered pieces can be told apart.
std::vector<double> packed(const Results& results, const Communicator& communicator) {
  std::vector<double> flat;
  for (std::size_t replica = communicator.rank(); replica < results.size(); replica += communicator.size()) {
    flat.push_back(static_cast<double>(replica));
    flat.push_back(static_cast<double>(results[replica].size()));
    flat.insert(flat.end(), results[replica].begin(), results[replica].end());
  }
  return flat;
}

void unpack(const std::vector<double>& flat, Results& results) {
  for (std::size_t at = 0; at < flat.size();) {
    const auto replica = static_cast<std::size_t>(flat[at]);
    const auto begin = flat.begin() + static_cast<std::ptrdiff_t>(at) + 2;
    const auto length = static_cast<std::size_t>(flat[at + 1]);
    results[replica].assign(begin, begin + static_cast<std::ptrdiff_t>(length));
    at += 2 + length;
  }
}

}  // namespace

std::vector<std::vector<double>> run_replicas(int replicas, const std::function<std::vector<double>(int)>& simulate,
                                              const Communicator& communicator) {
  EXPECTS(replicas > 0);
  Results results(static_cast<std::size_t>(replicas));
  std::vector<std::exception_ptr> failures(results.size());
#pragma omp parallel for schedule(static, 1)
  for (int replica = communicator.rank(); replica < replicas; replica += communicator.size()) {
    try {
      results[static_cast<std::size_t>(replica)] = simulate(replica);
    } catch (...) {
      failures[static_cast<std::size_t>(replica)] = std::current_exception();
    }
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
  const std::vector<double> all = communicator.gather(packed(results, communicator));
  unpack(all, results);
  return results;
}

}  // namespace cardhouse
