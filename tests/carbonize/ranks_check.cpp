// Run under mpirun: the lattice shared among ranks gives every rank what it gives alone, bit by bit. Takes the number
// of ranks.

#include <cstdio>
#include <string>

#include "tests/carbonize/same_result.hpp"
#include "tests/carbonize/sample_processes.hpp"

int main(int argc, char** argv) {
  using namespace cardhouse;
  ParallelSession session(argc, argv);
  const auto world = Communicator::world();
  if (argc < 2 || world.size() != std::stoi(argv[1])) {
    std::fprintf(stderr, "%d ranks\n", world.size());
    return 1;
  }
  // Additions, removals, gases of the furnace, tar that chars, pores; 27 cells, so that ranks get unequal numbers.
  const auto process = samples::process_of(
      "precursor = \"softwood\"\nash = { K = 0.01 }\nparticle = \"1 um\"\n"
      "[[step]]\ntreatment = \"citric_acid\"\nhold = \"1 h\"\n"
      "[[step]]\ntreatment = \"pre_oxidation\"\nhold = \"1 h\"\n"
      "[[step]]\ntreatment = \"hydrothermal\"\nhold = \"1 h\"\n"
      "[[step]]\ntreatment = \"co2_activation\"\nresidence = \"10 s\"\n" +
      samples::ramp_to(1200, "20 K/min"));
  auto settings = samples::options(3, 5);
  settings.temperature_width = 10;
  settings.intervals_least = 50;
  const auto alone = carbonize(process, settings, 1, {});
  const auto shared = carbonize(process, settings, 1, {}, world);
  const auto different = samples::difference(alone, shared);
  if (different.empty() && alone.events > 10000) return 0;
  std::fprintf(stderr, "rank %d of %d: %s differ\n", world.rank(), world.size(), different.c_str());
  return 1;
}
