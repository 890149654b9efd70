#pragma once
// Free molecules on their way through the lattice of cells.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/carbonize/reaction_table.hpp"
#include "engine/carbonize/volatile_transport.hpp"

namespace cardhouse {

/// What walkers see of the lattice; frozen during an interval.
struct WalkMap {
  std::array<std::size_t, 3> sides{};
  std::vector<char> gelled;
  std::vector<char> open;
  std::vector<double> dissolved;  ///< molecules in each cell
  double cell_mass = 0;           ///< of precursor in a cell [dalton]

  std::size_t cells() const { return gelled.size(); }
  std::array<std::size_t, 6> neighbours(std::size_t cell) const;
  /// Open, or beside a cell that is open or has not gelled.
  bool has_exit(std::size_t cell) const;
};

/// Where a molecule is at the end of an interval.
enum class WalkEnd : std::uint8_t { Stays, Escapes, Inflates, Reacts, ReactsOutside };

struct WalkResult {
  WalkEnd end = WalkEnd::Stays;
  std::size_t cell = 0;  ///< where it stays, whose pore it joins, where what it makes is laid down
  std::size_t rule = 0;  ///< as in ReactionTable::outcome(), when it reacts
  std::uint64_t hops = 0;
};

/// Rates of an interval.
class VolatileWalks {
 public:
  VolatileWalks(const VolatileTransport& transport, const ReactionTable& table, const WalkMap& map)
      : transport_(transport), table_(table), map_(map) {}

  void set(const FurnaceConditions& conditions);

  /// Walks one molecule of a species from `cell` for a time [s]: hops, escape from open cells, pores, reactions on the
  /// way, each with its rate, by exponential waits. An escaped molecule spends the atmosphere's residence in the hot
  /// gas, where the same reactions go on; what condenses there is laid down in the cell that it left.
  WalkResult walk(std::size_t species, std::size_t cell, double time, Stream& stream) const;

  /// Chance that a molecule leaks out of a pore within a time [s].
  double leak_chance(double time) const;

 private:
  WalkResult leave(std::size_t species, std::size_t cell, Stream& stream) const;
  double inflate_rate(std::size_t cell) const;

  const VolatileTransport& transport_;
  const ReactionTable& table_;
  const WalkMap& map_;
  double hop_ = 0;  ///< [1/s], and so on
  double escape_ = 0;
  double inflate_ = 0;
  double leak_ = 0;
  double residence_ = 0;  ///< [s]
};

}  // namespace cardhouse
