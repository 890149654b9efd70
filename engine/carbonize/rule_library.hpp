#pragma once

#include <set>
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
  std::set<std::string> loaded;  ///< names of the library files read so far

  /// Index of the species; throws InputError at `place` with the nearest name.
  std::size_t find_species(std::string_view name, const SourcePlace& place = {}) const;
};

/// Adds the arrays `species` and `rule` of a table to the library; inputs/FORMAT.md is the grammar. Throws InputError
/// naming file, line and rule when a species is unknown or declared twice, when a rule's id repeats, when a source or
/// a unit is missing, a barrier or prefactor is negative, and when any element is not balanced exactly (with the
/// element and by how much).
void add_rules(RuleLibrary& library, const DeckTable& root);

/// Adds the library `name` of `folder` (or, when the name ends in ".toml", the file of that path) and first of all
/// those that its key `needs` names; one that was read before is not read again. Throws InputError, at `place` when
/// there is no such library, and where libraries need each other.
void load_library(RuleLibrary& library, const std::string& name, const std::string& folder, const SourcePlace& place);

}  // namespace cardhouse
