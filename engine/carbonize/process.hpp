#pragma once
// What is done to a material, in order: treatments and furnace steps, all read from data.

#include <string>
#include <vector>

#include "engine/carbonize/precursor.hpp"
#include "engine/carbonize/structure_response.hpp"
#include "engine/kinetics/temperature_programme.hpp"

namespace cardhouse {

/// Mass of a species mixed in, per mass of what is solid or trapped then.
struct Addition {
  std::size_t species = 0;
  double mass = 0;
};

/// Share of a species' molecules washed or dissolved out.
struct Removal {
  std::size_t species = 0;
  double share = 0;
};

/// Something that a treatment hands to later stages: a coating, groups on the surface, sodium put in beforehand.
struct HandedState {
  std::string name;
  double value = 0;  ///< in `unit`
  std::string unit;
  std::string meaning;
  std::string source;
};

/// One entry of the deck's `step`: what changes at its beginning, and the furnace steps that follow.
struct ProcessStep {
  std::string treatment;  ///< empty for a plain furnace step
  std::vector<Addition> additions;
  std::vector<Removal> removals;
  std::vector<TemperatureStep> furnace;
};

/// A material and everything that happens to it.
struct Process {
  Precursor material;
  double start = 0;            ///< [K]
  double particle_radius = 0;  ///< [angstrom]; 0: so fine that furnace gases are everywhere at once
  std::vector<ProcessStep> steps;
  std::vector<StructureResponse> responses;
  std::vector<HandedState> states;

  /// All furnace steps one after another. EXPECTS that they take time, which read_process() assures.
  TemperatureProgramme programme() const;
};

/// Reads a `[carbonize]` table: `precursor`, `ash`, `start` ("25 degC"), `particle` (a diameter), `rules` (files of the
/// user's own, from the folder of the deck) and the array `step`, each either a furnace step, a `joule` pulse, or a
/// `treatment` with `amount` and whatever furnace keys should differ from those of its file; inputs/FORMAT.md has the
/// grammar. A `joule` pulse or a step with `flash = true` needs a feed that conducts: see conductivity(). What `table`
/// leaves out is taken from `defaults`, where given. Throws InputError naming file, line and key.
Process read_process(const DeckTable& table, const std::string& data_folder, const DeckTable* defaults = nullptr);

/// Conductivity of a char [S/m] that has been ordered as by two hours at a temperature [K]: straight lines in its
/// logarithm from 1e-6 S/m at 500 degC through 1 at 575 and 1e2 at 700 to 1e4 at 900 and above (estimate: the insulator
/// to conductor transition of chars; Mrozowski 1952, Phys. Rev. 85, 609, has the shape).
double conductivity(double equivalent_temperature);

/// What flash Joule heating needs [S/m] (estimate: 100 V over a centimetre then drive 1 A through a square centimetre).
inline constexpr double least_conductivity = 1;

}  // namespace cardhouse
