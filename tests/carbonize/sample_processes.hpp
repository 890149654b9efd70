#pragma once
// Materials and processes for tests: the shipped ones by deck, and small ones with rules of their own.

#include <string>
#include <utility>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/deck.hpp"
#include "engine/carbonize/carbonize.hpp"

namespace cardhouse::samples {

inline const std::string inputs = CARDHOUSE_SOURCE_DIR "/inputs";

/// What the InputError says that `act` throws.
template <class Act>
std::string message_of(Act act) {
  try {
    act();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

/// The process of a `[carbonize]` table, none of whose keys may be unknown.
inline Process process_of(const std::string& text, const std::string& data_folder = inputs) {
  const Deck deck = Deck::from_text(text, "deck.toml");
  Process process = read_process(deck.root(), data_folder);
  deck.reject_unknown_keys();
  return process;
}

/// One furnace step as text; `more` are further keys.
inline std::string ramp_to(double celsius, const std::string& rate = "5 K/min", const std::string& more = {}) {
  return "[[step]]\ntarget = \"" + std::to_string(celsius) + " degC\"\nrate = \"" + rate + "\"\n" + more + "\n";
}

inline std::string precursor(const std::string& name) {
  return "precursor = \"" + name + "\"\n";
}

inline VolatileTransport shipped_transport() {
  return load_volatile_transport(inputs + "/rules/volatile_transport.toml");
}

/// Every cell is open and lets go at once what it makes.
inline VolatileTransport open_transport() {
  auto transport = shipped_transport();
  transport.escape = {1e12, 0, 0};
  transport.open_fraction = 1;
  return transport;
}

inline CarbonizeOptions options(std::size_t side, std::size_t replicas) {
  CarbonizeOptions chosen;
  chosen.transport = shipped_transport();
  chosen.lattice = {{side, side, side}, 17.5, replicas};
  return chosen;
}

/// Species that the small materials share: WOOD is 162.14 dalton, 597 molecules in a cell of the usual edge and twenty
/// replicas.
inline const std::string species = R"(species = [
  { name = "WOOD", formula = "C6H10O5", state = "solid", source = "estimate: test" },
  { name = "CHAR", formula = "C", state = "solid", source = "estimate: test" },
  { name = "SALT", formula = "K", state = "solid", source = "estimate: test" },
  { name = "DUST", formula = "C6H10O5", state = "solid", source = "estimate: test" },
  { name = "TAR", formula = "C6H10O5", state = "volatile", source = "estimate: test" },
  { name = "H2O", formula = "H2O", state = "volatile", source = "estimate: test" },
  { name = "H2", formula = "H2", state = "volatile", source = "estimate: test" },
  { name = "CO", formula = "CO", state = "volatile", source = "estimate: test" },
  { name = "CO2", formula = "CO2", state = "volatile", source = "estimate: test" },
  { name = "O2", formula = "O2", state = "volatile", source = "estimate: test" },
  { name = "CROSSLINK", state = "network", source = "estimate: test" },
  { name = "BRIDGE", state = "network", source = "estimate: test" },
]
)";

/// A rule as text; `more` are further keys. Without a barrier, so that A is the rate constant at any temperature.
inline std::string rule(const std::string& in, const std::string& out, const std::string& prefactor = "1 1/s",
                        const std::string& more = {}) {
  static int made = 0;
  return "[[rule]]\nid = \"R" + std::to_string(++made) + "\"\nin = \"" + in + "\"\nout = \"" + out + "\"\nA = \"" +
         prefactor + "\"\nE = \"0 eV\"\nsource = \"estimate: test\"\n" + more + "\n";
}

/// Species and rules of a text.
inline RuleLibrary library_of(const std::string& text) {
  const Deck deck = Deck::from_text(text, "rules.toml");
  RuleLibrary library;
  add_rules(library, deck.root());
  deck.reject_unknown_keys();
  return library;
}

using Parts = std::vector<std::pair<std::string, double>>;

/// A material of `parts` at 1.5 g/cm3 with these rules, held at 1000 K for a second in `atmosphere`.
inline Process small_process(const std::string& rules, const Parts& parts = {{"WOOD", 1}},
                             const Atmosphere& atmosphere = {}) {
  Process process;
  Precursor& material = process.material;
  material.library = library_of(species + rules);
  for (const auto& [name, mass] : parts) material.parts.push_back({material.library.find_species(name), mass});
  material.density = from_unit(1.5, "g/cm3") / constants::dalton;
  material.network = {3, 1 / 500.0, {{material.library.find_species("CROSSLINK"), 0}}};
  material.reference.helium_density = {{1000, 1.2}};
  process.start = 1000;
  process.steps = {{"", {}, {}, {{1000, 0, 1, atmosphere}}}};
  return process;
}

/// Molecules of a species in all cells.
inline double total(const ReactionLattice& lattice, const std::string& name) {
  double sum = 0;
  for (std::size_t s = 0; s < lattice.species().size(); ++s) {
    if (lattice.species()[s].name != name) continue;
    for (std::size_t cell = 0; cell < lattice.cell_count(); ++cell) sum += static_cast<double>(lattice.count(cell, s));
  }
  return sum;
}

}  // namespace cardhouse::samples
