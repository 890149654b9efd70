#pragma once
// The rules as a cell uses them: rate constants under the conditions of an interval, and who depends on whom.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/carbonize/rule_library.hpp"
#include "engine/kinetics/atmosphere.hpp"

namespace cardhouse {

/// What a cell feels during an interval.
struct FurnaceConditions {
  double temperature = 0;  ///< [K]
  const Atmosphere* atmosphere = nullptr;
};

/// A running remainder: molecules come whole, the rest is carried from event to event.
struct Slot {
  std::size_t rule = 0;
  std::size_t species = 0;
  Decimal coefficient;
  bool taken = false;  ///< from the furnace, instead of made
};

/// What a rule makes at once and by way of slots.
struct RuleOutcome {
  std::vector<Reactant> whole;  ///< products with whole coefficients
  std::size_t first_slot = 0;
  std::size_t end_slot = 0;
  double burned = 0;  ///< carbon atoms lost by the solid, when a furnace gas or a metal's compound takes them
};

/// Rules that can fire for a material in given atmospheres, with their indices in the library.
class ReactionTable {
 public:
  /// Keeps the rules whose reactants can ever be there, starting from `present` and from what the atmospheres hold.
  ReactionTable(const RuleLibrary& library, std::vector<bool> present, std::span<const Atmosphere> atmospheres);

  void set(const FurnaceConditions& conditions);

  std::span<const Rule> rules() const { return rules_; }            ///< on the solid
  std::span<const Rule> free_rules() const { return free_rules_; }  ///< on free molecules
  const RuleOutcome& outcome(std::size_t rule) const { return outcomes_[rule]; }
  std::span<const Slot> slots() const { return slots_; }
  std::span<const std::size_t> dependents(std::size_t rule) const { return dependents_[rule]; }
  double constant(std::size_t rule) const { return constants_[rule]; }  ///< [1/s], of the leading molecule
  double thermal_energy() const { return thermal_energy_; }             ///< kT [eV]
  /// Whether carbon that is taken leaves a pore: below 500 degC the solid still shrinks into what it loses (estimate).
  bool leaves_pores() const { return leaves_pores_; }
  bool has_catalysts() const { return has_catalysts_; }
  /// Rate constants of the free rules for a molecule of the species, with the rules' indices from rules().size() on.
  struct FreeReaction {
    std::size_t rule = 0;
    double constant = 0;  ///< [1/s]
  };
  std::span<const FreeReaction> free_reactions(std::size_t species) const { return free_reactions_[species]; }

 private:
  void add_outcome(const RuleLibrary& library, const Rule& rule);
  void find_dependents();

  std::vector<Rule> rules_;
  std::vector<Rule> free_rules_;
  std::vector<RuleOutcome> outcomes_;  ///< of rules, then of free rules
  std::vector<Slot> slots_;
  std::vector<std::vector<std::size_t>> dependents_;
  std::vector<SpeciesState> states_;
  std::vector<std::string> names_;
  std::vector<double> constants_;
  std::vector<std::vector<FreeReaction>> free_reactions_;
  double thermal_energy_ = 0;
  bool leaves_pores_ = false;
  bool has_catalysts_ = false;
};

}  // namespace cardhouse
