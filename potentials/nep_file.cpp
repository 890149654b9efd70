#include "potentials/nep_file.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/base/errors.hpp"
#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

constexpr const char* format_hint = "see gpumd.org/nep/output_files/nep_txt.html";

/// The words of a file, line by line.
class LineReader {
 public:
  explicit LineReader(const std::string& path) : path_(path), file_(path) {
    if (!file_) throw InputError({path_, 0, {}}, "cannot be read");
  }

  /// Moves to the next line that is not empty; false at the end of the file.
  bool next() {
    words_.clear();
    std::string text;
    while (words_.empty() && std::getline(file_, text)) {
      ++line_;
      std::istringstream stream(text);
      for (std::string word; stream >> word;) words_.push_back(word);
    }
    return !words_.empty();
  }
  /// Moves to the next line, which must begin with `keyword`; the number of values after it.
  std::size_t expect(const std::string& keyword) {
    if (!next()) fail("ends where '" + keyword + "' is expected");
    if (words_[0] != keyword) fail("'" + words_[0] + "' stands where '" + keyword + "' is expected");
    return words_.size() - 1;
  }
  const std::vector<std::string>& words() const { return words_; }
  double number(std::size_t word) const {
    const std::string& text = words_[word];
    const char* const begin = text.data() + (text[0] == '+');
    double value = 0;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
      fail("'" + text + "' is no number");
    }
    return value;
  }
  double positive(std::size_t word) const {
    const double value = number(word);
    if (!(value > 0)) fail("'" + words_[word] + "' is out of range", "use more than 0");
    return value;
  }
  std::size_t whole(std::size_t word, std::size_t least, std::size_t most) const {
    const double value = number(word);
    if (value != std::floor(value) || value < static_cast<double>(least) || value > static_cast<double>(most)) {
      fail("'" + words_[word] + "' is out of range",
           "use a whole number between " + std::to_string(least) + " and " + std::to_string(most));
    }
    return static_cast<std::size_t>(value);
  }
  /// The next n numbers, one or several a line.
  std::vector<double> numbers(std::size_t n, const char* what) {
    std::vector<double> result;
    while (result.size() < n) {
      if (next_word_ == 0 && !next()) fail(std::string("ends within the ") + what);
      for (; next_word_ < words_.size() && result.size() < n; ++next_word_) result.push_back(number(next_word_));
      if (next_word_ == words_.size()) next_word_ = 0;
    }
    return result;
  }
  void expect_end() {
    if (next_word_ != 0 || next()) fail("goes on where it should end", format_hint);
  }
  [[noreturn]] void fail(const std::string& problem, const std::string& suggestion = format_hint) const {
    throw InputError({path_, line_, words_.empty() ? "" : words_[0]}, problem, suggestion);
  }

 private:
  std::string path_;
  std::ifstream file_;
  int line_ = 0;
  std::vector<std::string> words_;
  std::size_t next_word_ = 0;
};

void read_header(LineReader& lines, NepModel& model) {
  if (!lines.next()) lines.fail("is empty");
  const std::string& kind = lines.words()[0];
  if (kind != "nep3" && kind != "nep4" && kind != "nep3_zbl" && kind != "nep4_zbl") {
    lines.fail("'" + kind + "' is not supported", "known: nep3, nep3_zbl, nep4, nep4_zbl");
  }
  const bool zbl = kind.ends_with("_zbl");
  model.version = kind[3] - '0';
  if (lines.words().size() < 3) lines.fail("names no element");
  const std::size_t n = lines.whole(1, 1, 118);
  if (lines.words().size() != n + 2) lines.fail("names another number of elements than it says");
  model.elements.assign(lines.words().begin() + 2, lines.words().end());
  if (!zbl) return;
  const std::size_t given = lines.expect("zbl");
  if (given != 2 && given != 3) lines.fail("has " + std::to_string(given) + " values instead of 2 or 3");
  model.repulsion = {lines.number(1), lines.number(2)};
  if (model.repulsion->outer == 0) lines.fail("a flexible ZBL is not supported", "use a universal or a typewise one");
  if (model.repulsion->inner < 0 || model.repulsion->outer <= model.repulsion->inner) {
    lines.fail("the outer radius must exceed the inner one");
  }
  if (given == 3) model.repulsion->typewise_factor = lines.positive(3);
}

void read_cutoffs(LineReader& lines, NepModel& model) {
  const std::size_t n = model.elements.size();
  const std::size_t given = lines.expect("cutoff");  // and last two numbers of neighbours, which are not needed
  if (given != 2 && given != 4 && given != 2 * n + 2) {
    lines.fail("has " + std::to_string(given) + " values instead of 4 or " + std::to_string(2 * n + 2));
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t first = given == 2 * n + 2 ? 1 + 2 * i : 1;
    model.cutoffs.push_back({lines.positive(first), lines.positive(first + 1)});
    if (model.cutoffs.back().angular > model.cutoffs.back().radial) {
      lines.fail("the angular cut-off exceeds the radial one");
    }
    if (model.cutoffs.back().radial > longest_reach) lines.fail("the radial cut-off exceeds 100 angstrom");
  }
}

void read_shape(LineReader& lines, NepModel& model) {
  if (lines.expect("n_max") != 2) lines.fail("needs 2 values");
  model.radial_functions = lines.whole(1, 0, 64) + 1;
  model.angular_functions = lines.whole(2, 0, 64) + 1;
  if (lines.expect("basis_size") != 2) lines.fail("needs 2 values");
  model.radial_basis = lines.whole(1, 0, 64) + 1;
  model.angular_basis = lines.whole(2, 0, 64) + 1;
  const std::size_t terms = lines.expect("l_max");
  if (terms == 0) lines.fail("needs a value");
  model.largest_l = lines.whole(1, 1, 4);
  model.has_four_body = terms > 1 && lines.whole(2, 0, 2) > 0;
  model.has_five_body = terms > 2 && lines.whole(3, 0, 1) > 0;
  if (model.has_four_body && model.largest_l < 2) lines.fail("q_222 needs terms up to l = 2");
  for (std::size_t term = 4; term <= terms; ++term) {
    if (lines.number(term) != 0) lines.fail("terms beyond q_222 and q_1111 are not supported");
  }
  if (lines.expect("ANN") != 2 || lines.number(2) != 0) lines.fail("needs the number of neurons and 0");
  model.neurons = lines.whole(1, 1, 1000);
}

}  // namespace

NepModel read_nep_file(const std::string& path) {
  LineReader lines(path);
  NepModel model;
  read_header(lines, model);
  read_cutoffs(lines, model);
  read_shape(lines, model);
  const std::size_t n = model.elements.size();
  model.networks.resize(model.version == 3 ? 1 : n);
  for (NepModel::Network& network : model.networks) {
    network.weights = lines.numbers(model.neurons * model.descriptors(), "weights of the network");
    network.thresholds = lines.numbers(model.neurons, "thresholds of the network");
    network.outputs = lines.numbers(model.neurons, "outputs of the network");
  }
  model.bias = lines.numbers(1, "bias")[0];
  model.radial_coefficients = lines.numbers(model.radial_functions * model.radial_basis * n * n, "radial coefficients");
  model.angular_coefficients =
      lines.numbers(model.angular_functions * model.angular_basis * n * n, "angular coefficients");
  model.scalers = lines.numbers(model.descriptors(), "scalers of the descriptors");
  lines.expect_end();
  return model;
}

}  // namespace cardhouse
