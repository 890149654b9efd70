#include "engine/carbonize/rule.hpp"

#include <cctype>
#include <numeric>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

bool starts_a_number(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) || c == '.';
}

EquationTerm parse_term(std::string_view text) {
  text = trim(text);
  if (text.empty()) throw InputError("empty term in a reaction", "write it like \"7.3 CHAR + CO2\"");
  if (!starts_a_number(text.front())) return {{1, 1}, std::string(text)};
  const auto gap = text.find_first_of(" \t\n");
  if (gap == std::string_view::npos) {
    throw InputError("no species in the term '" + std::string(text) + "'", "separate number and name by a space");
  }
  return {parse_decimal(text.substr(0, gap)), std::string(trim(text.substr(gap)))};
}

}  // namespace

Decimal parse_decimal(std::string_view text) {
  Decimal value;
  bool after_point = false;
  int digits = 0;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (!std::isdigit(static_cast<unsigned char>(c)) || ++digits > 9) {
      throw InputError("'" + std::string(text) + "' is no coefficient", "write a decimal number like 7.3");
    }
    value.numerator = 10 * value.numerator + (c - '0');
    if (after_point) value.denominator *= 10;
  }
  if (value.numerator == 0) throw InputError("the coefficient '" + std::string(text) + "' must be positive");
  const std::int64_t divisor = std::gcd(value.numerator, value.denominator);
  return {value.numerator / divisor, value.denominator / divisor};
}

std::vector<EquationTerm> parse_equation_side(std::string_view text) {
  std::vector<EquationTerm> terms;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find('+', begin), text.size());
    terms.push_back(parse_term(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return terms;
}

}  // namespace cardhouse
