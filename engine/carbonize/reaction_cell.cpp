#include "engine/carbonize/reaction_cell.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {
namespace {

double real(std::int64_t count) {
  return static_cast<double>(count);
}

}  // namespace

ReactionCell::ReactionCell(const ReactionTable& table, const CellView& view, double carbon, CellWorkspace& space)
    : table_(table), view_(view), carbon_(carbon), space_(space) {
  space_.rates.resize(table_.rules().size());
  space_.fired.resize(table_.rules().size(), 0);
  for (std::size_t r = 0; r < space_.rates.size(); ++r) space_.rates[r] = rate(r);
  sum_rates();
}

void ReactionCell::sum_rates() {
  total_ = 0;
  for (const double value : space_.rates) total_ += value;
}

double ReactionCell::rate(std::size_t r) const {
  const double constant = table_.constant(r);
  if (constant == 0) return 0;
  const Rule& rule = table_.rules()[r];
  for (const auto& reactant : rule.reactants) {
    if (view_.counts[reactant.species] < reactant.count) return 0;
  }
  const Reactant& lead = rule.reactants.front();
  const double n = real(view_.counts[lead.species]);
  double result = constant * n / real(lead.count);
  if (rule.order != 1 || rule.spread > 0) {
    const double initial = std::max(1.0, real(view_.initial[lead.species]));
    if (rule.order != 1) result *= std::pow(n / initial, rule.order - 1);
    if (rule.spread > 0) result *= std::exp(-barrier_shift(rule.spread, 1 - n / initial) / table_.thermal_energy());
  }
  if (rule.gas) result *= std::pow(view_.exposure, rule.gas->order);
  if (rule.catalyst && carbon_ > 0) {
    const double share = real(view_.counts[rule.catalyst->species]) / carbon_;
    result *= 1 + rule.catalyst->strength * std::max(0.0, share - rule.catalyst->from);
  }
  return result;
}

void ReactionCell::fire(Stream& stream) {
  double target = stream.uniform() * total_;
  const auto& rates = space_.rates;
  std::size_t chosen = rates.size();
  for (std::size_t r = 0; r < rates.size(); ++r) {
    if (rates[r] == 0) continue;
    chosen = r;
    if ((target -= rates[r]) < 0) break;
  }
  for (const auto& reactant : table_.rules()[chosen].reactants) view_.counts[reactant.species] -= reactant.count;
  carry_out(table_, chosen, view_);
  ++space_.fired[chosen];
  for (const auto r : table_.dependents(chosen)) space_.rates[r] = rate(r);
  sum_rates();
}

void carry_out(const ReactionTable& table, std::size_t rule, const CellView& view) {
  const RuleOutcome& outcome = table.outcome(rule);
  for (const auto& made : outcome.whole) {
    view.counts[made.species] += made.count;
    view.born[made.species] += made.count;
  }
  for (std::size_t s = outcome.first_slot; s < outcome.end_slot; ++s) {
    const Slot& slot = table.slots()[s];
    const std::int64_t parts = view.remainders[s] + slot.coefficient.numerator;
    const std::int64_t whole = parts / slot.coefficient.denominator;
    view.remainders[s] = static_cast<std::int32_t>(parts - whole * slot.coefficient.denominator);
    if (slot.taken) {
      view.taken[slot.species] += whole;
    } else {
      view.counts[slot.species] += whole;
      view.born[slot.species] += whole;
    }
  }
  if (table.leaves_pores()) *view.burned += outcome.burned;
}

}  // namespace cardhouse
