#include "engine/base/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <utility>

namespace cardhouse {

namespace {

/// Back to the start of the line and clear it (ECMA-48 "erase in line").
constexpr const char* rewrite_line = "\r\x1b[K";

double seconds_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

Progress::Progress(std::ostream& out, std::string task, Options options)
    : out_(out), task_(std::move(task)), options_(options), start_(std::chrono::steady_clock::now()), last_(start_) {}

void Progress::at(double fraction) {
  if (!options_.enabled) return;
  const auto now = std::chrono::steady_clock::now();
  const auto interval = options_.terminal ? options_.terminal_interval : options_.file_interval;
  if (now - last_ < interval) return;
  last_ = now;
  print(std::clamp(fraction, 0.0, 1.0), seconds_between(start_, now));
}

void Progress::print(double fraction, double elapsed) {
  std::string line = fmt::format("{}: {:.0f} %", task_, std::floor(100 * fraction));
  if (fraction > 0 && fraction < 1)
    line += fmt::format(", {} left", format_duration(elapsed * (1 - fraction) / fraction));
  if (options_.terminal)
    out_ << rewrite_line << line << std::flush;
  else
    out_ << line << std::endl;
}

void Progress::done(const std::string& remark) {
  if (!options_.enabled) return;
  if (options_.terminal) out_ << rewrite_line;
  const double elapsed = seconds_between(start_, std::chrono::steady_clock::now());
  out_ << fmt::format("{}: done in {}{}{}", task_, format_duration(elapsed), remark.empty() ? "" : ", ", remark)
       << std::endl;
}

ProgressObserver Progress::observer() {
  return [this](double fraction) { at(fraction); };
}

std::string format_duration(double seconds) {
  if (!(seconds >= 0)) return "unknown time";
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  if (seconds > 1e15) return fmt::format("{:.1e} s", seconds);
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

bool standard_output_is_terminal() {
  return isatty(STDOUT_FILENO) == 1;
}

}  // namespace cardhouse
