#include "engine/carbonize/reaction_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

bool offers(std::span<const Atmosphere> atmospheres, const std::string& gas) {
  return std::any_of(atmospheres.begin(), atmospheres.end(), [&](const Atmosphere& atmosphere) {
    return std::any_of(atmosphere.gases.begin(), atmosphere.gases.end(),
                       [&](const GasShare& entry) { return entry.gas == gas && entry.share > 0; });
  });
}

bool can_fire(const Rule& rule, const RuleLibrary& library, const std::vector<bool>& present,
              std::span<const Atmosphere> atmospheres) {
  const bool medium = rule.medium.empty() || std::any_of(atmospheres.begin(), atmospheres.end(),
                                                         [&](const auto& other) { return other.name == rule.medium; });
  const bool gas = !rule.gas || offers(atmospheres, library.species[rule.gas->species].name);
  return medium && gas && std::all_of(rule.reactants.begin(), rule.reactants.end(), [&](const Reactant& reactant) {
           return present[reactant.species];
         });
}

/// Whether a compound of a metal meets carbon that is not its own. A carbonate or a gluconate that falls apart by
/// itself takes none.
bool is_reagent_attack(const Rule& rule, const RuleLibrary& library) {
  bool metal = false;
  bool carbon = false;
  for (const auto& reactant : rule.reactants) {
    const Formula& formula = library.species[reactant.species].formula;
    metal = metal || holds_metal(formula);
    carbon = carbon || (formula[Element::C] > 0 && !holds_metal(formula));
  }
  return metal && carbon;
}

double carbon_change(const Rule& rule, const RuleLibrary& library) {
  double change = 0;
  const auto carbon = [&](std::size_t species) {
    const Species& entry = library.species[species];
    return entry.state == SpeciesState::Volatile ? 0.0 : static_cast<double>(entry.formula[Element::C]);
  };
  for (const auto& reactant : rule.reactants) change += static_cast<double>(reactant.count) * carbon(reactant.species);
  for (const auto& product : rule.products) {
    change -= static_cast<double>(product.coefficient.numerator) /
              static_cast<double>(product.coefficient.denominator) * carbon(product.species);
  }
  return change;
}

}  // namespace

ReactionTable::ReactionTable(const RuleLibrary& library, std::vector<bool> present,
                             std::span<const Atmosphere> atmospheres)
    : free_reactions_(library.species.size()) {
  for (const auto& species : library.species) {
    states_.push_back(species.state);
    names_.push_back(species.name);
  }
  std::vector<bool> kept(library.rules.size(), false);
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t r = 0; r < kept.size(); ++r) {
      if (kept[r] || !can_fire(library.rules[r], library, present, atmospheres)) continue;
      kept[r] = grown = true;
      for (const auto& product : library.rules[r].products) present[product.species] = true;
    }
  }
  for (std::size_t r = 0; r < kept.size(); ++r) {
    if (!kept[r]) continue;
    const Rule& rule = library.rules[r];
    const bool free = states_[rule.reactants.front().species] == SpeciesState::Volatile;
    (free ? free_rules_ : rules_).push_back(rule);
    has_catalysts_ = has_catalysts_ || rule.catalyst;
  }
  for (const auto& rule : rules_) add_outcome(library, rule);
  for (const auto& rule : free_rules_) add_outcome(library, rule);
  find_dependents();
  constants_.assign(rules_.size(), 0);
}

void ReactionTable::add_outcome(const RuleLibrary& library, const Rule& rule) {
  RuleOutcome outcome;
  outcome.first_slot = slots_.size();
  for (const auto& product : rule.products) {
    if (product.coefficient.denominator == 1) {
      outcome.whole.push_back({product.species, product.coefficient.numerator});
    } else {
      slots_.push_back({outcomes_.size(), product.species, product.coefficient, false});
    }
  }
  if (rule.gas && rule.gas->taken) slots_.push_back({outcomes_.size(), rule.gas->species, *rule.gas->taken, true});
  outcome.end_slot = slots_.size();
  if (rule.gas || is_reagent_attack(rule, library)) outcome.burned = carbon_change(rule, library);
  outcomes_.push_back(std::move(outcome));
}

void ReactionTable::find_dependents() {
  dependents_.resize(rules_.size());
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const auto changes = [&](std::size_t species) {
      const auto made = [&](const Product& product) { return product.species == species; };
      const auto used = [&](const Reactant& reactant) { return reactant.species == species; };
      return std::any_of(rules_[r].products.begin(), rules_[r].products.end(), made) ||
             std::any_of(rules_[r].reactants.begin(), rules_[r].reactants.end(), used);
    };
    for (std::size_t other = 0; other < rules_.size(); ++other) {
      const auto& reactants = rules_[other].reactants;
      const auto& catalyst = rules_[other].catalyst;
      const bool touched = std::any_of(reactants.begin(), reactants.end(),
                                       [&](const Reactant& reactant) { return changes(reactant.species); });
      if (touched || (catalyst && changes(catalyst->species))) dependents_[r].push_back(other);
    }
  }
}

void ReactionTable::set(const FurnaceConditions& conditions) {
  static const double molar = from_unit(1, "mol/cm3");
  const double temperature = conditions.temperature;
  const Atmosphere& atmosphere = *conditions.atmosphere;
  thermal_energy_ = constants::boltzmann * temperature;
  leaves_pores_ = temperature >= 500 + constants::ice_point;
  const auto constant = [&](const Rule& rule) {
    if (temperature < rule.onset || temperature > rule.ceiling) return 0.0;
    if (!rule.medium.empty() && rule.medium != atmosphere.name) return 0.0;
    double k = rule.law.at(temperature);
    if (rule.gas)
      k *= std::pow(atmosphere.concentration(names_[rule.gas->species], temperature) / molar, rule.gas->order);
    return k;
  };
  for (std::size_t r = 0; r < rules_.size(); ++r) constants_[r] = constant(rules_[r]);
  for (auto& entries : free_reactions_) entries.clear();
  for (std::size_t r = 0; r < free_rules_.size(); ++r) {
    free_reactions_[free_rules_[r].reactants.front().species].push_back({rules_.size() + r, constant(free_rules_[r])});
  }
}

}  // namespace cardhouse
