#include "engine/app/stages/acceptance.hpp"

#include <gtest/gtest.h>

#include "analysis/pores.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

CarbonTargets targets() {
  CarbonTargets wanted;
  wanted.anneal_steps = 40;
  wanted.hydrogen_per_carbon = 0.04;
  wanted.closed_pore_volume = 0.1;
  return wanted;
}

// As built, in place of relaxed.
FedBackCarbon measured() {
  BuiltCarbon built = build_carbon(targets(), {.atoms = 2000}, 1, {});
  CarbonStructure structure = built.structure;
  return {std::move(built), std::move(structure), {{1.04, {3.8, 0.03}}}, 0, true};
}

const Acceptance& named(const std::vector<Acceptance>& judged, const std::string& name) {
  for (const Acceptance& one : judged)
    if (one.name == name) return one;
  throw std::out_of_range(name);
}

TEST(Acceptance, holds_within_its_tolerance) {
  const Acceptance met{"x", "1", 3.75, {3.779, 0.05}, 0.03}, missed{"x", "1", 3.75, {3.719, 0.05}, 0.03};
  EXPECT_TRUE(met.met());
  EXPECT_FALSE(missed.met());
}

TEST(Judge, compares_four_quantities_of_the_relaxed_carbon) {
  const FedBackCarbon result = measured();
  const std::vector<Acceptance> judged = judge(targets(), result);
  ASSERT_EQ(judged.size(), 4u);
  EXPECT_EQ(named(judged, "interlayer_spacing").target, targets().interlayer_spacing);
  EXPECT_GT(named(judged, "stack_height").obtained.value, 4);
  EXPECT_EQ(named(judged, "closed_pore_volume").obtained.value,
            analyse_pores(result.relaxed->atoms, {.grids = 1}).closed_volume.value);
  EXPECT_DOUBLE_EQ(named(judged, "closed_pore_volume").tolerance, 0.15 * 0.1);
  EXPECT_TRUE(named(judged, "hydrogen_per_carbon").met());
}

TEST(Judge, knows_the_composition_alone_when_nothing_was_relaxed) {
  FedBackCarbon result = measured();
  result.relaxed.reset();
  const std::vector<Acceptance> judged = judge(targets(), result);
  ASSERT_EQ(judged.size(), 1u);
  EXPECT_EQ(judged.front().name, "hydrogen_per_carbon");
}

TEST(WriteAcceptance, stores_target_obtained_and_verdict_with_units) {
  const ScratchFolder folder;
  RunFile file = RunFile::create(folder.path("run.h5"), RunHeader{});
  file.begin_stage("build");
  const std::vector<Acceptance> judged{{"stack_height", "angstrom", 13.5, {10.2, 0.8}, 1.5}};
  write_acceptance(file, "build/acceptance", judged);
  const Table table = file.read_table("build/acceptance/stack_height");
  EXPECT_EQ(table.column("target").values, std::vector<double>{13.5});
  EXPECT_EQ(table.column("obtained").values, std::vector<double>{10.2});
  EXPECT_EQ(table.column("met").values, std::vector<double>{0});
  EXPECT_EQ(table.column("tolerance").unit, "angstrom");
  const std::vector<SummaryRow> rows = acceptance_rows(judged);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_NEAR(rows[0].value.value, 1.02, 1e-12);
  EXPECT_EQ(rows[0].remark, "1.350 wanted, not met within 0.150");
}

}  // namespace
}  // namespace cardhouse
