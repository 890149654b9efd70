#include "engine/io/run_repair.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/base/errors.hpp"
#include "engine/io/run_file.hpp"
#include "engine/io/trajectory_layout.hpp"

namespace cardhouse {

namespace {

void copy_stages(const RunFile& from, RunFile& to) {
  for (const auto& stage : from.stages())
    if (from.stage_complete(stage)) to.container().copy(from.container(), "/cardhouse/stages/" + stage);
}

std::size_t intact_frames(const RunFile& run) {
  if (!run.has_trajectory()) return 0;
  std::size_t frames = run.flushed_frames();
  for (const auto& name : trajectory_layout::growing(run.container()))
    frames = std::min(frames, run.container().intact_rows(name));
  return frames;
}

void copy_trajectory(const Hdf5File& from, Hdf5File& to, std::size_t frames) {
  using namespace trajectory_layout;
  for (const auto& name : growing(from)) to.copy_rows(from, name, frames);
  for (const auto& name : {particles + "/species", particles + "/mass", bond_list}) to.copy(from, name);
  share_axes(to, edges);
  share_axes(to, id);
  for (const auto& name : from.list(all_observables)) share_axes(to, observable_group(name));
  describe_box(to);
  to.set_attribute(particles, "host_atoms", from.integer_attribute(particles, "host_atoms"));
  if (from.has_attribute(particles, "stage"))
    to.set_attribute(particles, "stage", from.text_attribute(particles, "stage"));
  to.set_reference(bond_list, "particles_group", particles);
}

void repair_alone(const std::string& path) {
  const std::string repaired = path + ".repair";
  Hdf5File::open(path, FileMode::ReadWrite).extend_to_file_size();
  {
    const RunFile torn = RunFile::open(path, FileMode::Read);
    RunFile whole = RunFile::create(repaired, torn.header());
    copy_stages(torn, whole);
    const std::size_t frames = intact_frames(torn);
    if (torn.has_trajectory()) copy_trajectory(torn.container(), whole.container(), frames);
    whole.flush(frames);
  }
  std::error_code error;
  std::filesystem::rename(repaired, path, error);
  if (error) throw InputError({path, 0, {}}, "cannot be replaced by its repaired copy (" + error.message() + ")");
}

}  // namespace

void repair_run_file(const std::string& path, const Communicator& ranks) {
  std::string failure;
  if (ranks.is_root()) {
    try {
      repair_alone(path);
    } catch (const InputError& error) {  // all ranks must hear of it, or they wait for ever
      failure = error.what();
    }
  }
  ranks.broadcast(failure);
  if (!failure.empty()) throw InputError(failure);
}

}  // namespace cardhouse
