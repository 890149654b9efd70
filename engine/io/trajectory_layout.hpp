#pragma once
// Private to this room: where the trajectory stands in a run file (H5MD 1.1).

#include <string>
#include <vector>

#include "engine/io/hdf5_file.hpp"

namespace cardhouse::trajectory_layout {

inline const std::string particles = "/particles/trajectory";
inline const std::string box = particles + "/box";
inline const std::string edges = box + "/edges";
inline const std::string position = particles + "/position";
inline const std::string id = particles + "/id";
inline const std::string time_axis = position + "/time";
inline const std::string step_axis = position + "/step";
inline const std::string all_observables = "/observables";
inline const std::string bond_list = "/connectivity/bonds";
inline const std::string sodium_count = "n_sodium";

inline std::string observable_group(const std::string& name) {
  return all_observables + "/" + name;
}

/// Step and time are one pair of data sets under many names, as H5MD asks.
inline void share_axes(Hdf5File& file, const std::string& element) {
  file.link(step_axis, element + "/step");
  file.link(time_axis, element + "/time");
}

inline void describe_box(Hdf5File& file) {
  file.set_attribute(box, "dimension", std::int64_t{3});
  file.set_attribute(box, "boundary", std::vector<std::string>(3, "periodic"));
}

/// Nothing when there is no trajectory.
inline void remove_trajectory(Hdf5File& file) {
  for (const auto& group : {particles, all_observables, bond_list})
    if (file.exists(group)) file.remove(group);
}

/// Every data set that grows by one row a frame, each once.
inline std::vector<std::string> growing(const Hdf5File& file) {
  std::vector<std::string> names{position + "/value", step_axis, time_axis, edges + "/value", id + "/value"};
  for (const auto& name : file.list(all_observables)) names.push_back(observable_group(name) + "/value");
  return names;
}

}  // namespace cardhouse::trajectory_layout
