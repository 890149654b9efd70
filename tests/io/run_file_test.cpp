#include "engine/io/run_file.hpp"

#include <gmock/gmock.h>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "tests/io/sample_structures.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

const DataLabel volts{"V", "voltage"};

TEST(RunFile, keeps_its_header) {
  const ScratchFolder folder;
  RunFile::create(folder.path("run.h5"), sample_header());
  const RunHeader header = RunFile::open(folder.path("run.h5"), FileMode::Read).header();
  EXPECT_EQ(header.deck_text, sample_header().deck_text);
  EXPECT_EQ(header.deck_name, "inputs/quick.toml");
  EXPECT_EQ(header.version, "0.1.0");
  EXPECT_EQ(header.git_hash, "abcdef");
  EXPECT_EQ(header.build, "gcc, Release");
  EXPECT_EQ(header.seed, 18446744073709551615u);
  EXPECT_EQ(header.ranks, 2);
  EXPECT_EQ(header.threads, 3);
  EXPECT_EQ(header.author, "A. Person");
}

TEST(RunFile, is_an_h5md_file_with_units) {
  const ScratchFolder folder;
  const RunFile run = RunFile::create(folder.path("run.h5"), sample_header());
  const Hdf5File& file = run.container();
  EXPECT_TRUE(file.has_attribute("/h5md", "version"));
  EXPECT_EQ(file.text_attribute("/h5md/creator", "name"), "Cardhouse");
  EXPECT_EQ(file.text_attribute("/h5md/creator", "version"), "0.1.0");
  EXPECT_EQ(file.text_attribute("/h5md/modules/units", "system"), "SI");
  EXPECT_EQ(file.read_text("/parameters/deck"), sample_header().deck_text);
}

TEST(RunFile, keeps_what_a_stage_wrote) {
  const ScratchFolder folder;
  {
    RunFile run = RunFile::create(folder.path("run.h5"), {});
    run.begin_stage("ocv");
    run.write_values("ocv/deep/voltage", std::vector<double>{1, 2, 3, 4}, volts, {2, 2});
    run.write_integers("ocv/sites", std::vector<std::int64_t>{5, 6}, {"1", "site numbers"});
    run.write_scalar("ocv/temperature", 300.0, {"K", "temperature"});
    run.write_text("ocv/remark", "fine", "verdict");
  }
  const RunFile run = RunFile::open(folder.path("run.h5"), FileMode::Read);
  EXPECT_THAT(run.read_values("ocv/deep/voltage"), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(run.shape("ocv/deep/voltage"), ElementsAre(2, 2));
  EXPECT_EQ(run.label("ocv/deep/voltage").unit, "V");
  EXPECT_THAT(run.read_integers("ocv/sites"), ElementsAre(5, 6));
  EXPECT_EQ(run.read_scalar("ocv/temperature"), 300.0);
  EXPECT_EQ(run.read_text("ocv/remark"), "fine");
  EXPECT_THAT(run.list("ocv"), ElementsAre("deep", "remark", "sites", "temperature"));
  EXPECT_TRUE(run.has("ocv/remark"));
  EXPECT_FALSE(run.has("ocv/other"));
}

TEST(RunFile, marks_a_stage_complete_only_when_told) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  EXPECT_FALSE(run.stage_complete("build"));
  run.begin_stage("build");
  EXPECT_FALSE(run.stage_complete("build"));
  run.complete_stage("build");
  EXPECT_TRUE(run.stage_complete("build"));
}

TEST(RunFile, forgets_a_half_written_stage_when_it_begins_again) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  run.begin_stage("build");
  run.write_scalar("build/old", 1.0, volts);
  run.begin_stage("build");
  EXPECT_FALSE(run.has("build/old"));
}

TEST(RunFile, removes_a_stage_and_all_in_it) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  run.begin_stage("build");
  run.write_scalar("build/x", 1.0, volts);
  run.remove_stage("build");
  run.remove_stage("never begun");
  EXPECT_TRUE(run.stages().empty());
  EXPECT_FALSE(run.has("build/x"));
}

