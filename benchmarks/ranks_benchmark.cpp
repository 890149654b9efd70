// Cost of a relaxation on several ranks. Run it under mpirun on one rank and on more:
//
//     mpirun -n 2 ranks_benchmark sp2-bonded+lennard-jones
//
// FIRE steps of AB graphite of 114 240 atoms from 0.06 angstrom of noise, lists made as they are needed, from the first
// look at the structure to the last. One rank does the whole; more cut it into one brick each. Prints one line with the
// user time of the busiest rank. A second argument sets the number of bricks (0: as above), a third that of steps.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "benchmarks/carbon_samples.hpp"
#include "benchmarks/user_time.hpp"
#include "engine/base/communicator.hpp"
#include "engine/base/stream.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {
namespace {

void measure(const std::string& potential, int bricks, int steps) {
  const Communicator world = Communicator::world();
  CarbonStructure structure = graphite(40, 21, 34, 0.06);
  RelaxOptions options{.potential = potential, .ranks = world, .bricks = bricks};
  options.minimiser = {.max_steps = steps, .force_tolerance = 1e-9};
  options.capped_steps = 0;
  const double before = user_time();
  const RelaxReport report = relax_structure(structure, options);
  const double used = user_time() - before;
  const double busiest = std::ranges::max(world.gather({&used, 1}));
  if (world.is_root())
    fmt::print("{} ranks {} bricks {} steps {} user {:.2f} s energy {:.6f} eV\n", potential, world.size(),
               report.bricks, report.steps, busiest, report.energy_final);
}

}  // namespace
}  // namespace cardhouse

int main(int argc, char** argv) {
  cardhouse::ParallelSession session(argc, argv);
  const auto argument = [&](int k, int otherwise) { return argc > k ? std::stoi(argv[k]) : otherwise; };
  cardhouse::measure(argc > 1 ? argv[1] : "sp2-bonded+lennard-jones", argument(2, 0), argument(3, 40));
}
