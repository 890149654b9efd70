#include "engine/app/plots.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "engine/app/data_folder.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

// The environment of this process with PYTHONPATH set and everything of MPI left out: a child of a rank must not take
// itself for a rank.
std::vector<std::string> python_environment() {
  // The run file is still open for writing here, and flushed: the reader must not insist on a lock.
  std::vector<std::string> result{"PYTHONPATH=" + python_folder(), "PYTHONDONTWRITEBYTECODE=1",
                                  "HDF5_USE_FILE_LOCKING=FALSE"};
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const bool ours = text.starts_with("PYTHON") || text.starts_with("OMPI_") || text.starts_with("PMIX_");
    if (!ours) result.push_back(text);
  }
  return result;
}

// Exit code of a program run with its output going to `log`, or to ours without one; -1 when it could not be started.
int run_program(std::vector<std::string> arguments, const std::string& log) {
  std::vector<std::string> environment = python_environment();
  std::vector<char*> argv;
  std::vector<char*> envp;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  for (std::string& variable : environment) envp.push_back(variable.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  if (!log.empty()) {
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
  }
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], &files, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The distribution's Python has the distribution's h5py and matplotlib; another one may come first in the path.
std::string python() {
  return std::filesystem::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
}

const char* const not_installed = "the Python part of Cardhouse is not installed";

}  // namespace

std::string draw_plots(const std::string& run_file, const std::string& folder) {
  if (python_folder().empty()) return not_installed;
  const std::string log = folder + "/plots.log";
  const int code = run_program({python(), "-m", "cardhouse", "plot", "all", run_file, "-o", folder}, log);
  if (code == 0) {
    std::filesystem::remove(log);
    return {};
  }
  return code < 0 ? python() + " could not be started" : "drawing failed, see " + log;
}

int plot_command(const std::vector<std::string>& arguments) {
  if (python_folder().empty()) throw InputError(not_installed);
  std::vector<std::string> all{python(), "-m", "cardhouse", "plot"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const int code = run_program(all, {});
  if (code < 0) throw InputError(python() + " could not be started");
  return code;
}

}  // namespace cardhouse
