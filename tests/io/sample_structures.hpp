#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/io/trajectory.hpp"

namespace cardhouse {

/// A zigzag chain of carbon with one hydrogen at its end, in a triclinic cell.
inline CarbonStructure small_host(std::size_t n_carbon = 5) {
  Atoms atoms{Cell({12.5, 0, 0}, {1.25, 11, 0}, {-0.5, 2, 9.75}), {}, {}};
  std::vector<Bond> bonds;
  for (std::uint32_t i = 0; i < n_carbon; ++i) {
    atoms.add(Element::C, {1.23 * i, i % 2 == 0 ? 0.0 : 0.71, 0.1 * i});
    if (i > 0) bonds.push_back({i - 1, i});
  }
  atoms.add(Element::H, {-0.5, -0.9, 0});
  bonds.push_back({0, static_cast<std::uint32_t>(n_carbon)});
  return {atoms, BondGraph(atoms.size(), bonds)};
}

/// The host with sodium of the given identities (counted from the end of the host), each at a place of its own.
inline Atoms sodiated(const CarbonStructure& host, const std::vector<std::int64_t>& sodium) {
  Atoms atoms = host.atoms;
  for (const auto id : sodium)
    atoms.add(Element::Na, {0.5 * static_cast<double>(id), 3.0, 1.0 / (1.0 + static_cast<double>(id))});
  return atoms;
}

inline FrameTag tag_of(const CarbonStructure& host, const std::vector<std::int64_t>& sodium, std::int64_t step) {
  FrameTag tag{
      1e-9 * static_cast<double>(step * step), step, {}, {{"voltage", 1.0 / (1.0 + static_cast<double>(step))}}};
  const auto n_host = static_cast<std::int64_t>(host.atoms.size());
  for (std::int64_t i = 0; i < n_host; ++i) tag.ids.push_back(i);
  for (const auto id : sodium) tag.ids.push_back(n_host + id);
  return tag;
}

inline const std::vector<Observable>& sample_observables() {
  static const std::vector<Observable> observables{{"voltage", "V", "electrode voltage against sodium"}};
  return observables;
}

/// Sodium present in frame k of the sample trajectory: comes and goes.
inline std::vector<std::int64_t> sample_sodium(std::int64_t frame) {
  static const std::vector<std::vector<std::int64_t>> cycle{{}, {0}, {0, 1, 2}, {2}, {3, 2}, {2, 3, 4, 5}};
  return cycle[static_cast<std::size_t>(frame) % cycle.size()];
}

inline RunHeader sample_header() {
  return {"seed = 7\n# \xC3\xA5ngstr\xC3\xB6m\n",
          "inputs/quick.toml",
          "0.1.0",
          "abcdef",
          "gcc, Release",
          18446744073709551615u,
          2,
          3,
          "A. Person"};
}

/// Frames [first, last) of the sample trajectory.
inline void add_sample_frames(TrajectoryWriter& writer, const CarbonStructure& host, std::int64_t first,
                              std::int64_t last) {
  for (std::int64_t k = first; k < last; ++k)
    writer.add_frame(sodiated(host, sample_sodium(k)), tag_of(host, sample_sodium(k), k));
}

/// A whole run with `frames` frames, a structure, a table, arrays large enough to be deflated, and texts.
inline void write_sample_run(const std::string& path, std::int64_t frames, const Communicator& ranks = {}) {
  RunFile run = RunFile::create(path, sample_header(), ranks);
  const CarbonStructure host = small_host(200);
  run.begin_stage("build");
  run.write_structure("build/structure", host);
  std::vector<double> field(20 * 30 * 40);
  for (std::size_t i = 0; i < field.size(); ++i) field[i] = static_cast<double>(i % 97) / 7;
  run.write_values("build/field", field, {"1", "order parameter"}, {20, 30, 40});
  run.complete_stage("build");
  run.begin_stage("ocv");
  run.write_table("ocv/curve", {{{"capacity", "mA h g-1", "charge per mass of carbon", {0, 150, 300}},
                                 {"voltage", "V", "against sodium", {1.0, 0.1, 0.01}}}});
  run.write_text("ocv/remark", "converged", "verdict");
  TrajectoryWriter writer(run, host, 6, sample_observables());
  add_sample_frames(writer, host, 0, frames);
  run.complete_stage("ocv");
  run.set_complete(true);
}

}  // namespace cardhouse
