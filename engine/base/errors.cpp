#include "engine/base/errors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <tuple>
#include <utility>

namespace cardhouse {

namespace {

std::string compose(const SourcePlace& place, std::string_view problem, std::string_view suggestion) {
  std::string message = place.file;
  if (place.line > 0) message += fmt::format("{}{}", message.empty() ? "line " : ":", place.line);
  if (!message.empty()) message += ": ";
  if (!place.key.empty()) message += place.key + ": ";
  message += problem;
  if (!suggestion.empty()) message.append(", ").append(suggestion);
  return message;
}

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

InputError::InputError(std::string_view problem, std::string_view suggestion)
    : InputError(SourcePlace{}, problem, suggestion) {}

InputError::InputError(const SourcePlace& place, std::string_view problem, std::string_view suggestion)
    : std::runtime_error(compose(place, problem, suggestion)) {}

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  const std::size_t limit = std::max<std::size_t>(1, (name.size() + 1) / 3);
  const std::string lower = lower_case(std::string(name));
  std::string nearest;
  auto best = std::pair{limit + 1, std::size_t{0}};
  for (const auto& candidate : candidates) {
    // Among equally distant candidates the one that differs in capitals only is meant.
    const auto distance = std::pair{edit_distance(name, candidate), edit_distance(lower, lower_case(candidate))};
    const bool shares_a_letter = distance.second < std::max(name.size(), candidate.size());
    if (shares_a_letter && distance < best) std::tie(best, nearest) = std::tie(distance, candidate);
  }
  return nearest;
}

std::string suggest_name(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string nearest = nearest_name(name, candidates);
  if (!nearest.empty()) return fmt::format("did you mean '{}'", nearest);
  if (candidates.empty()) return {};
  return fmt::format("known: {}", fmt::join(candidates, ", "));
}

}  // namespace cardhouse
