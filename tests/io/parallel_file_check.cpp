// Run by several ranks: the file they write together equals, data set by data set and attribute by attribute, the file
// the root writes alone. usage: mpirun -n 2 parallel_file_check <folder>

#include <iostream>
#include <string>

#include "engine/base/communicator.hpp"
#include "tests/io/sample_structures.hpp"

namespace {

using namespace cardhouse;

constexpr std::int64_t n_frames = 7;

const std::vector<std::string> doubles{"/particles/trajectory/position/value",
                                       "/particles/trajectory/position/time",
                                       "/particles/trajectory/box/edges/value",
                                       "/particles/trajectory/mass",
                                       "/observables/voltage/value",
                                       "/cardhouse/stages/build/field",
                                       "/cardhouse/stages/build/structure/cell",
                                       "/cardhouse/stages/build/structure/positions",
                                       "/cardhouse/stages/ocv/curve/capacity",
                                       "/cardhouse/stages/ocv/curve/voltage"};
const std::vector<std::string> integers{"/particles/trajectory/position/step",
                                        "/particles/trajectory/id/value",
                                        "/particles/trajectory/species",
                                        "/observables/n_sodium/value",
                                        "/connectivity/bonds",
                                        "/cardhouse/stages/build/structure/elements",
                                        "/cardhouse/stages/build/structure/bonds"};
const std::vector<std::string> texts{"/cardhouse/run/deck", "/cardhouse/run/git_hash", "/cardhouse/stages/ocv/remark"};

/// Number of differences, each printed.
int differences(const Hdf5File& a, const Hdf5File& b) {
  int found = 0;
  const auto expect = [&](bool equal, const std::string& name) {
    if (equal) return;
    std::cout << name << " differs\n";
    ++found;
  };
  for (const auto& name : doubles) expect(a.read<double>(name) == b.read<double>(name), name);
  for (const auto& name : integers) expect(a.read<std::int64_t>(name) == b.read<std::int64_t>(name), name);
  for (const auto& name : texts) expect(a.read_text(name) == b.read_text(name), name);
  for (const auto* names : {&doubles, &integers})
    for (const auto& name : *names) {
      expect(a.shape(name) == b.shape(name), name + " (shape)");
      expect(a.label(name).unit == b.label(name).unit, name + "@unit");
      expect(a.label(name).meaning == b.label(name).meaning, name + "@meaning");
    }
  return found;
}

/// Together: write, leave the file as if killed during a flush, let it be repaired, go back to frame 4 and write on.
void write_together(const std::string& path, const Communicator& ranks) {
  write_sample_run(path, n_frames, ranks);
  RunFile::open(path, FileMode::ReadWrite, ranks).container().set_attribute("/cardhouse", "flushing", std::int64_t{1});
  RunFile run = RunFile::open(path, FileMode::ReadWrite, ranks);
  TrajectoryWriter writer = TrajectoryWriter::resume(run, 4);
  add_sample_frames(writer, small_host(200), 4, n_frames);
  if (ranks.is_root()) run.read_table("ocv/curve");  // a rank may read alone
}

}  // namespace

int main(int argc, char** argv) {
  const ParallelSession session(argc, argv);
  const Communicator world = Communicator::world();
  if (argc != 2 || world.size() < 2) {
    std::cerr << "usage: mpirun -n 2 parallel_file_check <folder>\n";
    return 1;
  }
  try {
    const std::string together = std::string(argv[1]) + "/together.h5", alone = std::string(argv[1]) + "/alone.h5";
    write_together(together, world);
    if (world.is_root()) write_sample_run(alone, n_frames);
    world.barrier();
    const auto a = Hdf5File::open(together, FileMode::Read, world);
    const int found = differences(a, Hdf5File::open(alone, FileMode::Read));
    const bool failed = world.any(found > 0);
    if (world.is_root()) std::cout << (failed ? "the files differ\n" : "the files are equal\n");
    return failed ? 1 : 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    world.abort(1);
  }
}
