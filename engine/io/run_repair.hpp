#pragma once

#include <string>

#include "engine/base/communicator.hpp"

namespace cardhouse {

/// Rewrites a run file whose writer was killed in the middle of a flush: its header, complete stages and flushed frames
/// go into a new file, which then takes the old one's place. Whatever is half written (the last stage, the frame under
/// way) stays behind. HDF5 moves index entries of finished frames about once in 32 frames; should the process have died
/// in the microseconds of just that, the frames they stand for are lost too, and the file ends before them. Throws
/// InputError on every rank when even that cannot be read; the old file then stays where it is. The file must be
/// closed; the root repairs it alone.
void repair_run_file(const std::string& path, const Communicator& ranks);

}  // namespace cardhouse
