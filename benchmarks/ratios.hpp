#pragma once
// What every benchmark here reports: `each`, the processor time of one unit of its work (an event, a move, an atom),
// and the benchmark it is to be read against. benchmarks/main.cpp prints the ratios at the end of the run.

#include <benchmark/benchmark.h>

#include <string>

namespace cardhouse {

/// Reports the cost of one unit of work. `references` are names of other benchmarks of the same executable, with spaces
/// between, such as "random_update/1000"; empty for what is only a reference.
inline void report(benchmark::State& state, double units_per_iteration, const std::string& references = {}) {
  using benchmark::Counter;
  state.counters["each"] = Counter(units_per_iteration, Counter::kIsIterationInvariantRate | Counter::kInvert);
  state.SetLabel(references);
}

}  // namespace cardhouse
