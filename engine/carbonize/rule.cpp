#include "engine/carbonize/rule.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
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

/// Newton's method on erf from the rational start of Winitzki (2008, "A handy approximation for the error function").
double inverse_error_function(double y) {
  const double l = std::log(1 - y * y);
  const double a = 2 / (std::numbers::pi * 0.147) + l / 2;
  double x = std::copysign(std::sqrt(std::sqrt(a * a - l / 0.147) - a), y);
  for (int i = 0; i < 3; ++i) x -= (std::erf(x) - y) * std::sqrt(std::numbers::pi) / 2 * std::exp(x * x);
  return x;
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
  int decimals = 0;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (!std::isdigit(static_cast<unsigned char>(c)) || ++digits > 9) {
      throw InputError("'" + std::string(text) + "' is no coefficient", "write a decimal number like 7.3");
    }
    value.numerator = 10 * value.numerator + (c - '0');
    if (!after_point) continue;
    value.denominator *= 10;
    if (++decimals > 6) {
      throw InputError("the coefficient '" + std::string(text) + "' has more than six digits behind the point");
    }
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

double barrier_shift(double spread, double conversion) {
  return std::sqrt(2.0) * spread * inverse_error_function(2 * std::clamp(conversion, 0.001, 0.999) - 1);
}

}  // namespace cardhouse
