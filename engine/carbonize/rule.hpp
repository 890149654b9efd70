#pragma once
// Declarative reactions over pseudo-species, balanced exactly in integers.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kinetics/rate_law.hpp"

namespace cardhouse {

/// A positive decimal number held exactly as a reduced fraction.
struct Decimal {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

/// "7.3", ".6" or "12" as an exact fraction. Throws InputError for anything else, for zero, and beyond nine digits.
Decimal parse_decimal(std::string_view text);

/// A coefficient and a name of one side of a reaction.
struct EquationTerm {
  Decimal coefficient;
  std::string species;
};

/// "7.3 CHAR + CO2 + .6 CO": terms separated by '+', a missing coefficient is one. Throws InputError.
std::vector<EquationTerm> parse_equation_side(std::string_view text);

/// One species and how many molecules of it an event makes.
struct Product {
  std::size_t species = 0;
  std::int64_t count = 0;
};

/// A reaction of one pseudo-species. Decimal coefficients are made whole by letting `batch` molecules react at once
/// (the least common denominator), so that an event changes integers only and conserves every element exactly. The rate
/// of events is the law's rate divided by the batch, so that the mean consumption is that of single molecules.
///
/// The law reads -dn/dt = k(T) n0 (n/n0)^order with n0 the reactant's initial number: k is in 1/s at any order (the
/// form of Goldstein, J. Macromol. Sci. A 3 (1969) 649, used by the TACOT ablation test cases).
struct Rule {
  std::string id;
  std::size_t reactant = 0;
  std::int64_t batch = 1;         ///< molecules of the reactant an event consumes
  std::vector<Product> products;  ///< of one event
  RateLaw law;
  double order = 1;
  double onset = 0;       ///< no reaction below this temperature [K]
  double crosslinks = 0;  ///< bridges formed per molecule of the reactant
  std::string source;
};

}  // namespace cardhouse
