#include "engine/app/command_line.hpp"

#include <omp.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include "engine/app/cases.hpp"
#include "engine/app/listing.hpp"
#include "engine/app/version.hpp"
#include "engine/app/workflow.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

struct Arguments {
  std::string deck;
  std::string file;
  std::string stage;
  std::string seam;
  std::vector<std::string> cases;
  WorkflowOptions options;
  int threads = 0;
};

void add_commands(CLI::App& app, Arguments& arguments) {
  CLI::App* run = app.add_subcommand("run", "run a deck");
  run->add_option("deck", arguments.deck, "TOML deck")->required();
  run->add_option("--output", arguments.options.folder, "output folder instead of the deck's");
  run->add_option("--seed", arguments.options.seed, "seed instead of the deck's")->check(CLI::NonNegativeNumber);
  CLI::App* carbonize = app.add_subcommand("carbonize", "run a deck's [carbonize] alone: yield, gases, composition");
  carbonize->add_option("deck", arguments.deck, "TOML deck; needs no [run]")->required();
  carbonize->add_option("--output", arguments.options.folder, "output folder instead of the deck's");
  carbonize->add_option("--seed", arguments.options.seed, "seed instead of the deck's")->check(CLI::NonNegativeNumber);
  CLI::App* cases = app.add_subcommand("cases", "compare with published pairs of samples, arrow by arrow");
  cases->add_option("names", arguments.cases, "cases, see `list cases`, or files; all when left out");
  cases->add_option("--seed", arguments.options.seed, "seed, 1 when left out")->check(CLI::NonNegativeNumber);
  CLI::App* resume = app.add_subcommand("resume", "continue a run file where it stopped");
  resume->add_option("file", arguments.file, "run.h5")->required();
  CLI::App* stage = app.add_subcommand("stage", "run one stage again on what a run file holds");
  stage->add_option("name", arguments.stage, "stage, see `list stages`")->required();
  stage->add_option("file", arguments.file, "run.h5")->required();
  stage->add_option("--deck", arguments.options.deck, "take the stage's settings from this deck");
  CLI::App* check = app.add_subcommand("check", "validate a deck, print sizes, run nothing");
  check->add_option("deck", arguments.deck, "TOML deck")->required();
  CLI::App* list = app.add_subcommand("list", "what exists: " + seam_names());
  list->add_option("seam", arguments.seam, "one of the above; all when left out");
  for (CLI::App* command : {run, carbonize, cases, resume, stage}) {
    command->add_option("--threads", arguments.threads, "OpenMP threads (default: all cores)")
        ->check(CLI::PositiveNumber);
    command->add_flag("--quiet", arguments.options.quiet, "no progress");
  }
}

int execute(const CLI::App& app, const Arguments& arguments, const Communicator& ranks) {
  const WorkflowOptions& options = arguments.options;
  if (arguments.threads > 0) omp_set_num_threads(arguments.threads);
  if (app.got_subcommand("run")) run_deck(arguments.deck, options, ranks);
  if (app.got_subcommand("carbonize")) carbonize_deck(arguments.deck, options, ranks);
  if (app.got_subcommand("cases")) return run_cases(arguments.cases, options.seed.value_or(1), ranks) == 0 ? 0 : 2;
  if (app.got_subcommand("resume")) resume_run(arguments.file, options, ranks);
  if (app.got_subcommand("stage")) run_stage(arguments.stage, arguments.file, options, ranks);
  if (app.got_subcommand("check") && ranks.is_root()) check_deck(arguments.deck);
  if (app.got_subcommand("list") && ranks.is_root()) std::cout << list_seam(arguments.seam);
  return 0;
}

// Said before CLI11 says only that a command is required.
std::string unknown_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  if (word.starts_with('-') || std::find(known.begin(), known.end(), word) != known.end()) return {};
  return "unknown command '" + word + "', " + suggest_name(word, known);
}

}  // namespace

int run_command_line(int argc, char** argv, const Communicator& ranks) {
  CLI::App app("Cardhouse: hard carbon made from a precursor and filled with sodium, atom by atom", "cardhouse");
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  Arguments arguments;
  add_commands(app, arguments);
  if (const std::string problem = argc > 1 ? unknown_command(app, argv[1]) : ""; !problem.empty()) {
    if (ranks.is_root()) std::cerr << "cardhouse: " << problem << "\n";
    return 1;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return ranks.is_root() && app.exit(error) != 0 ? 1 : 0;
  }
  return execute(app, arguments, ranks);
}

}  // namespace cardhouse
