#include <cstdio>
#include <exception>

#include "engine/app/command_line.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

// Exit codes: 0 done, 1 wrong command line, 2 wrong input, 3 a fault of the program.
int main(int argc, char** argv) {
  cardhouse::ParallelSession session(argc, argv);
  const auto ranks = cardhouse::Communicator::world();
  int code = 3;
  try {
    return cardhouse::run_command_line(argc, argv, ranks);
  } catch (const cardhouse::InputError& error) {
    std::fprintf(stderr, "cardhouse: %s\n", error.what());
    code = 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cardhouse: this is a fault of the program, please report it: %s\n", error.what());
  }
  if (ranks.size() > 1) ranks.abort(code);  // the others may wait for this rank
  return code;
}
