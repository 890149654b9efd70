// Run under mpirun: checks every exchange of Communicator against what each rank can compute alone.
#include "engine/base/communicator.hpp"

#include <cstdio>
#include <numeric>
#include <string>

int main(int argc, char** argv) {
  cardhouse::ParallelSession session(argc, argv);
  const auto world = cardhouse::Communicator::world();
  const double own = world.rank() + 1;
  int failures = argc > 1 && world.size() != std::stoi(argv[1]) ? 1 : 0;

  std::vector<double> summed{own, 10 * own};
  world.sum(summed);
  const double expected = world.size() * (world.size() + 1) / 2.0;
  failures += summed != std::vector<double>{expected, 10 * expected};

  const std::vector<double> mine(static_cast<std::size_t>(world.rank()), own);
  failures += world.gather(mine).size() != static_cast<std::size_t>(world.size() * (world.size() - 1) / 2);

  std::string text = world.is_root() ? "from the root" : "";
  world.broadcast(text);
  failures += text != "from the root";

  failures += !world.any(world.rank() == world.size() - 1) || world.any(false);
  if (failures > 0) std::fprintf(stderr, "rank %d: %d exchanges failed\n", world.rank(), failures);
  return failures;
}
