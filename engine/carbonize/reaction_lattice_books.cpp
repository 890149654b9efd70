// Where every atom of the reaction lattice is.

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/carbonize/reaction_lattice.hpp"

namespace cardhouse {
namespace {

/// Every coefficient has at most six digits behind the point, so that this is a multiple of all denominators.
constexpr std::int64_t common_denominator = 1'000'000;

/// Exact: numbers of molecules are far below 2^53.
template <class Integer>
void sum_over_ranks(std::vector<Integer>& values, const Communicator& ranks) {
  std::vector<double> exact(values.begin(), values.end());
  ranks.sum(exact);
  std::transform(exact.begin(), exact.end(), values.begin(), [](double value) { return static_cast<Integer>(value); });
}

void sum_over_ranks(Formula& formula, const Communicator& ranks) {
  std::vector<std::int64_t> counts;
  for (const Element element : all_elements()) counts.push_back(formula[element]);
  sum_over_ranks(counts, ranks);
  for (std::size_t i = 0; i < counts.size(); ++i) formula[all_elements()[i]] = counts[i];
}

}  // namespace

void ReactionLattice::collect() {
  if (ranks_.size() == 1) return;
  for (auto* array : {&counts_, &pores_, &taken_, &inflated_}) sum_over_ranks(*array, ranks_);
  for (auto* array : {&remainders_, &phases_}) sum_over_ranks(*array, ranks_);
  sum_over_ranks(supplied_, ranks_);
  sum_over_ranks(removed_, ranks_);
  for (std::size_t cell = 0; cell < cell_count(); ++cell) {
    if (cell < begin_ || cell >= end_) clusters_[cell] = 0;
  }
  ranks_.sum(clusters_);
  ranks_.sum(burned_);
  ranks_.sum(rule_events_);
  std::vector<std::int64_t> events(events_.begin(), events_.end());
  sum_over_ranks(events, ranks_);
  std::copy(events.begin(), events.end(), events_.begin());
  begin_ = 0;
  end_ = cell_count();
}

double ReactionLattice::crosslinks(std::size_t cell) const {
  const double clusters = std::max(clusters_[cell], cell_carbon(cell) / 18);
  return clusters > 0 ? static_cast<double>(count(cell, network_.bridges.front().species)) / clusters : 0;
}

double ReactionLattice::bridging(std::size_t cell) const {
  double joined = 0;
  for (const auto& bridge : network_.bridges) joined += static_cast<double>(count(cell, bridge.species));
  return clusters_[cell] > 0 ? std::min(1.0, joined / (clusters_[cell] * network_.coordination)) : 0;
}

Formula ReactionLattice::condensed(std::size_t cell) const {
  Formula sum;
  for (std::size_t s = 0; s < species_.size(); ++s) {
    if (count(cell, s) != 0 && !is_volatile(s)) sum += count(cell, s) * species_[s].formula;
  }
  return sum;
}

Formula ReactionLattice::condensed() const {
  Formula sum;
  for (std::size_t cell = begin_; cell < end_; ++cell) sum += condensed(cell);
  return sum;
}

Formula ReactionLattice::condensed_everywhere() const {
  Formula sum = condensed();
  sum_over_ranks(sum, ranks_);
  return sum;
}

OrderedState ReactionLattice::ordered_state() const {
  std::vector<double> cells(2 * cell_count(), 0.0);
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    cells[2 * cell] = crosslinks(cell) / static_cast<double>(cell_count());
    cells[2 * cell + 1] = static_cast<double>(inflated_[cell]) / supplied_mass_;
  }
  ranks_.sum(cells);
  OrderedState state{condensed_everywhere(), 0, 0};
  for (std::size_t cell = 0; cell < cell_count(); ++cell) {
    state.crosslinks += cells[2 * cell];
    state.pore_gas += cells[2 * cell + 1];
  }
  return state;
}

Formula ReactionLattice::dissolved() const {
  Formula sum;
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    for (const auto s : volatiles_) sum += count(cell, s) * species_[s].formula;
  }
  return sum;
}

Formula ReactionLattice::in_pores() const {
  Formula sum;
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    for (const auto s : volatiles_) sum += in_pore(cell, s) * species_[s].formula;
  }
  return sum;
}

Formula ReactionLattice::escaped() const {
  Formula sum;
  for (const auto s : volatiles_) sum += escaped_[s] * species_[s].formula;
  return sum;
}

Formula ReactionLattice::supplied() const {
  Formula sum = supplied_;
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    for (const auto s : furnace_gases_) sum += taken_[cell * species_.size() + s] * species_[s].formula;
  }
  return sum;
}

Formula ReactionLattice::remainder() const {
  const auto slots = table_.slots();
  std::vector<std::int64_t> parts(slots.size(), 0);  // owed by each slot, in parts of the common denominator
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    for (std::size_t s = 0; s < slots.size(); ++s) {
      const std::size_t i = cell * slots.size() + s;
      parts[s] += (remainders_[i] - phases_[i]) * (common_denominator / slots[s].coefficient.denominator);
    }
  }
  Formula sum;
  for (const Element element : all_elements()) {
    std::int64_t owed = 0;
    for (std::size_t s = 0; s < slots.size(); ++s) {
      owed += (slots[s].taken ? -parts[s] : parts[s]) * species_[slots[s].species].formula[element];
    }
    ENSURES(owed % common_denominator == 0);
    sum[element] = owed / common_denominator;
  }
  return sum;
}

}  // namespace cardhouse
