// Writes the sample run and its last frames as extended XYZ, for readers that nobody here wrote.
// usage: write_sample <run.h5> <frames.xyz> <frames>

#include <cstdlib>
#include <iostream>

#include "engine/io/structure_files.hpp"
#include "tests/io/sample_structures.hpp"

int main(int argc, char** argv) {
  using namespace cardhouse;
  if (argc != 4) {
    std::cerr << "usage: write_sample <run.h5> <frames.xyz> <frames>\n";
    return 1;
  }
  write_sample_run(argv[1], std::atol(argv[3]));
  const RunFile run = RunFile::open(argv[1], FileMode::Read);
  std::vector<StructureFrame> frames;
  for (std::size_t k = 0; k < frame_count(run); ++k) {
    const TrajectoryFrame frame = read_frame(run, k);
    frames.push_back({frame.atoms, frame.tag.ids, {{"step", std::to_string(frame.tag.step)}}});
  }
  write_extended_xyz(argv[2], frames);
}
