#include "engine/io/trajectory.hpp"

#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/stream.hpp"
#include "tests/io/sample_structures.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

void expect_sample_frame(const RunFile& run, const CarbonStructure& host, std::int64_t k) {
  const TrajectoryFrame frame = read_frame(run, static_cast<std::size_t>(k));
  const FrameTag tag = tag_of(host, sample_sodium(k), k);
  EXPECT_EQ(frame.tag.time, tag.time);
  EXPECT_EQ(frame.tag.step, tag.step);
  EXPECT_EQ(frame.tag.observables, tag.observables);
  EXPECT_EQ(frame.atoms.cell.vectors(), host.atoms.cell.vectors());
  const Atoms written = sodiated(host, sample_sodium(k));
  ASSERT_EQ(frame.atoms.size(), written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto at = std::find(frame.tag.ids.begin(), frame.tag.ids.end(), tag.ids[i]) - frame.tag.ids.begin();
    EXPECT_EQ(frame.atoms.positions[static_cast<std::size_t>(at)], written.positions[i]);
    EXPECT_EQ(frame.atoms.elements[static_cast<std::size_t>(at)], written.elements[i]);
  }
}

TEST(Trajectory, gives_back_the_frames_it_was_given) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host(200);
  {
    RunFile run = RunFile::create(folder.path("run.h5"), {});
    TrajectoryWriter writer(run, host, 6, sample_observables());
    add_sample_frames(writer, host, 0, 9);
    EXPECT_EQ(writer.frames(), 9u);
  }
  const RunFile run = RunFile::open(folder.path("run.h5"), FileMode::Read);
  ASSERT_EQ(frame_count(run), 9u);
  for (std::int64_t k = 0; k < 9; ++k) expect_sample_frame(run, host, k);
}

TEST(Trajectory, marks_empty_slots_and_puts_them_at_the_origin) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host();
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  TrajectoryWriter writer(run, host, 3, sample_observables());
  writer.add_frame(sodiated(host, {4}), tag_of(host, {4}, 0));
  EXPECT_THAT(run.container().read_row<std::int64_t>("/particles/trajectory/id/value", 0),
              ElementsAre(0, 1, 2, 3, 4, 5, 10, -1, -1));
  const auto positions = run.container().read_row<double>("/particles/trajectory/position/value", 0);
  EXPECT_THAT(std::vector<double>(positions.end() - 6, positions.end()), ElementsAre(0, 0, 0, 0, 0, 0));
  EXPECT_THAT(run.container().read<std::int64_t>("/observables/n_sodium/value"), ElementsAre(1));
}

TEST(Trajectory, leaves_sodium_in_its_slot_while_others_come_and_go) {
  const std::vector<std::int64_t> slots{7, -1, 8, 9, -1};
  EXPECT_THAT(place_in_slots(slots, std::vector<std::int64_t>{20, 9, 8, 21}), ElementsAre(0, 3, 2, 1));
  EXPECT_THAT(place_in_slots(slots, std::vector<std::int64_t>{}), ElementsAre());
  EXPECT_THAT(place_in_slots(slots, std::vector<std::int64_t>{1, 2, 3, 4, 9}), ElementsAre(0, 1, 2, 4, 3));
  EXPECT_THROW(place_in_slots(slots, std::vector<std::int64_t>(6, 0)), ContractViolation);
}

TEST(Trajectory, shares_one_time_axis_between_all_elements) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host();
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  TrajectoryWriter writer(run, host, 6, sample_observables());
  add_sample_frames(writer, host, 0, 4);
  const Hdf5File& file = run.container();
  const auto times = file.read<double>("/particles/trajectory/position/time");
  ASSERT_EQ(times.size(), 4u);
  for (const char* element :
       {"/particles/trajectory/box/edges", "/particles/trajectory/id", "/observables/voltage", "/observables/n_sodium"})
    EXPECT_EQ(file.read<double>(std::string(element) + "/time"), times) << element;
}

TEST(Trajectory, stores_species_masses_and_bonds_once) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host(2);
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  TrajectoryWriter writer(run, host, 1, {});
  const Hdf5File& file = run.container();
  EXPECT_THAT(file.read<std::int32_t>("/particles/trajectory/species"), ElementsAre(6, 6, 1, 11));
  EXPECT_THAT(file.read<double>("/particles/trajectory/mass"),
              ElementsAre(standard_mass(Element::C), standard_mass(Element::C), standard_mass(Element::H),
                          standard_mass(Element::Na)));
  EXPECT_THAT(file.read<std::int64_t>("/connectivity/bonds"), ElementsAre(0, 1, 0, 2));
  EXPECT_TRUE(file.has_attribute("/connectivity/bonds", "particles_group"));
}

