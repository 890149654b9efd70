#include "engine/io/numbered_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/io/text_file.hpp"

namespace cardhouse {

namespace {

template <class T>
std::optional<T> parsed(std::string_view word) {
  T value{};
  if (word.starts_with('+')) word.remove_prefix(1);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

}  // namespace

NumberedLines NumberedLines::from_file(const std::string& path) {
  return {read_text_file(path), path};
}

std::optional<std::string_view> NumberedLines::next() {
  if (position_ >= text_.size()) return std::nullopt;
  const std::size_t end = std::min(text_.find('\n', position_), text_.size());
  std::string_view line(text_.data() + position_, end - position_);
  position_ = end + 1;
  ++line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view NumberedLines::expect(std::string_view what) {
  if (const auto line = next()) return *line;
  ++line_;
  fail("the file ends before " + std::string(what));
}

void NumberedLines::fail(std::string_view problem, std::string_view suggestion) const {
  throw InputError({name_, line_, {}}, problem, suggestion);
}

double NumberedLines::real(std::string_view word) const {
  const auto value = parsed<double>(word);
  if (!value || !std::isfinite(*value)) fail(fmt::format("'{}' is not a number", word));
  return *value;
}

std::int64_t NumberedLines::integer(std::string_view word) const {
  const auto value = parsed<std::int64_t>(word);
  if (!value) fail(fmt::format("'{}' is not an integer", word));
  return *value;
}

std::vector<std::string_view> words(std::string_view line) {
  constexpr std::string_view blank = " \t";
  std::vector<std::string_view> result;
  for (std::size_t begin = line.find_first_not_of(blank); begin != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(blank, begin), line.size());
    result.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(blank, end);
  }
  return result;
}

}  // namespace cardhouse
