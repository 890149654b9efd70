// Runs the benchmarks of an executable on one thread and prints, after the usual table, what each costs in units of its
// references. Fails when a benchmark fails and when nothing has run.

#include <benchmark/benchmark.h>
#include <fmt/core.h>
#include <omp.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

class RatioReporter : public benchmark::ConsoleReporter {
 public:
  RatioReporter() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      failed_ |= run.error_occurred;
      const bool counts = run.run_type == Run::RT_Iteration || run.aggregate_name == "median";
      const auto each = run.counters.find("each");
      if (!counts || each == run.counters.end()) continue;
      const std::string name = run.run_name.function_name + (run.run_name.args.empty() ? "" : "/" + run.run_name.args);
      costs_[name] = each->second.value;  // the median comes after the single runs and takes their place
      if (!run.report_label.empty()) references_[name] = run.report_label;
    }
  }

  /// Returns whether every benchmark ran.
  bool print_ratios() const {
    fmt::print("\ncost of one unit of work, in units of the reference\n");
    for (const auto& [name, references] : references_) {
      std::istringstream words(references);
      for (std::string reference; words >> reference;) {
        if (const auto found = costs_.find(reference); found != costs_.end())
          fmt::print("{:<34} {:>10.3g} x {}\n", name, costs_.at(name) / found->second, reference);
        else
          fmt::print("{:<34}    {} did not run\n", name, reference);
      }
    }
    return !failed_ && !costs_.empty();
  }

 private:
  std::map<std::string, double> costs_;
  std::map<std::string, std::string> references_;
  bool failed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  omp_set_num_threads(1);  // processor time is that of the main thread
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return reporter.print_ratios() ? 0 : 1;
}