TEST(Trajectory, continues_as_if_it_had_never_stopped) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host(200);
  RunFile whole = RunFile::create(folder.path("whole.h5"), {});
  TrajectoryWriter writer(whole, host, 6, sample_observables());
  add_sample_frames(writer, host, 0, 12);
  {
    RunFile run = RunFile::create(folder.path("parts.h5"), {});
    TrajectoryWriter first(run, host, 6, sample_observables());
    add_sample_frames(first, host, 0, 8);
  }
  RunFile run = RunFile::open(folder.path("parts.h5"), FileMode::ReadWrite);
  TrajectoryWriter second = TrajectoryWriter::resume(run, 5);
  add_sample_frames(second, host, 5, 12);
  for (const char* name : {"/particles/trajectory/position/value", "/particles/trajectory/position/time",
                           "/particles/trajectory/box/edges/value", "/observables/voltage/value"})
    EXPECT_EQ(run.container().read<double>(name), whole.container().read<double>(name)) << name;
  for (const char* name :
       {"/particles/trajectory/id/value", "/particles/trajectory/id/step", "/observables/n_sodium/value"})
    EXPECT_EQ(run.container().read<std::int64_t>(name), whole.container().read<std::int64_t>(name)) << name;
}

TEST(Trajectory, can_be_taken_back_to_its_beginning) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host();
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  TrajectoryWriter writer(run, host, 6, sample_observables());
  add_sample_frames(writer, host, 3, 5);
  TrajectoryWriter again = TrajectoryWriter::resume(run, 0);
  add_sample_frames(again, host, 0, 1);
  EXPECT_EQ(frame_count(run), 1u);
  EXPECT_EQ(read_frame(run, 0).tag.step, 0);
}

TEST(Trajectory, refuses_to_continue_behind_its_end) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  EXPECT_EQ(frame_count(run), 0u);
  EXPECT_THAT([&] { TrajectoryWriter::resume(run, 3); },
              ThrowsMessage<InputError>(HasSubstr("has 0 of 3 frames to continue from")));
  EXPECT_THAT([&] { read_frame(run, 2); }, ThrowsMessage<InputError>(HasSubstr("has no frame 2 (it has 0)")));
}

TEST(Trajectory, insists_on_a_fixed_host_known_ids_and_growing_time) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host();
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  TrajectoryWriter writer(run, host, 2, sample_observables());
  const auto add = [&](const std::vector<std::int64_t>& sodium, std::int64_t step, auto spoil) {
    FrameTag tag = tag_of(host, sodium, step);
    spoil(tag);
    writer.add_frame(sodiated(host, sodium), tag);
  };
  add({0}, 5, [](FrameTag&) {});
  EXPECT_THROW(add({0, 1, 2}, 6, [](FrameTag&) {}), ContractViolation) << "more sodium than slots";
  EXPECT_THROW(add({0, 0}, 6, [](FrameTag&) {}), ContractViolation) << "one id twice";
  EXPECT_THROW(add({0}, 4, [](FrameTag&) {}), ContractViolation) << "step back";
  EXPECT_THROW(add({0}, 6, [](FrameTag& tag) { tag.observables.clear(); }), ContractViolation);
  EXPECT_THROW(add({0}, 6, [](FrameTag& tag) { std::swap(tag.ids[0], tag.ids[1]); }), ContractViolation);
  EXPECT_EQ(frame_count(run), 1u);
}

