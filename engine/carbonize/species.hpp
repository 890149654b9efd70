#pragma once

#include <string>
#include <string_view>

#include "engine/base/deck.hpp"
#include "engine/carbonize/formula.hpp"

namespace cardhouse {

/// Where a pseudo-species lives.
enum class SpeciesState {
  Solid,     ///< precursor, intermediates and char
  Trapped,   ///< gas still bound in the solid ("metaplast" of the CRECK mechanism)
  Volatile,  ///< free molecules: dissolved in a cell, in a pore, or escaped
  Network,   ///< weighs nothing and counts what chemistry does to the structure: bridges, vacancies, pentagons
};

/// A lumped chemical species with an integer formula.
struct Species {
  std::string name;
  Formula formula;  ///< empty for a network species
  SpeciesState state = SpeciesState::Solid;
  std::string source;  ///< DOI, citation with a year, or "estimate: ..."
};

/// Reads `name`, `formula` (not for "network"), `state` ("solid", "trapped", "volatile", "network") and `source`.
/// Throws InputError at the key.
Species read_species(const DeckTable& table);

/// The text of the key `source`: a DOI ("doi:10.1021/..."), a citation with its year, "estimate" with a reason, or
/// "computed" with how it can be computed again. Throws InputError when it is missing or none of these.
std::string read_source(const DeckTable& table);

/// The key `value` of the sub-table `name`, which carries its own `source`, in internal units. Throws InputError when
/// either is missing or the value is not positive.
double read_positive(const DeckTable& parent, std::string_view name, Dimension dimension);

}  // namespace cardhouse
