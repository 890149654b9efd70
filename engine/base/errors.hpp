#pragma once
// Mistakes of the user: one message that names file, line, key, reason and a suggestion.

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cardhouse {

/// Where in the user's input something stands. Empty file and line 0 mean "unknown".
struct SourcePlace {
  std::string file;
  int line = 0;
  std::string key;
};

/// A mistake in a deck, a library or a data file. The text reads "file:line: key: problem, suggestion".
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::string_view problem, std::string_view suggestion = {});
  InputError(const SourcePlace& place, std::string_view problem, std::string_view suggestion = {});
};

/// The candidate closest to `name` by edit distance (Levenshtein 1966, transpositions count one), or an empty string
/// when none is closer than about a third of its length.
std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

/// "did you mean 'x'", or "known: a, b, c" when nothing is near.
std::string suggest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace cardhouse