/// Runs `work` in a child that is killed by signal 9 when `work` returns, or after `delay` at the latest.
void run_and_kill(const std::function<void()>& work, std::chrono::microseconds delay) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    work();
    std::raise(SIGKILL);
  }
  if (delay.count() > 0) {
    std::this_thread::sleep_for(delay);
    ::kill(child, SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

TEST(Trajectory, survives_a_killed_process_with_every_frame) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host(200);
  const std::string path = folder.path("run.h5");
  run_and_kill(
      [&] {
        RunFile run = RunFile::create(path, {});
        run.begin_stage("ocv");
        run.write_scalar("ocv/temperature", 300.0, {"K", "temperature"});
        TrajectoryWriter writer(run, host, 6, sample_observables());
        add_sample_frames(writer, host, 0, 40);
        run.write_values("ocv/lost", std::vector<double>(100000, 1.0), {"1", "never flushed"});
      },
      {});
  RunFile run = RunFile::open(path, FileMode::ReadWrite);
  ASSERT_EQ(frame_count(run), 40u);
  for (std::int64_t k = 0; k < 40; ++k) expect_sample_frame(run, host, k);
  EXPECT_EQ(run.read_scalar("ocv/temperature"), 300.0);
  EXPECT_FALSE(run.stage_complete("ocv"));
  TrajectoryWriter writer = TrajectoryWriter::resume(run, 40);
  add_sample_frames(writer, host, 40, 41);
  expect_sample_frame(run, host, 40);
}

/// A writer killed while flushing cannot be timed, so its mark is set by hand, over a frame that is there in parts.
TEST(Trajectory, repairs_a_file_whose_writer_was_killed_during_a_flush) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host(200);
  const std::string path = folder.path("run.h5");
  write_sample_run(path, 8);
  {
    RunFile torn = RunFile::open(path, FileMode::ReadWrite);
    torn.begin_stage("transport");
    Hdf5File& file = torn.container();
    file.append_row<double>("/particles/trajectory/position/time", std::vector<double>{1e3});
    file.append_row<std::int64_t>("/particles/trajectory/position/step", std::vector<std::int64_t>{999});
    file.set_attribute("/cardhouse", "flushing", std::int64_t{1});
  }
  EXPECT_EQ(frame_count(RunFile::open(path, FileMode::Read)), 8u);
  RunFile run = RunFile::open(path, FileMode::ReadWrite);
  EXPECT_EQ(run.container().rows("/particles/trajectory/position/time"), 8u);
  EXPECT_THAT(run.stages(), ElementsAre("build", "ocv"));
  EXPECT_EQ(run.header().deck_text, sample_header().deck_text);
  EXPECT_EQ(run.read_structure("build/structure").atoms.positions, host.atoms.positions);
  EXPECT_THAT(run.read_table("ocv/curve").column("voltage").values, ElementsAre(1.0, 0.1, 0.01));
  TrajectoryWriter writer = TrajectoryWriter::resume(run, 8);
  add_sample_frames(writer, host, 8, 11);
  for (std::int64_t k = 0; k < 11; ++k) expect_sample_frame(run, host, k);
  EXPECT_EQ(folder.files(), 1u);
}

TEST(Trajectory, is_forgotten_with_the_stage_it_belongs_to) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  run.begin_stage("ocv");
  run.begin_stage("transport");
  const CarbonStructure host = small_host(20);
  TrajectoryWriter writer(run, host, 6, sample_observables());
  add_sample_frames(writer, host, 0, 3);
  run.remove_stage("ocv");
  EXPECT_EQ(frame_count(run), 3u);
  run.remove_stage("transport");
  EXPECT_FALSE(run.has_trajectory());
  EXPECT_EQ(frame_count(run), 0u);
  EXPECT_EQ(run.flushed_frames(), 0u);
}

/// Sixty frames: the chunk index is one node, which is never split (FORMAT.md, the remaining gap).
TEST(Trajectory, loses_no_frame_to_a_kill_at_any_moment) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host(200);
  const std::string path = folder.path("run.h5");
  auto* const written = static_cast<std::atomic<std::int64_t>*>(
      ::mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(written, MAP_FAILED);
  Stream stream(20, Purpose::Test);
  for (int trial = 0; trial < 30; ++trial) {
    *written = 0;
    const auto write_until_killed = [&] {
      RunFile run = RunFile::create(path, {});
      TrajectoryWriter writer(run, host, 6, sample_observables());
      for (std::int64_t k = 0; k < 60; ++k) {
        add_sample_frames(writer, host, k, k + 1);
        *written = k + 1;
      }
      ::pause();
    };
    run_and_kill(write_until_killed, std::chrono::microseconds(10000 + stream.below(20000)));
    if (*written == 0) continue;
    RunFile run = RunFile::open(path, FileMode::ReadWrite);
    const auto frames = static_cast<std::int64_t>(frame_count(run));
    ASSERT_GE(frames, *written);
    for (std::int64_t k = 0; k < frames; ++k) expect_sample_frame(run, host, k);
  }
  ::munmap(written, sizeof(std::int64_t));
}

}  // namespace
}  // namespace cardhouse
