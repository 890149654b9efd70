#pragma once
// Progress for people: on a terminal one line that rewrites itself with the time left, in a file plain lines.

#include <chrono>
#include <iosfwd>
#include <string>

#include "engine/base/observer.hpp"

namespace cardhouse {

/// Reports one task. Silent when constructed with `enabled = false` (ranks other than the root).
class Progress {
 public:
  struct Options {
    bool enabled = true;
    bool terminal = false;  ///< rewrite one line instead of printing lines
    std::chrono::milliseconds terminal_interval{200};
    std::chrono::milliseconds file_interval{10000};
  };
  Progress(std::ostream& out, std::string task, Options options);

  void at(double fraction);  ///< fraction done in [0, 1]; prints at most once an interval
  void done(const std::string& remark = {});
  ProgressObserver observer();  ///< refers to this object, which must outlive it

 private:
  void print(double fraction, double elapsed);

  std::ostream& out_;
  std::string task_;
  Options options_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_;
};

/// "1 h 02 min", "3 min 20 s", "4.2 s" for a duration [s].
std::string format_duration(double seconds);

/// Whether standard output of this process is a terminal.
bool standard_output_is_terminal();

}  // namespace cardhouse
