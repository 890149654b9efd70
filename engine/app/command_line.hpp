#pragma once

#include "engine/base/communicator.hpp"

namespace cardhouse {

/// Reads the command line and does what it says. Returns the exit code: 0 done, 1 wrong command line. Throws
/// InputError for wrong input.
int run_command_line(int argc, char** argv, const Communicator& ranks);

}  // namespace cardhouse
