#include "tests/fuzz/mutation.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cardhouse::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr std::array numbers{"0"sv,
                             "-1"sv,
                             "1"sv,
                             "3"sv,
                             "1e308"sv,
                             "-1e308"sv,
                             "1e-320"sv,
                             "nan"sv,
                             "inf"sv,
                             "-0.0"sv,
                             "1.5"sv,
                             "1e999"sv,
                             "0x10"sv,
                             "1e"sv,
                             "2147483648"sv,
                             "4294967296"sv,
                             "1e12"sv,
                             "1,5"sv,
                             "1d3"sv,
                             "-7"sv,
                             "999999"sv,
                             "1e-9"sv,
                             "9223372036854775807"sv,
                             "99999999999999999999"sv};
constexpr std::array signs{"\""sv,   "["sv,    "]"sv,   "[["sv,   "{"sv,
                           "}"sv,    "="sv,    "#"sv,   "\0"sv,   "\r"sv,
                           "\n"sv,   "\t"sv,   "'"sv,   "\"\""sv, "\xEF\xBB\xBF"sv,
                           "\xC3"sv, "\xFF"sv, " + "sv, "%"sv,    "/"sv,
                           "../"sv,  "true"sv, "\\"sv,  "-"sv,    ","sv,
                           "."sv};

struct Piece {
  std::size_t begin = 0;
  std::size_t size = 0;
};

template <class Belongs>
std::vector<Piece> pieces(const std::string& text, Belongs belongs) {
  std::vector<Piece> result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!belongs(text[i])) continue;
    if (result.empty() || result.back().begin + result.back().size != i) result.push_back({i, 0});
    ++result.back().size;
  }
  return result;
}

std::vector<Piece> numbers_of(const std::string& text) {
  return pieces(text, [](unsigned char c) { return std::isdigit(c) || c == '.'; });
}
std::vector<Piece> words_of(const std::string& text) {
  return pieces(text, [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '.' || c == '-'; });
}
std::vector<Piece> lines_of(const std::string& text) {
  return pieces(text, [](char c) { return c != '\n'; });
}

template <class Range>
const auto& one_of(const Range& range, Stream& stream) {
  return range[stream.below(range.size())];
}

void cut_short(std::string& text, Stream& stream) {
  text.resize(stream.below(text.size()));
}

void change_bytes(std::string& text, Stream& stream) {
  const std::size_t at = stream.below(text.size());
  const auto byte = static_cast<char>(stream.below(256));
  switch (stream.below(3)) {
    case 0:
      text[at] = byte;
      return;
    case 1:
      text.insert(at, 1, byte);
      return;
    default:
      text.erase(at, 1 + stream.below(20));
  }
}

void replace_number(std::string& text, Stream& stream) {
  const std::vector<Piece> all = numbers_of(text);
  if (all.empty()) return;
  const Piece piece = one_of(all, stream);
  text.replace(piece.begin, piece.size, one_of(numbers, stream));
}

void replace_word(std::string& text, Stream& stream) {
  const std::vector<Piece> all = words_of(text);
  if (all.empty()) return;
  const Piece source = one_of(all, stream);
  const std::string word = text.substr(source.begin, source.size);
  const Piece piece = one_of(all, stream);
  text.replace(piece.begin, piece.size, word);
}

void put_in_sign(std::string& text, Stream& stream) {
  const std::string_view sign = one_of(signs, stream);
  const std::size_t times = stream.below(8) == 0 ? 2000 : 1;  // now and then far too many
  std::string repeated;
  for (std::size_t k = 0; k < times; ++k) repeated += sign;
  text.insert(stream.below(text.size()), repeated);
}

void move_lines(std::string& text, Stream& stream) {
  const std::vector<Piece> all = lines_of(text);
  if (all.empty()) return;
  const Piece piece = one_of(all, stream);
  const std::string line = "\n" + text.substr(piece.begin, piece.size);
  const Piece target = one_of(all, stream);
  switch (stream.below(3)) {
    case 0:
      text.erase(piece.begin, piece.size);
      return;
    case 1:
      text.insert(target.begin + target.size, line);
      return;
    default:
      text.replace(target.begin, target.size, line);
  }
}

void flip_bit(std::string& bytes, Stream& stream) {
  char& byte = bytes[stream.below(bytes.size())];
  byte = static_cast<char>(byte ^ (1 << stream.below(8)));
}

void overwrite(std::string& bytes, Stream& stream) {
  constexpr std::array<std::uint64_t, 5> values{0, ~0ull, 0x7fffffffffffffff, 0x80000000, 1};
  const std::uint64_t value = one_of(values, stream);
  const std::size_t at = stream.below(bytes.size());
  const std::size_t size = std::min<std::size_t>(1u << stream.below(4), bytes.size() - at);
  for (std::size_t k = 0; k < size; ++k) bytes[at + k] = static_cast<char>(value >> (8 * k));
}

void erase_block(std::string& bytes, Stream& stream) {
  const std::size_t at = stream.below(bytes.size());
  const std::size_t size = std::min<std::size_t>(1 + stream.below(512), bytes.size() - at);
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, '\0');
}

using Damage = void (*)(std::string&, Stream&);

std::string damaged(std::string text, std::span<const Damage> ways, Stream& stream) {
  for (std::uint64_t left = 1 + stream.below(4); left > 0 && !text.empty(); --left) {
    // Half a file shows little: what is cut short is seldom wanted.
    const bool cut = stream.below(20) == 0;
    (cut ? cut_short : one_of(ways, stream))(text, stream);
  }
  return text;
}

}  // namespace

std::string damaged_text(std::string text, Stream& stream) {
  // Numbers and words weigh double: they reach deepest into a reader.
  constexpr std::array<Damage, 7> ways{replace_number, replace_number, replace_word, replace_word,
                                       change_bytes,   put_in_sign,    move_lines};
  return damaged(std::move(text), ways, stream);
}

std::string damaged_bytes(std::string bytes, Stream& stream) {
  constexpr std::array<Damage, 3> ways{flip_bit, overwrite, erase_block};
  return damaged(std::move(bytes), ways, stream);
}

}  // namespace cardhouse::fuzz
