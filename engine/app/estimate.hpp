#pragma once

#include <string>

#include "engine/app/run_plan.hpp"

namespace cardhouse {

/// How large a run is going to be.
struct RunEstimate {
  double atoms = 0;
  double sites = 0;
  double memory = 0;   ///< peak [bytes]
  double seconds = 0;  ///< on two cores of a common laptop
};

/// From the deck and the structure file it names. Memory and time follow from what was measured per atom (see
/// estimate.cpp); they are good within a factor of two.
RunEstimate estimate_run(const RunPlan& plan, const Deck& deck);

/// Name, stages, seed, sizes: the lines that `run` begins with and `check` prints.
std::string describe_plan(const RunPlan& plan, const Deck& deck);

}  // namespace cardhouse
