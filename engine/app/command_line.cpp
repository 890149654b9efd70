#include "engine/app/command_line.hpp"

#include <omp.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include "engine/app/calibrate_command.hpp"
#include "engine/app/cases.hpp"
#include "engine/app/describe_file.hpp"
#include "engine/app/listing.hpp"
#include "engine/app/models_command.hpp"
#include "engine/app/plots.hpp"
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
  CalibrateRequest calibrate;
  ModelsRequest models;
  DescribeRequest describe;
  WorkflowOptions options;
  int threads = 0;
};

CLI::App* add_describe(CLI::App& app, DescribeRequest& request) {
  CLI::App* describe = app.add_subcommand("describe", "what a carbon of any file, or a powder pattern, looks like");
  describe->add_option("file", request.file, "run.h5, extended XYZ, LAMMPS data, or a pattern: 2 theta and intensity")
      ->required();
  describe->add_option("--stage", request.stage, "structure of this stage of a run; the last one when left out");
  describe->add_option("--bonds-within", request.bonds_within,
                       "find bonds anew: C-C closer than this [angstrom], others in proportion");
  describe->add_option("--only", request.only, "descriptors, see `list descriptors`; also xrd, saxs, pdf, rings, raman")
      ->delimiter(',');
  describe->add_option("--probe", request.probes, "kinetic diameter [angstrom], like nitrogen=3.64")->delimiter(',');
  describe->add_option("--vacuum-axis", request.vacuum_axis, "a, b or c: cell vector along which a slab has vacuum");
  describe->add_option("--wavelength", request.wavelength, "of the radiation [angstrom]; Cu K alpha when left out");
  describe->add_flag("--polarised", request.instrument.polarised,
                     "no polarisation factor: synchrotron, corrected data");
  describe->add_option("--monochromator", request.instrument.monochromator, "2 theta of the monochromator [degree]");
  describe->add_option("--optical-thickness", request.instrument.optical_thickness, "mu t of a thin flat sample");
  describe->add_option("--second-line", request.instrument.second_line, "K alpha 2 over K alpha 1, like 0.5");
  describe->add_option("--line-width", request.line_width, "u,v,w: FWHM^2 = u tan^2 + v tan + w [degree^2]")
      ->delimiter(',')
      ->expected(3);
  describe->add_flag("--counts", request.counts, "the intensities of a pattern are counts, with their errors");
  describe->add_option("--out", request.folder, "output folder, \"<name>-description\" when left out");
  describe->add_flag("--plots", request.plots, "draw the figures too");
  return describe;
}

CLI::App* add_plot(CLI::App& app) {
  CLI::App* plot =
      app.add_subcommand("plot", "draw figures: `plot voltage run.h5 -o v.pdf`, `plot all run.h5 -o folder`");
  plot->prefix_command();
  plot->footer("`plot list` names the figures.");
  return plot;
}

CLI::App* add_calibrate(CLI::App& app, CalibrateRequest& request) {
  CLI::App* calibrate = app.add_subcommand("calibrate", "fit parameters of sodium to measurements, on one carbon");
  calibrate->add_option("data", request.data, "measurements, like inputs/calibration/hard_carbon.toml")->required();
  calibrate->add_option("file", request.run, "run.h5 with the carbon")->required();
  calibrate->add_option("--out", request.folder, "folder of the parameter files, \"calibrated\" when left out");
  calibrate->add_option("--seed", request.seed, "seed instead of that of the data")->check(CLI::NonNegativeNumber);
  return calibrate;
}

CLI::App* add_models(CLI::App& app, ModelsRequest& request) {
  CLI::App* models = app.add_subcommand("models", "storage mechanisms of the literature on one carbon, side by side");
  models->add_option("file", request.run, "run.h5 with the carbon")->required();
  models->add_option("names", request.names, "models, see `list models`, or files; all when left out");
  models->add_option("--csv", request.csv, "table to write, \"models.csv\" when left out");
  models->add_option("--sweeps", request.sweeps, "trial moves a site and voltage")->check(CLI::Range(8, 1000000));
  models->add_option("--seed", request.seed, "seed, 1 when left out")->check(CLI::NonNegativeNumber);
  return models;
}

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
  add_plot(app);
  CLI::App* describe = add_describe(app, arguments.describe);
  CLI::App* calibrate = add_calibrate(app, arguments.calibrate);
  CLI::App* models = add_models(app, arguments.models);
  for (CLI::App* command : {run, carbonize, cases, resume, stage, describe, calibrate, models}) {
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
  if (app.got_subcommand("calibrate")) calibrate_command(arguments.calibrate, ranks);
  if (app.got_subcommand("models")) models_command(arguments.models, ranks);
  if (app.got_subcommand("describe")) {
    DescribeRequest request = arguments.describe;
    request.quiet = options.quiet;
    describe_file(request, ranks);
  }
  if (app.got_subcommand("plot") && ranks.is_root()) return plot_command(app.get_subcommand("plot")->remaining());
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