TEST(RunFile, lists_stages_in_the_order_they_were_begun) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  for (const char* stage : {"carbonize", "build", "anneal"}) run.begin_stage(stage);
  EXPECT_THAT(run.stages(), ElementsAre("carbonize", "build", "anneal"));
  run.begin_stage("build");
  EXPECT_THAT(run.stages(), ElementsAre("carbonize", "anneal", "build"));
}

TEST(RunFile, says_whether_the_run_came_to_its_end) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  EXPECT_FALSE(run.complete());
  run.set_complete(true);
  EXPECT_TRUE(run.complete());
  run.set_complete(false);
  EXPECT_FALSE(run.complete());
}

TEST(RunFile, keeps_tables_with_the_order_and_units_of_their_columns) {
  const ScratchFolder folder;
  const Table table{{{"zeta", "V", "last letter first", {1, 2}}, {"alpha", "mA h g-1", "first letter last", {3, 4}}}};
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  run.begin_stage("describe");
  run.write_table("describe/diffraction", {{{"old", "1", "", {0}}}});
  run.write_table("describe/diffraction", table);
  const Table read = run.read_table("describe/diffraction");
  ASSERT_EQ(read.columns.size(), 2u);
  EXPECT_EQ(read.columns[0].name, "zeta");
  EXPECT_EQ(read.columns[0].values, table.columns[0].values);
  EXPECT_EQ(read.columns[1].name, "alpha");
  EXPECT_EQ(read.columns[1].unit, "mA h g-1");
  EXPECT_EQ(read.columns[1].meaning, "first letter last");
}

TEST(RunFile, keeps_a_structure_to_the_last_bit) {
  const ScratchFolder folder;
  const CarbonStructure host = small_host(300);
  {
    RunFile run = RunFile::create(folder.path("run.h5"), {});
    run.begin_stage("build");
    run.write_structure("build/structure", host);
  }
  const CarbonStructure read = RunFile::open(folder.path("run.h5"), FileMode::Read).read_structure("build/structure");
  EXPECT_EQ(read.atoms.cell.vectors(), host.atoms.cell.vectors());
  EXPECT_EQ(read.atoms.positions, host.atoms.positions);
  EXPECT_EQ(read.atoms.elements, host.atoms.elements);
  EXPECT_EQ(read.bonds.bonds(), host.bonds.bonds());
}

TEST(RunFile, refuses_a_structure_whose_bonds_name_atoms_that_do_not_exist) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  run.begin_stage("build");
  run.write_structure("build/structure", small_host());
  run.write_integers("build/structure/bonds", std::vector<std::int64_t>{0, 99}, {"1", ""}, {1, 2});
  EXPECT_THAT([&] { run.read_structure("build/structure"); },
              ThrowsMessage<InputError>(HasSubstr("/build/structure/bonds: bond 0 joins atoms that do not exist")));
}

TEST(RunFile, refuses_files_that_are_not_its_own) {
  const ScratchFolder folder;
  const std::string path = folder.path("other.h5");
  Hdf5File::create(path);
  EXPECT_THAT([&] { RunFile::open(path, FileMode::Read); },
              ThrowsMessage<InputError>(HasSubstr(path + ": /cardhouse: is not the file of a Cardhouse run")));
}

TEST(RunFile, refuses_files_of_a_newer_format) {
  const ScratchFolder folder;
  const std::string path = folder.path("run.h5");
  RunFile::create(path, {}).container().set_attribute("/cardhouse", "format_version", RunFile::format_version + 1);
  EXPECT_THAT([&] { RunFile::open(path, FileMode::Read); },
              ThrowsMessage<InputError>(HasSubstr("format version 2 (this program reads up to 1), use a newer")));
}

TEST(RunFile, insists_that_a_stage_is_begun_before_it_is_written_to) {
  const ScratchFolder folder;
  RunFile run = RunFile::create(folder.path("run.h5"), {});
  EXPECT_THROW(run.write_scalar("ocv/x", 1.0, volts), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
