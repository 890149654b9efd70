#pragma once
// Cells of a reacting solid, each an integer inventory of pseudo-species: an EventModel for run_kmc.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/carbonize/precursor.hpp"
#include "engine/carbonize/registry.hpp"
#include "engine/carbonize/volatile_transport.hpp"
#include "engine/kinetics/rate_tree.hpp"

namespace cardhouse {

struct ReactionLatticeOptions {
  std::array<std::size_t, 3> cells = {6, 6, 6};
  double cell_edge = 17.5;  ///< [angstrom]
  /// Each cell's inventory is that of this many equal cells, which smooths the counts: a cell of 1.75 nm holds no more
  /// than about fifteen molecules of sucrose. Statistical errors shrink with the square root.
  std::size_t replicas = 20;
};

/// Molecules inside a periodic lattice of cells. Every change moves whole molecules, and
/// initial() == condensed() + dissolved() + in_pores() + escaped() holds exactly at all times.
class ReactionLattice {
 public:
  /// Fills the cells with equal numbers of the precursor's units and draws which cells are open. EXPECTS at least one
  /// unit in a cell. Keeps a copy of what it needs of the precursor.
  ReactionLattice(const Precursor& precursor, const VolatileTransport& transport, const ReactionLatticeOptions& options,
                  Stream& stream);

  /// Recomputes all rates for a temperature [K].
  void set_temperature(double temperature);
  double total_rate() const { return tree_.total(); }  ///< [1/s]
  void fire(Stream& stream);

  std::size_t cell_count() const { return open_.size(); }
  std::int64_t units_per_cell() const { return units_per_cell_; }
  const std::vector<Species>& species() const { return library_.species; }

  Formula initial() const { return initial_; }
  Formula condensed(std::size_t cell) const;  ///< solid and trapped species of one cell
  Formula condensed() const;
  Formula dissolved() const;
  Formula in_pores() const;
  Formula escaped() const;
  std::int64_t escaped(std::size_t species) const { return escaped_[species]; }
  std::int64_t count(std::size_t cell, std::size_t species) const {
    return inventory_[cell * species_count() + species];
  }
  /// Molecules that ever joined the pore of a cell.
  std::int64_t inflated(std::size_t cell) const { return inflated_[cell]; }
  std::uint64_t events(ReactionKind kind) const { return events_[static_cast<std::size_t>(kind)]; }

  /// Stable bridges per cluster of one cell: those at the start and those formed by reactions.
  double crosslinks(std::size_t cell) const;
  /// Share of places for bridges that are joined, at most one.
  double bridging(std::size_t cell) const;
  bool is_gelled(std::size_t cell) const { return gelled_[cell]; }  ///< bridging beyond the Bethe threshold
  bool is_open(std::size_t cell) const { return open_[cell]; }
  const std::vector<bool>& gelled() const { return gelled_; }
  std::array<std::size_t, 3> sides() const { return sides_; }
  std::array<std::size_t, 6> neighbours(std::size_t cell) const;

  /// The sum of all rates recomputed from the inventories, for the test that the tree is never stale.
  double recomputed_total_rate() const;

 private:
  struct Transport {
    double escape = 0;
    double hop = 0;
    double inflate = 0;
    double leak = 0;
    double total() const { return escape + hop + inflate + leak; }
  };
  std::size_t species_count() const { return library_.species.size(); }
  std::int64_t& inventory(std::size_t cell, std::size_t species) {
    return inventory_[cell * species_count() + species];
  }
  bool is_volatile(std::size_t species) const { return library_.species[species].state == SpeciesState::Volatile; }
  bool has_exit(std::size_t cell) const;
  double reaction_rate(std::size_t cell, std::size_t rule) const;
  double sum_of_reactions(std::size_t cell) const;
  Transport transport(std::size_t cell) const;
  void refresh_transport(std::size_t cell);  ///< when no solid or trapped species of the cell changed
  void refresh(std::size_t cell);
  void refresh_all();
  bool update_runnable();

  void record(ReactionKind kind);
  void react(std::size_t cell, const Rule& rule);
  void take(std::size_t cell, std::size_t species, std::int64_t number);
  void add_crosslinks(std::size_t cell, double bridges);
  std::size_t draw_dissolved(std::size_t cell, Stream& stream) const;
  void escape(std::size_t cell, Stream& stream);
  void hop(std::size_t cell, Stream& stream);
  void inflate(std::size_t cell, Stream& stream);
  void leak(std::size_t cell, Stream& stream);
  void burst(std::size_t cell);
  Formula sum_of(const std::vector<std::int64_t>& counts, bool volatiles) const;

  RuleLibrary library_;
  ClusterNetwork network_;
  VolatileTransport transport_;
  std::array<std::size_t, 3> sides_;
  std::int64_t units_per_cell_ = 0;
  double cell_mass_ = 0;  ///< at the start [dalton]
  Formula initial_;
  std::vector<std::int64_t> initial_count_;  ///< per cell, by species
  std::vector<std::size_t> volatiles_;

  std::vector<std::int64_t> inventory_;  ///< [cell, species]; volatiles here are dissolved
  std::vector<std::int64_t> pores_;      ///< [cell, species]
  std::vector<std::int64_t> escaped_;    ///< [species]
  std::vector<std::int64_t> total_;      ///< solid and trapped species over all cells
  std::vector<std::int64_t> dissolved_;  ///< volatile molecules per cell
  std::vector<std::int64_t> in_pore_;    ///< per cell
  std::vector<std::int64_t> inflated_;   ///< per cell, ever
  std::vector<double> formed_;           ///< bridges formed per cell
  std::vector<bool> open_;
  std::vector<bool> gelled_;
  std::array<std::uint64_t, 5> events_{};

  std::vector<double> constants_;  ///< of the rules, per event [1/s]
  std::vector<bool> runnable_;     ///< whether the lattice holds a batch of the rule's reactant
  double hop_ = 0;                 ///< [1/s], and so on
  double escape_ = 0;
  double inflate_ = 0;
  double leak_ = 0;
  std::vector<double> reactive_;  ///< sum of the reaction rates per cell [1/s]
  RateTree tree_;
};

}  // namespace cardhouse
