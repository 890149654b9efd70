#pragma once
// What surrounds the material in a furnace step.

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/deck.hpp"

namespace cardhouse {

struct GasShare {
  std::string gas;
  double share = 0;  ///< of the molecules
};

/// A gas mixture at a pressure. A medium without gases ("vacuum", "water") has an empty mixture; liquid water is the
/// medium of hydrothermal treatment, steam the gas.
struct Atmosphere {
  std::string name = "Ar";  ///< as in the deck; "mixture" for a table
  std::vector<GasShare> gases = {{"Ar", 1}};
  double pressure = 0;     ///< [eV/angstrom^3]
  double residence = 0;    ///< of escaped volatiles in the hot gas [s]
  SourcePlace place = {};  ///< of the deck's key, for whoever refuses it

  /// Molecules of a gas per volume, x p / kT [1/angstrom^3]; 0 for a gas that is not there.
  double concentration(std::string_view gas, double temperature) const;
};

/// Argon, helium and nitrogen: no rule needs to know them.
bool is_inert(std::string_view gas);

/// Reads the keys of a furnace step `atmosphere` ("Ar" when absent; a name or a table of shares that add up to one),
/// `pressure` ("1 atm") and `residence` ("0 s"). "air" is 0.21 O2 and 0.79 N2, "steam" H2O, in mixtures too; any
/// other name is a gas of that name. What `step` leaves out is taken from `defaults`, where given. Throws InputError at
/// the key.
Atmosphere read_atmosphere(const DeckTable& step, const DeckTable* defaults = nullptr);

}  // namespace cardhouse
