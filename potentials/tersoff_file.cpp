#include "potentials/tersoff_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/base/errors.hpp"
#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t entry_size = 17;  // words
constexpr std::array<const char*, entry_size> columns{
    "element 1", "element 2", "element 3", "m", "gamma", "lambda3", "c",       "d", "cos_theta0",
    "n",         "beta",      "lambda2",   "B", "R",     "D",       "lambda1", "A"};

struct Word {
  std::string text;
  int line;
};

std::vector<Word> read_words(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw InputError({path, 0, {}}, "cannot be read");
  std::vector<Word> result;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    std::istringstream words(line.substr(0, line.find('#')));
    for (std::string word; words >> word;) result.push_back({word, number});
  }
  if (file.bad()) throw InputError({path, 0, {}}, "cannot be read to its end");
  return result;
}

/// The words of one entry, read from left to right.
class EntryReader {
 public:
  EntryReader(const std::string& path, const Word* words) : path_(path), words_(words) {}

  std::string element() {
    const std::string text = words_[column_].text;
    if (!std::isalpha(static_cast<unsigned char>(text[0]))) {
      fail("'" + text + "' is no element", "an entry has 3 elements and 14 numbers; is the one before complete?");
    }
    ++column_;
    return text;
  }
  double number() {
    const std::string& text = words_[column_].text;
    const char* const begin = text.data() + (text[0] == '+');
    double value = 0;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
      fail("'" + text + "' is no number", "an entry has 3 elements and 14 numbers");
    }
    ++column_;
    return value;
  }
  double positive(bool zero_allowed) {
    const double value = number();
    if (value > 0 || (zero_allowed && value == 0)) return value;
    --column_;
    fail("'" + words_[column_].text + "' is out of range", zero_allowed ? "use 0 or more" : "use more than 0");
  }
  int power() {
    const double value = number();
    if (value == 1 || value == 3) return static_cast<int>(value);
    --column_;
    fail("'" + words_[column_].text + "' is out of range", "use 1 or 3");
  }
  [[noreturn]] void fail(const std::string& problem, const std::string& suggestion) const {
    throw InputError({path_, words_[column_].line, columns[column_]}, problem, suggestion);
  }

 private:
  const std::string& path_;
  const Word* words_;
  std::size_t column_ = 0;
};

TersoffEntry read_entry(EntryReader words) {
  TersoffEntry entry;
  for (std::string& symbol : entry.symbols) symbol = words.element();
  const bool bond = entry.symbols[1] == entry.symbols[2];
  entry.m = words.power();
  entry.gamma = words.positive(true);
  entry.lambda3 = words.number();
  entry.c = words.positive(true);
  entry.d = words.positive(false);
  entry.cos_theta0 = words.number();
  entry.n = words.positive(!bond);
  entry.beta = words.positive(true);
  entry.lambda2 = words.positive(true);
  entry.B = words.positive(true);
  entry.R = words.positive(false);
  entry.D = words.positive(false);
  entry.lambda1 = words.positive(true);
  entry.A = words.positive(true);
  return entry;
}

}  // namespace

std::vector<TersoffEntry> read_tersoff_file(const std::string& path) {
  const std::vector<Word> words = read_words(path);
  if (words.empty()) throw InputError({path, 0, {}}, "holds no entry", "see docs.lammps.org/pair_tersoff.html");
  std::vector<TersoffEntry> entries;
  for (std::size_t first = 0; first < words.size(); first += entry_size) {
    if (words.size() - first < entry_size) {
      throw InputError({path, words[first].line, {}},
                       "the last entry has " + std::to_string(words.size() - first) + " words instead of 17",
                       "an entry has 3 elements and 14 numbers");
    }
    TersoffEntry entry = read_entry({path, &words[first]});
    if (entry.D > entry.R) throw InputError({path, words[first].line, "D"}, "larger than R", "use D below R");
    if (entry.R + entry.D > longest_reach) {
      throw InputError({path, words[first].line, "R"}, "R + D exceeds 100 angstrom, which no bond reaches");
    }
    const auto same = [&](const TersoffEntry& other) { return other.symbols == entry.symbols; };
    if (std::any_of(entries.begin(), entries.end(), same)) {
      const auto& [i, j, k] = entry.symbols;
      throw InputError({path, words[first].line, {}}, "a second entry for " + i + " " + j + " " + k, "remove one");
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace cardhouse
