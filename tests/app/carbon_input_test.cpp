#include "engine/app/carbon_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/errors.hpp"
#include "engine/io/run_file.hpp"
#include "engine/io/structure_files.hpp"
#include "tests/app/graphite_sample.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

std::string complaint_about(const std::string& path, const CarbonInputOptions& options = {}) {
  try {
    read_carbon(path, options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no complaint";
}

// Stages `build` (one bond only, so that it can be told from others) and an incomplete `relax`.
void write_run(const std::string& path, const Atoms& atoms) {
  RunFile run = RunFile::create(path, {});
  run.begin_stage("build");
  run.write_structure("build/structure", {atoms, BondGraph(atoms.size(), {{0, 1}})});
  run.complete_stage("build");
  run.begin_stage("relax");
  run.write_structure("relax/structure", {atoms, BondGraph(atoms.size(), {})});
}

TEST(CarbonInput, the_default_reach_gives_the_bonds_of_every_other_carbon_from_a_file) {
  const Atoms atoms = samples::graphite();
  EXPECT_EQ(bonds_by_distance(atoms, 1.752).bonds(), BondGraph::from_distances(atoms).bonds());
  EXPECT_EQ(bonds_by_distance(atoms, 1.752).bonds().size(), 3 * atoms.size() / 2);
}

TEST(CarbonInput, bonds_end_where_they_are_told_to) {
  const Atoms two{Cell::cubic(20), {{1, 1, 1}, {2.8, 1, 1}, {2.8, 2.4, 1}}, {Element::C, Element::C, Element::O}};
  EXPECT_EQ(bonds_by_distance(two, 1.79).bonds(), (std::vector<Bond>{{1, 2}}));
  EXPECT_EQ(bonds_by_distance(two, 1.81).bonds(), (std::vector<Bond>{{0, 1}, {1, 2}}));
  // C-O in proportion: 1.4 angstrom of 0.73 + 0.66 is 1.4705 of 0.73 + 0.73
  EXPECT_TRUE(bonds_by_distance(two, 1.47).bonds().empty());
  EXPECT_EQ(bonds_by_distance(two, 1.471).bonds().size(), 1u);
}

TEST(CarbonInput, takes_a_run_with_its_own_bonds_from_the_last_complete_stage) {
  const ScratchFolder scratch;
  write_run(scratch.path("run.h5"), samples::graphite());
  EXPECT_EQ(read_carbon(scratch.path("run.h5")).carbon.bonds.bonds().size(), 1u);
  EXPECT_EQ(read_carbon(scratch.path("run.h5"), {"build", {}}).bonds_from, "as stored in the run");
  EXPECT_THAT(complaint_about(scratch.path("run.h5"), {"relax", {}}), HasSubstr("no structure of a stage 'relax'"));
  const CarbonInput anew = read_carbon(scratch.path("run.h5"), {{}, 1.6});
  EXPECT_EQ(anew.carbon.bonds.bonds().size(), 3 * anew.carbon.atoms.size() / 2);
}

TEST(CarbonInput, refuses_what_cannot_be_described) {
  const ScratchFolder scratch;
  Atoms atoms = samples::graphite();
  atoms.add(Element::C, atoms.positions[3] + Vector3{0, 0, 0.5});
  write_extended_xyz(scratch.path("overlap.xyz"), {as_frame(atoms)});
  EXPECT_THAT(complaint_about(scratch.path("overlap.xyz")), HasSubstr("are 0.5 angstrom apart"));
  write_run(scratch.path("crumpled.h5"), atoms);
  EXPECT_EQ(complaint_about(scratch.path("crumpled.h5")), "no complaint");
  atoms.positions.back() = atoms.positions[3];
  write_run(scratch.path("overlap.h5"), atoms);
  EXPECT_THAT(complaint_about(scratch.path("overlap.h5")), HasSubstr("are 0 angstrom apart"));
  write_extended_xyz(scratch.path("salt.xyz"),
                     {as_frame({Cell::cubic(20), {{1, 1, 1}, {4, 1, 1}}, {Element::Na, Element::Cl}})});
  EXPECT_THAT(complaint_about(scratch.path("salt.xyz")), HasSubstr("holds no carbon"));
  write_extended_xyz(scratch.path("small.xyz"), {as_frame({Cell::orthorhombic(20, 20, 6), {{1, 1, 1}}, {Element::C}})});
  EXPECT_THAT(complaint_about(scratch.path("small.xyz")), HasSubstr("the cell is 6 angstrom wide"));
  EXPECT_THAT(complaint_about(scratch.with_text("bare.xyz", "1\n\nC 0 0 0\n")), HasSubstr("no cell"));
  EXPECT_THAT(complaint_about(scratch.path("bare.xyz"), {"relax", {}}), HasSubstr("has no stages"));
  EXPECT_THAT(complaint_about(scratch.with_text("carbon.pdb", "")), HasSubstr("unknown kind of structure file '.pdb'"));
}

}  // namespace
}  // namespace cardhouse
