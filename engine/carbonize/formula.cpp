#include "engine/carbonize/formula.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

bool is_lower(char c) {
  return std::islower(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

Formula& Formula::operator+=(const Formula& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  return *this;
}

Formula& Formula::operator-=(const Formula& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] -= other.counts_[i];
  return *this;
}

Formula operator*(std::int64_t factor, const Formula& formula) {
  Formula result = formula;
  for (auto& count : result.counts_) count *= factor;
  return result;
}

double Formula::mass() const {
  double sum = 0;
  for (const Element element : all_elements()) sum += static_cast<double>((*this)[element]) * standard_mass(element);
  return sum;
}

bool holds_metal(const Formula& formula) {
  constexpr std::array metals = {Element::Na, Element::Mg, Element::Al, Element::K, Element::Ca,
                                 Element::Mn, Element::Fe, Element::Ni, Element::Zn};
  return std::any_of(metals.begin(), metals.end(), [&](Element metal) { return formula[metal] > 0; });
}

Formula parse_formula(std::string_view text) {
  Formula result;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at + 1;
    while (end < text.size() && is_lower(text[end])) ++end;
    const Element element = element_from_symbol(text.substr(at, end - at));
    std::int64_t count = 0;
    const std::size_t digits = end;
    while (end < text.size() && is_digit(text[end]) && end - digits < 6) count = 10 * count + (text[end++] - '0');
    if (end > digits && count == 0) throw InputError("count of zero in formula '" + std::string(text) + "'");
    result[element] += end > digits ? count : 1;
    at = end;
  }
  if (text.empty()) throw InputError("empty formula", "write it like \"C6H6O\"");
  return result;
}

std::string format_formula(const Formula& formula) {
  std::string text;
  for (const Element element : all_elements()) {
    const auto count = formula[element];
    if (count == 0) continue;
    text += symbol(element);
    if (count != 1) text += std::to_string(count);
  }
  return text;
}

}  // namespace cardhouse
