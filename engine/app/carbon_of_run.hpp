#pragma once

#include <string>

#include "engine/io/run_file.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// The carbon whose sodium sites a run file holds, or would hold: see host_of_sites. Throws InputError when the file
/// has no structure.
CarbonStructure carbon_of_run(RunFile& file, const Communicator& ranks);

}  // namespace cardhouse
