#include "engine/app/run_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/estimate.hpp"
#include "engine/app/stage.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

std::string message_of(const std::string& text, const std::vector<std::string>& present = {}) {
  try {
    const Deck deck = Deck::from_text(text, "deck.toml");
    read_plan(deck, present);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

const std::string targets_deck = R"([run]
name = "x"
stages = ["describe", "build"]
[build]
from = "targets"
)";

TEST(RunPlan, orders_the_stages_by_the_flow_of_data) {
  const Deck deck = Deck::from_text(targets_deck, "deck.toml");
  const RunPlan plan = read_plan(deck);
  EXPECT_EQ(plan.stages, (std::vector<std::string>{"build", "describe"}));
  EXPECT_EQ(plan.folder, "x-output");
  EXPECT_EQ(plan.seed, 1u);
}

TEST(RunPlan, names_the_stage_that_is_missing) {
  EXPECT_THAT(message_of("[run]\nname = \"x\"\nstages = [\"ocv\"]\n"),
              HasSubstr("stage 'ocv' needs the result of 'sites'"));
}

TEST(RunPlan, takes_what_a_run_file_already_holds_for_done) {
  EXPECT_EQ(message_of("[run]\nname = \"x\"\nstages = [\"ocv\"]\n", {"sites"}), "accepted");
}

TEST(RunPlan, refuses_unknown_keys_of_stages_that_are_not_run) {
  EXPECT_THAT(message_of(targets_deck + "[ocv]\ntemperatur = \"300 K\"\n"), HasSubstr("did you mean 'temperature'"));
}

TEST(RunPlan, refuses_two_ways_to_say_one_thing) {
  EXPECT_THAT(message_of(targets_deck + "atoms = 2000\ncell_edge = \"4 nm\"\n"), HasSubstr("together with atoms"));
}

TEST(RunPlan, refuses_negative_seeds_and_empty_lists) {
  EXPECT_THAT(message_of("[run]\nname = \"x\"\nseed = -1\nstages = [\"report\"]\n"), HasSubstr("run.seed"));
  EXPECT_THAT(message_of("[run]\nname = \"x\"\nstages = []\n"), HasSubstr("the list of stages is empty"));
}

std::string message_of_stage(const std::string& text, const std::string& stage,
                             const std::vector<std::string>& present) {
  try {
    const Deck deck = Deck::from_text(text, "other.toml");
    check_stage(deck, stage, present);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(CheckStage, takes_a_deck_that_holds_nothing_but_the_settings_of_the_stage) {
  EXPECT_EQ(message_of_stage("[ocv]\npoints = 8\n", "ocv", {"sites"}), "accepted");
  EXPECT_EQ(message_of_stage(targets_deck, "describe", {"build"}), "accepted");
}

TEST(CheckStage, refuses_unknown_keys_and_a_stage_whose_beginning_is_missing) {
  EXPECT_THAT(message_of_stage("[ocv]\npionts = 8\n", "ocv", {"sites"}), HasSubstr("did you mean 'points'"));
  EXPECT_THAT(message_of_stage("[ocv]\n[sties]\n", "ocv", {"sites"}), HasSubstr("did you mean 'sites'"));
  EXPECT_THAT(message_of_stage("", "ocv", {"build", "relax"}), HasSubstr("stage 'ocv' needs the result of 'sites'"));
}

TEST(RunPlan, takes_the_edge_of_the_cell_instead_of_a_number_of_atoms) {
  const Deck deck = Deck::from_text(targets_deck + "cell_edge = \"4 nm\"\n", "deck.toml");
  EXPECT_NEAR(estimate_run(read_plan(deck), deck).atoms, 0.085 * 40 * 40 * 40, 1e-9);
  EXPECT_THAT(message_of(targets_deck + "cell_edge = \"1 nm\"\n"), HasSubstr("build.cell_edge: outside"));
}

TEST(RunPlan, asks_for_the_file_that_a_carbon_is_to_come_from) {
  EXPECT_THAT(message_of("[run]\nname = \"x\"\nstages = [\"build\"]\n[build]\nfrom = \"file\"\n"),
              HasSubstr("deck.toml:4: build.structure_file: missing key"));
}

TEST(RunPlan, of_a_deck_without_a_run_is_its_chemistry) {
  const std::string chemistry =
      "[carbonize]\nprecursor = \"sucrose\"\n[[carbonize.step]]\nhold = \"1 h\"\n"
      "target = \"900 degC\"\nrate = \"5 K/min\"\n";
  const Deck deck = Deck::from_text(chemistry + "[build]\natomes = 3\n", "folder/char.toml");
  const RunPlan plan = read_any_plan(deck);
  EXPECT_EQ(plan.stages, (std::vector<std::string>{"carbonize", "report"}));
  EXPECT_EQ(plan.folder, "char-output");
  EXPECT_EQ(estimate_run(plan, deck).atoms, 0);
  const Deck whole = Deck::from_text(targets_deck, "deck.toml");
  EXPECT_EQ(read_any_plan(whole).stages, read_plan(whole).stages);
}

TEST(RunEstimate, grows_with_the_number_of_atoms) {
  const Deck small = Deck::from_text(targets_deck + "atoms = 2000\n", "deck.toml");
  const Deck large = Deck::from_text(targets_deck + "atoms = 20000\n", "deck.toml");
  const RunEstimate few = estimate_run(read_plan(small), small);
  const RunEstimate many = estimate_run(read_plan(large), large);
  EXPECT_NEAR(many.atoms / few.atoms, 10, 1e-9);
  EXPECT_GT(many.memory, few.memory);
  EXPECT_GT(many.seconds, few.seconds);
}

RunEstimate estimate_of(const std::string& text) {
  const Deck deck = Deck::from_text(text, "deck.toml");
  return estimate_run(read_plan(deck), deck);
}

TEST(RunEstimate, knows_what_costs_extra) {
  const auto deck = [](const std::string& stages, const std::string& ocv) {
    return "[run]\nname = \"x\"\nstages = [" + stages + "]\n[build]\nfrom = \"targets\"\natoms = 8000\n" + ocv;
  };
  const RunEstimate built = estimate_of(deck("\"build\"", "feedback_passes = 1\n"));
  EXPECT_GT(estimate_of(deck("\"build\"", "")).seconds, 2 * built.seconds);
  EXPECT_GT(estimate_of(deck("\"build\", \"relax\"", "feedback_passes = 1\n")).memory, 1.3 * built.memory);
  const auto ocv = [&](const std::string& keys) {
    return estimate_of(deck("\"build\", \"sites\", \"ocv\"", "[ocv]\n" + keys)).seconds;
  };
  EXPECT_GT(ocv(""), ocv("operando = false\n"));
  EXPECT_GT(ocv(""), ocv("charge = false\n"));
  EXPECT_GT(ocv("sampling = \"exchange\"\n"), 1.2 * ocv(""));
}

TEST(StageRegistry, lists_every_stage_once_alphabetically_and_in_the_order_of_a_run) {
  std::vector<std::string> names;
  for (const StageEntry& entry : stages()) names.emplace_back(entry.name);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_THAT(stage_order(), testing::UnorderedElementsAreArray(names));
}

}  // namespace
}  // namespace cardhouse
