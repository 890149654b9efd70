#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/io/run_file.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// A number that belongs to every frame, like a voltage: name without '/', unit as H5MD spells it, one phrase.
struct Observable {
  std::string name;
  std::string unit;
  std::string meaning;
};

/// What a frame is besides its atoms. `ids` name the atoms in their order: an id stays with its atom for the whole
/// trajectory, is not negative and occurs once a frame. The host's ids are 0, 1, ... and never change.
struct FrameTag {
  double time = 0;        ///< [s], must not decrease
  std::int64_t step = 0;  ///< must not decrease
  std::vector<std::int64_t> ids;
  std::map<std::string, double> observables;  ///< one value for every declared observable
};

/// Writes the H5MD particle group of a run: a fixed host (carbon and what is bonded to it) in the first slots, then a
/// fixed number of slots for mobile sodium. Sodium keeps its slot as long as it is there; an empty slot has id -1 and
/// position 0. Every frame is flushed. `/observables/n_sodium` counts the filled slots.
class TrajectoryWriter {
 public:
  static constexpr std::int64_t empty_id = -1;

  /// Starts the run's trajectory anew; it belongs to the stage begun last and is forgotten with it. EXPECTS a host that
  /// is not empty and at least as large as its bond graph.
  TrajectoryWriter(RunFile& run, const CarbonStructure& host, std::size_t sodium_slots,
                   const std::vector<Observable>& observables = {});
  /// Continues the run's trajectory behind its first `frames` frames and drops the others.
  /// Throws InputError when there are fewer.
  static TrajectoryWriter resume(RunFile& run, std::size_t frames);

  /// EXPECTS the host's elements first, then sodium only, no more of it than slots, and a complete tag.
  void add_frame(const Atoms& atoms, const FrameTag& tag);
  std::size_t frames() const { return frames_; }

 private:
  explicit TrajectoryWriter(RunFile& run) : run_(&run) {}
  bool accepts(const Atoms& atoms, const FrameTag& tag) const;

  RunFile* run_;  ///< must outlive the writer
  std::vector<Element> host_;
  std::vector<std::string> observables_;
  std::vector<std::int64_t> slots_;  ///< id in every sodium slot at the last frame
  double time_ = 0;
  std::int64_t step_ = 0;
  std::size_t frames_ = 0;
};

/// The slot of every id: an id found in `slots` stays, new ones take the lowest empty slots in their order.
/// EXPECTS that the ids fit.
std::vector<std::size_t> place_in_slots(std::span<const std::int64_t> slots, std::span<const std::int64_t> ids);

/// One frame as it was written: empty slots left out, host first, then sodium by slot.
struct TrajectoryFrame {
  Atoms atoms;
  FrameTag tag;
};

/// Number of frames that are complete in every data set; 0 without a trajectory.
std::size_t frame_count(const RunFile& run);
/// Throws InputError when there is no such frame.
TrajectoryFrame read_frame(const RunFile& run, std::size_t frame);

}  // namespace cardhouse
