#include "engine/io/run_repair.hpp"

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

void copy_trajectory(const RunFile& from_run, RunFile& to_run) {
  using namespace trajectory_layout;
  const Hdf5File& from = from_run.container();
  Hdf5File& to = to_run.container();
  for (const auto& name : growing(from)) to.copy_rows(from, name, from_run.flushed_frames());
  for (const auto& name : {particles + "/species", particles + "/mass", bond_list}) to.copy(from, name);
  share_axes(to, edges);
  share_axes(to, id);
  for (const auto& name : from.list(all_observables)) share_axes(to, observable_group(name));
  describe_box(to);
  to.set_attribute(particles, "host_atoms", from.integer_attribute(particles, "host_atoms"));
  to.set_reference(bond_list, "particles_group", particles);
}

}  // namespace

void repair_run_file(RunFile torn, const Communicator& ranks) {
  const std::string path = torn.path(), repaired = path + ".repair";
  torn.container().extend_to_file_size();
  {
    RunFile to = RunFile::create(repaired, torn.header(), ranks);
    copy_stages(torn, to);
    if (torn.has_trajectory()) copy_trajectory(torn, to);
    to.flush(torn.has_trajectory() ? torn.flushed_frames() : 0);
  }
  ranks.barrier();
  std::error_code error;
  if (ranks.is_root()) std::filesystem::rename(repaired, path, error);
  if (ranks.any(static_cast<bool>(error))) throw InputError({path, 0, {}}, "cannot be replaced by its repaired copy");
}

}  // namespace cardhouse
