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

// "out" for "out", "out/" and "./out//".
std::string without_slash(const std::string& folder) {
  const fs::path normal = fs::path(folder).lexically_normal();
  return (normal.has_filename() ? normal : normal.parent_path()).string();
}

// Makes the folder; an earlier output of that name steps aside. Returns the problem, or an empty text.
std::string make_folder(const std::string& folder) {
  try {
    if (fs::exists(fs::path(folder) / "run.h5")) {
      if (fs::equivalent(folder, fs::current_path()))
        return "it holds an earlier output, which cannot step aside while the program runs in it, start from elsewhere";
      const std::string previous = folder + ".previous";
      fs::remove_all(previous);
      fs::rename(folder, previous);
      std::cout << "an earlier output was kept as " << previous << "\n";
    }
    fs::create_directories(folder);
    return {};
  } catch (const fs::filesystem_error& error) {
    return error.code().message();
  }
}

// The root prepares the folder; on failure every rank throws.
void prepare_folder(const std::string& folder, const Communicator& ranks) {
  std::string problem;
  if (ranks.is_root()) problem = make_folder(folder);
  ranks.broadcast(problem);
  if (!problem.empty()) throw InputError("cannot make the output folder '" + folder + "' (" + problem + ")");
}

std::string folder_of(const std::string& file_path) {
  const std::string folder = fs::path(file_path).parent_path().string();
  return folder.empty() ? "." : folder;
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
    if (deck_.text() != file_.header().deck_text)
      file_.write_text(stage + "/deck", deck_.text(), "settings of this stage, which are not those of the run's deck");
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

Deck stored_deck(const RunHeader& header) {
  return Deck::from_text(header.deck_text, header.deck_name);
}

std::vector<std::string> complete_stages(const RunFile& file) {
  std::vector<std::string> names = file.stages();
  std::erase_if(names, [&](const std::string& name) { return !file.stage_complete(name); });
  return names;
}

bool has_come_to_its_end(const RunFile& file) {
  const Deck deck = stored_deck(file.header());
  const std::vector<std::string> planned =
      deck.root().has("run") ? deck.root().table("run").texts("stages") : read_any_plan(deck).stages;
  return std::all_of(planned.begin(), planned.end(), [&](const auto& stage) { return file.stage_complete(stage); });
}

void discard_later(RunFile& file, const std::string& stage) {
  file.set_complete(false);
  const auto& order = stage_order();
  const auto own = std::find(order.begin(), order.end(), stage);
  for (const std::string& present : file.stages())
    if (std::find(own + 1, order.end(), present) != order.end()) file.remove_stage(present);
}

void execute_plan(const Deck& deck, RunPlan plan, const WorkflowOptions& options, const Communicator& ranks) {
  if (options.seed) plan.seed = *options.seed;
  plan.folder = without_slash(options.folder.value_or(plan.folder));
  if (ranks.is_root()) std::cout << describe_plan(plan, deck);
  prepare_folder(plan.folder, ranks);
  RunFile file = RunFile::create(plan.folder + "/run.h5", header_of(deck, plan.seed, ranks), ranks);
  Run run(deck, file, plan.seed, plan.folder);
  for (const std::string& stage : plan.stages) run.execute(stage, options.quiet, ranks);
  file.set_complete(true);
  print_summary(file, plan.folder, ranks);
}

}  // namespace

void run_deck(const std::string& deck_path, const WorkflowOptions& options, const Communicator& ranks) {
  const Deck deck = Deck::from_file(deck_path);
  execute_plan(deck, read_plan(deck), options, ranks);
}

void carbonize_deck(const std::string& deck_path, const WorkflowOptions& options, const Communicator& ranks) {
  const Deck deck = Deck::from_file(deck_path);
  execute_plan(deck, read_carbonize_plan(deck), options, ranks);
}

void resume_run(const std::string& file_path, const WorkflowOptions& options, const Communicator& ranks) {
  RunFile file = RunFile::open(file_path, FileMode::ReadWrite, ranks);
  const RunHeader header = file.header();
  const Deck deck = stored_deck(header);
  const RunPlan plan = read_any_plan(deck);
  const std::string folder = folder_of(file_path);
  if (ranks.is_root() && header.git_hash != version_hash())
    std::cout << "note: the file was begun by version " << header.git_hash << ", this is " << version_hash() << "\n";
  Run run(deck, file, header.seed, folder);
  for (const std::string& stage : plan.stages)
    if (!file.stage_complete(stage)) run.execute(stage, options.quiet, ranks);
  file.set_complete(true);
  print_summary(file, folder, ranks);
}

void run_stage(const std::string& stage, const std::string& file_path, const WorkflowOptions& options,
               const Communicator& ranks) {
  find_entry(stages(), stage, "stage");
  RunFile file = RunFile::open(file_path, FileMode::ReadWrite, ranks);
  const RunHeader header = file.header();
  const Deck deck = options.deck ? Deck::from_file(*options.deck) : stored_deck(header);
  check_stage(deck, stage, complete_stages(file));
  discard_later(file, stage);
  Run run(deck, file, header.seed, folder_of(file_path));
  run.execute(stage, options.quiet, ranks);
  file.set_complete(has_come_to_its_end(file));
  if (ranks.is_root() && file.has(stage + "/summary"))
    std::cout << "\n" << format_summary(decode_summary(file.read_text(stage + "/summary")));
}

void check_deck(const std::string& deck_path) {
  const Deck deck = Deck::from_file(deck_path);
  const RunPlan plan = read_any_plan(deck);
  std::cout << describe_plan(plan, deck) << "the deck is valid; nothing was run\n";
}

}  // namespace cardhouse
