#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardhouse {

/// Reads a text line by line and knows where it is, so that every complaint names file and line.
class NumberedLines {
 public:
  /// Throws InputError when the file cannot be read.
  static NumberedLines from_file(const std::string& path);
  NumberedLines(std::string text, std::string name) : text_(std::move(text)), name_(std::move(name)) {}

  /// The next line without its end, or nothing after the last. Valid as long as this object.
  std::optional<std::string_view> next();
  /// The next line; throws InputError saying that `what` is missing when the text ends.
  std::string_view expect(std::string_view what);
  /// Throws InputError at the line read last.
  [[noreturn]] void fail(std::string_view problem, std::string_view suggestion = {}) const;

  // Numbers written in full; anything else throws InputError at this line. Real numbers are finite.
  double real(std::string_view word) const;
  std::int64_t integer(std::string_view word) const;

 private:
  std::string text_;
  std::string name_;
  std::size_t position_ = 0;
  int line_ = 0;
};

/// The words of a line, separated by spaces or tabs.
std::vector<std::string_view> words(std::string_view line);

}  // namespace cardhouse
