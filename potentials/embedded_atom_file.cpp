#include "potentials/embedded_atom_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/base/errors.hpp"
#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

constexpr const char* format_hint = "see docs.lammps.org/pair_eam.html";

struct Word {
  std::string text;
  int line;
};

/// The words after the three lines of comment, read one by one.
class WordReader {
 public:
  explicit WordReader(const std::string& path) : path_(path) {
    std::ifstream file(path);
    if (!file) throw InputError({path, 0, {}}, "cannot be read");
    std::string text;
    for (int line = 1; std::getline(file, text); ++line) {
      if (line <= 3) continue;
      std::istringstream stream(text);
      for (std::string word; stream >> word;) words_.push_back({word, line});
    }
  }

  std::size_t left() const { return words_.size() - next_; }
  const std::string& text() { return take().text; }
  double number() {
    const Word& word = take();
    const char* const begin = word.text.data() + (word.text[0] == '+');
    const char* const end = word.text.data() + word.text.size();
    double value = 0;
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) fail("'" + word.text + "' is no number");
    return value;
  }
  double positive(const char* what) {
    const double value = number();
    if (!(value > 0)) fail(std::string(what) + " must be positive");
    return value;
  }
  std::size_t whole(const char* what, std::size_t least) {
    const double value = number();
    if (value != std::floor(value) || value < static_cast<double>(least) || value > 1e7) {
      fail(std::string(what) + " must be a whole number of at least " + std::to_string(least));
    }
    return static_cast<std::size_t>(value);
  }
  std::vector<double> table(std::size_t n) {
    std::vector<double> result(n);
    for (double& value : result) value = number();
    return result;
  }
  [[noreturn]] void fail(const std::string& problem) const {
    const int line = words_.empty() ? 0 : words_[next_ == 0 ? 0 : next_ - 1].line;
    throw InputError({path_, line, {}}, problem, format_hint);
  }

 private:
  const Word& take() {
    if (left() == 0) fail("ends too early");
    return words_[next_++];
  }

  std::string path_;
  std::vector<Word> words_;
  std::size_t next_ = 0;
};

}  // namespace

EmbeddedAtomTables read_setfl_file(const std::string& path) {
  WordReader words(path);
  EmbeddedAtomTables tables;
  const std::size_t n = words.whole("the number of elements", 1);
  for (std::size_t i = 0; i < n; ++i) tables.elements.push_back(words.text());
  const std::size_t n_densities = words.whole("the number of densities", 5);
  tables.density_step = words.positive("the step of the density");
  const std::size_t n_distances = words.whole("the number of distances", 5);
  tables.distance_step = words.positive("the step of the distance");
  tables.cutoff = words.positive("the cut-off");
  if (tables.cutoff > longest_reach) words.fail("the cut-off exceeds 100 angstrom");
  constexpr std::size_t header = 4;  // atomic number, mass, lattice constant, lattice
  const std::size_t with_one_density = n * (header + n_densities + n_distances) + n * (n + 1) / 2 * n_distances;
  const std::size_t with_each_density = with_one_density + n * (n - 1) * n_distances;
  if (words.left() != with_one_density && words.left() != with_each_density) {
    words.fail("has " + std::to_string(words.left()) + " words of tables instead of " +
               std::to_string(with_one_density) + " (eam/alloy) or " + std::to_string(with_each_density) + " (eam/fs)");
  }
  const bool finnis_sinclair = words.left() != with_one_density;
  for (std::size_t source = 0; source < n; ++source) {
    for (std::size_t k = 0; k < header; ++k) words.text();
    tables.embedding.push_back(words.table(n_densities));
    tables.density.push_back(words.table(n_distances));
    for (std::size_t place = 1; place < n; ++place) {
      tables.density.push_back(finnis_sinclair ? words.table(n_distances) : tables.density.back());
    }
  }
  tables.pair.resize(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) tables.pair[i * n + j] = tables.pair[j * n + i] = words.table(n_distances);
  }
  return tables;
}

}  // namespace cardhouse
