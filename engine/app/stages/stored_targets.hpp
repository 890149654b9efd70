#pragma once
// What carbonize asks of the builder, as data sets of the run file.

#include <string>

#include "engine/io/run_file.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

void write_targets(RunFile& file, const std::string& name, const CarbonTargets& targets);
CarbonTargets read_targets(const RunFile& file, const std::string& name);

}  // namespace cardhouse
