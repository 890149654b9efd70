#pragma once

#include "engine/base/communicator.hpp"

namespace cardhouse {

class RunFile;

/// Rewrites a run file whose writer was killed in the middle of a flush: its header, complete stages and flushed frames
/// go into a new file, which then takes the old one's place. Whatever is half written (the last stage, the frame under
/// way) stays behind. Throws InputError when even that cannot be read; the old file then stays where it is.
void repair_run_file(RunFile torn, const Communicator& ranks);

}  // namespace cardhouse
