#include "tests/fuzz/isolated_cases.hpp"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <system_error>

namespace cardhouse::fuzz {
namespace {

/// What a worker tells, in memory that outlives it.
struct Report {
  std::size_t current;  ///< case under way
  bool failed;          ///< it has gone wrong without a crash; the worker has left
  char reason[1000];    ///< why
};

void limit_memory() {
#ifndef __SANITIZE_ADDRESS__  // which claims terabytes of address space for its shadow
  constexpr rlimit most{4ul << 30, 4ul << 30};
  setrlimit(RLIMIT_AS, &most);
#endif
  constexpr rlimit no_dump{0, 0};
  setrlimit(RLIMIT_CORE, &no_dump);
}

void limit_time(long seconds) {
  const itimerval timer{{0, 0}, {seconds, 0}};
  setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

/// Runs cases from report.current on until one goes wrong; never returns.
[[noreturn]] void work(Report& report, std::size_t n, long seconds,
                       const std::function<std::string(std::size_t)>& run) {
  limit_memory();
  for (; report.current < n; ++report.current) {
    limit_time(seconds);
    const std::string reason = run(report.current);
    if (reason.empty()) continue;
    std::strncpy(report.reason, reason.c_str(), sizeof report.reason - 1);
    report.failed = true;
    _exit(0);
  }
  _exit(0);
}

std::string end_of(int status, const Report& report) {
  if (report.failed) return report.reason;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGVTALRM) return "takes too long";
  if (WIFSIGNALED(status)) return std::string("crashes: ") + strsignal(WTERMSIG(status));
  return "ends the process with exit code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

std::vector<CaseFailure> run_isolated(std::size_t n, long seconds, const std::function<std::string(std::size_t)>& run) {
  void* memory = mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  Report& report = *new (memory) Report{};
  std::vector<CaseFailure> failures;
  while (report.current < n) {
    const pid_t worker = fork();
    if (worker < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (worker == 0) work(report, n, seconds, run);
    int status = 0;
    waitpid(worker, &status, 0);
    if (report.current == n) break;
    failures.push_back({report.current, end_of(status, report)});
    report = {report.current + 1, false, {}};
  }
  munmap(memory, sizeof(Report));
  return failures;
}

}  // namespace cardhouse::fuzz
