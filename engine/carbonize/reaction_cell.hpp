#pragma once
// One cell of the reaction lattice during an interval of constant conditions: an EventModel for run_kmc.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/carbonize/reaction_table.hpp"

namespace cardhouse {

/// The parts of the lattice's arrays that belong to one cell; all by species unless said.
struct CellView {
  std::span<std::int64_t> counts;         ///< solid, trapped, network; dissolved for volatiles
  std::span<std::int64_t> born;           ///< volatiles made in this interval
  std::span<std::int64_t> taken;          ///< from the furnace so far
  std::span<const std::int64_t> initial;  ///< at the start of the process
  std::span<std::int32_t> remainders;     ///< by slot, in parts of the coefficient's denominator
  double* burned = nullptr;               ///< carbon atoms, see RuleOutcome
  double exposure = 1;                    ///< concentration of furnace gases over that outside
};

/// Space that cells use one after another.
struct CellWorkspace {
  std::vector<double> rates;         ///< by rule [1/s]
  std::vector<std::uint64_t> fired;  ///< by rule, of all cells that used it
};

/// Reactions of one cell. total_rate() is exact after every event; only the carbon that catalysts are counted against
/// is that of the interval's begin.
class ReactionCell {
 public:
  ReactionCell(const ReactionTable& table, const CellView& view, double carbon, CellWorkspace& space);

  double total_rate() const { return total_; }  ///< [1/s]
  void fire(Stream& stream);

 private:
  double rate(std::size_t rule) const;
  void sum_rates();

  const ReactionTable& table_;
  CellView view_;
  double carbon_;  ///< atoms in the solid, for catalysts
  CellWorkspace& space_;
  double total_ = 0;
};

/// Makes what an event of the rule makes (free rules follow the others, as in ReactionTable::outcome()).
void carry_out(const ReactionTable& table, std::size_t rule, const CellView& view);

}  // namespace cardhouse
