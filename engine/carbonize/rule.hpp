#pragma once
// Declarative reactions over pseudo-species, balanced exactly in integers.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kinetics/rate_law.hpp"

namespace cardhouse {

/// A positive decimal number held exactly as a reduced fraction.
struct Decimal {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// "7.3", ".6" or "12" as an exact fraction. Throws InputError for anything else, for zero, beyond nine digits in all
/// and beyond six behind the point.
Decimal parse_decimal(std::string_view text);

/// A coefficient and a name of one side of a reaction.
struct EquationTerm {
  Decimal coefficient;
  std::string species;
};

/// "7.3 CHAR + CO2 + .6 CO": terms separated by '+', a missing coefficient is one. Throws InputError.
std::vector<EquationTerm> parse_equation_side(std::string_view text);

/// How many molecules of a species an event takes from its cell.
struct Reactant {
  std::size_t species = 0;
  std::int64_t count = 1;
};

/// How many molecules of a species an event makes, on average. Whole ones are made, and what is left over is carried
/// to the next event of the same cell, so that the mean is exact and every atom is accounted for.
struct Product {
  std::size_t species = 0;
  Decimal coefficient;
};

/// A gas of the furnace that enters a rate, and how much of it an event takes up.
struct FurnaceGas {
  std::size_t species = 0;
  std::optional<Decimal> taken;  ///< none: it only speeds the reaction
  double order = 1;
};

/// Speeds a reaction by 1 + strength * max(0, molecules per carbon atom of the cell's solid - from).
struct Catalyst {
  std::size_t species = 0;
  double strength = 0;
  double from = 0;
};

/// A reaction of a cell. With n molecules of the first reactant, n0 at the start, their number falls by
///   k n0 (n/n0)^order,  k = A T^n exp(-E(x)/kT) (C / (1 mol/cm3))^gas_order (1 + catalysis),
///   E(x) = E + sqrt(2) spread erfinv(2x - 1),  x = 1 - n/n0,
/// per time: k is in 1/s at any order (the form of Goldstein, J. Macromol. Sci. A 3 (1969) 649), and the barrier's
/// spread over conversion is that of the CPD model (Fletcher et al. 1992, doi:10.1021/ef00034a011).
struct Rule {
  std::string id;
  std::vector<Reactant> reactants;  ///< all in one cell; the first one leads
  std::vector<Product> products;
  std::optional<FurnaceGas> gas;
  std::optional<Catalyst> catalyst;
  RateLaw law;
  double order = 1;
  double spread = 0;                                         ///< [eV]
  double onset = 0;                                          ///< no reaction below [K]
  double ceiling = std::numeric_limits<double>::infinity();  ///< nor above [K]
  std::string medium;                                        ///< name of the only atmosphere it acts in; empty: any
  std::string source;
  std::string library;  ///< file it stands in
  bool own = false;     ///< from a file outside the shipped libraries: told when it never fires
};

/// E(x) - E of a spread barrier; x is kept within [0.001, 0.999].
double barrier_shift(double spread, double conversion);

}  // namespace cardhouse
