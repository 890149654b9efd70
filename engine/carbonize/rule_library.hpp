#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/deck.hpp"
#include "engine/carbonize/rule.hpp"
#include "engine/carbonize/species.hpp"

namespace cardhouse {

/// Species and the rules over them. Indices into `species` are what rules and inventories use.
struct RuleLibrary {
  std::vector<Species> species;
  std::vector<Rule> rules;

  /// Index of the species; throws InputError at `place` with the nearest name.
  std::size_t find_species(std::string_view name, const SourcePlace& place = {}) const;
};

/// Adds the tables `species` and `rule` of a file to the library. A rule reads
///
///     [[rule]]
///     id = "S1"
///     in = "SUCROSE"
///     out = "CARAMEL + 3 H2O"
///     A = "1.58e8 1/s"                # times (T/K)^n
///     E = "105 kJ/mol"
///     n = 0                           # optional, 0
///     order = 1                       # optional, 1
///     onset = "333 K"                 # optional, none
///     effect = { crosslink = 0.1 }    # optional, bridges per molecule of the reactant
///     source = "doi:..., or estimate: why"
///
/// Throws InputError naming file, line and rule when a species is unknown or declared twice, when a rule's id repeats,
/// when a source is missing, when a coefficient has more than three decimals, and when any element is not balanced
/// exactly (with the element and by how much).
void add_rules(RuleLibrary& library, const DeckTable& root);

/// A library of one file and nothing else; unknown keys are errors.
RuleLibrary load_rules(const std::string& path);

}  // namespace cardhouse
