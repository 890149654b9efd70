#include <chrono>
#include <cstdio>
#include <exception>
#include <thread>

#include "engine/app/command_line.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace {

// A mistake that all ranks find is said once: the root speaks and ends the others, who wait for that; a rank that fails
// alone speaks after the wait.
void say(const cardhouse::Communicator& ranks, const char* introduction, const char* message) {
  if (!ranks.is_root()) std::this_thread::sleep_for(std::chrono::seconds(1));
  std::fprintf(stderr, "cardhouse: %s%s\n", introduction, message);
}

}  // namespace

// Exit codes: 0 done, 1 wrong command line, 2 wrong input, 3 a fault of the program.
int main(int argc, char** argv) {
  cardhouse::ParallelSession session(argc, argv);
  const auto ranks = cardhouse::Communicator::world();
  int code = 3;
  try {
    return cardhouse::run_command_line(argc, argv, ranks);
  } catch (const cardhouse::InputError& error) {
    say(ranks, "", error.what());
    code = 2;
  } catch (const std::exception& error) {
    say(ranks, "this is a fault of the program, please report it: ", error.what());
  }
  if (ranks.size() > 1) ranks.abort(code);  // the others may wait for this rank
  return code;
}
