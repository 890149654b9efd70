#include "engine/app/workflow.hpp"

#include <fmt/core.h>
#include <omp.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "engine/app/estimate.hpp"
#include "engine/app/run_plan.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/summary.hpp"
#include "engine/app/version.hpp"
#include "engine/base/progress.hpp"

namespace cardhouse {
namespace {

namespace fs = std::filesystem;

Progress make_progress(const std::string& task, bool quiet, const Communicator& ranks) {
  Progress::Options options;
  options.enabled = ranks.is_root() && !quiet;
  options.terminal = standard_output_is_terminal();
  return {std::cout, task, options};
}

RunHeader header_of(const Deck& deck, std::uint64_t seed, const Communicator& ranks) {
  RunHeader header;
  header.deck_text = deck.text();
  header.deck_name = deck.name();
  header.version = version_number();
  header.git_hash = version_hash();
  header.build = build_description();
  header.seed = seed;
  header.ranks = ranks.size();
  header.threads = omp_get_max_threads();
  return header;
}

// The root prepares the folder; on failure every rank throws.
void prepare_folder(const std::string& folder, const Communicator& ranks) {
  std::string problem;
  if (ranks.is_root()) {
    try {
      const fs::path previous = folder + ".previous";
      if (fs::exists(fs::path(folder) / "run.h5")) {
        fs::remove_all(previous);
        fs::rename(folder, previous);
        std::cout << "an earlier output was kept as " << previous.string() << "\n";
      }
      fs::create_directories(folder);
    } catch (const fs::filesystem_error& error) {
      problem = error.what();
    }
  }
  ranks.broadcast(problem);
  if (!problem.empty()) throw InputError("cannot make the output folder '" + folder + "': " + problem);
}

class Run {
 public:
  Run(const Deck& deck, RunFile& file, std::uint64_t seed, std::string folder)
      : deck_(deck), file_(file), seed_(seed), folder_(std::move(folder)) {}

  void execute(const std::string& stage, bool quiet, const Communicator& ranks) {
    Progress progress = make_progress(stage, quiet, ranks);
    StageContext context{stage_settings(deck_, stage), file_, ranks, seed_, folder_, progress.observer()};
    file_.set_complete(false);
    file_.begin_stage(stage);
    find_entry(stages(), stage, "stage").make.run(context);
    file_.complete_stage(stage);
    progress.done();
  }

 private:
  const Deck& deck_;
  RunFile& file_;
  std::uint64_t seed_;
  std::string folder_;
};

void print_summary(const RunFile& file, const std::string& folder, const Communicator& ranks) {
  if (!ranks.is_root()) return;
  std::cout << "\n" << format_summary(collect_summary(file)) << "\nresults: " << folder << "\n";
}

void discard_later(RunFile& file, const std::string& stage) {
  const auto& order = stage_order();
  const auto own = std::find(order.begin(), order.end(), stage);
  for (const std::string& present : file.stages())
    if (std::find(own + 1, order.end(), present) != order.end()) file.remove_stage(present);
}

}  // namespace

void run_deck(const std::string& deck_path, const WorkflowOptions& options, const Communicator& ranks) {
  const Deck deck = Deck::from_file(deck_path);
  RunPlan plan = read_plan(deck);
  if (options.seed) plan.seed = *options.seed;
  if (options.folder) plan.folder = *options.folder;
  if (ranks.is_root()) std::cout << describe_plan(plan, deck);
  prepare_folder(plan.folder, ranks);
  RunFile file = RunFile::create(plan.folder + "/run.h5", header_of(deck, plan.seed, ranks), ranks);
  Run run(deck, file, plan.seed, plan.folder);
  for (const std::string& stage : plan.stages) run.execute(stage, options.quiet, ranks);
  file.set_complete(true);
  print_summary(file, plan.folder, ranks);
}

void resume_run(const std::string& file_path, const WorkflowOptions& options, const Communicator& ranks) {
  RunFile file = RunFile::open(file_path, FileMode::ReadWrite, ranks);
  const RunHeader header = file.header();
  const Deck deck = Deck::from_text(header.deck_text, header.deck_name);
  const RunPlan plan = read_plan(deck);
  const std::string folder = fs::path(file_path).parent_path().string();
  if (ranks.is_root() && header.git_hash != version_hash())
    std::cout << "note: the file was begun by version " << header.git_hash << ", this is " << version_hash() << "\n";
  Run run(deck, file, header.seed, folder.empty() ? "." : folder);
  for (const std::string& stage : plan.stages)
    if (!file.stage_complete(stage)) run.execute(stage, options.quiet, ranks);
  file.set_complete(true);
  print_summary(file, folder, ranks);
}

void run_stage(const std::string& stage, const std::string& file_path, const std::optional<std::string>& deck_path,
               const Communicator& ranks) {
  const StageEntry& entry = find_entry(stages(), stage, "stage");
  RunFile file = RunFile::open(file_path, FileMode::ReadWrite, ranks);
  const RunHeader header = file.header();
  const Deck deck = deck_path ? Deck::from_file(*deck_path) : Deck::from_text(header.deck_text, header.deck_name);
  entry.make.check(stage_settings(deck, stage));
  const std::string folder = fs::path(file_path).parent_path().string();
  discard_later(file, stage);
  Run run(deck, file, header.seed, folder.empty() ? "." : folder);
  run.execute(stage, false, ranks);
  if (ranks.is_root()) std::cout << "\n" << format_summary(decode_summary(file.read_text(stage + "/summary")));
}

void check_deck(const std::string& deck_path) {
  const Deck deck = Deck::from_file(deck_path);
  const RunPlan plan = read_plan(deck);
  std::cout << describe_plan(plan, deck) << "the deck is valid; nothing was run\n";
}

}  // namespace cardhouse
