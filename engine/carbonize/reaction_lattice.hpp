#pragma once
// Cells of a reacting solid, each an integer inventory of pseudo-species.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/carbonize/process.hpp"
#include "engine/carbonize/reaction_cell.hpp"
#include "engine/carbonize/registry.hpp"
#include "engine/carbonize/volatile_transport.hpp"
#include "engine/carbonize/volatile_walks.hpp"

namespace cardhouse {

/// The material when its layers had ordered as far as they ever would: at the end of the hottest stretch. What is done
/// to the finished carbon afterwards moves no layers.
struct OrderedState {
  Formula elements;       ///< solid and trapped
  double crosslinks = 0;  ///< per cluster
  double pore_gas = 0;    ///< molecules that ever joined a closed pore, per dalton supplied so far
};

struct ReactionLatticeOptions {
  std::array<std::size_t, 3> cells = {6, 6, 6};
  double cell_edge = 17.5;  ///< [angstrom]
  /// Each cell's inventory is that of this many equal cells, which smooths the counts: a cell of 1.75 nm holds no more
  /// than about fifteen molecules of sucrose. Statistical errors shrink with the square root.
  std::size_t replicas = 20;
};

/// Molecules inside a periodic lattice of cells. In an interval of constant conditions every cell runs its reactions
/// exactly and by itself (run_kmc), then every free molecule walks for the time it has lived, through gel and openings
/// as they were at the interval's begin. Splitting reaction from transport is the only approximation; it is first order
/// in the interval. Streams belong to (interval, cell), so that results depend on neither ranks nor threads. A rank
/// holds a contiguous range of cells.
///
/// Whole molecules move. What rounding owes is on the books: at all times, summed over ranks,
///   supplied() == condensed() + dissolved() + in_pores() + escaped() + removed() + remainder()
/// holds exactly in every element.
class ReactionLattice {
 public:
  /// Fills the cells with the material's parts and draws which cells are open and how deep in the particle each lies.
  /// Throws InputError when all cells together hold less than one molecule of a part.
  ReactionLattice(const Process& process, const VolatileTransport& transport, const ReactionLatticeOptions& options,
                  std::uint64_t seed, const Communicator& ranks);

  ReactionLattice(const ReactionLattice&) = delete;  // its walkers look at its own map
  ReactionLattice& operator=(const ReactionLattice&) = delete;

  void add(const Addition& addition);  ///< to every cell, in proportion to its condensed mass
  /// From every cell, with the clusters and bridges that go with its carbon (a compound of a metal holds none of them).
  /// What is left has come as far as before: amounts at the start shrink alike.
  void remove(const Removal& removal);
  /// One interval of `time` [s]; `depth` [angstrom] is how far furnace gases have diffused into the particle.
  void advance(const FurnaceConditions& conditions, double time, double depth);
  /// Gives every rank the inventories of all cells. Nothing may be advanced afterwards.
  void collect();

  std::size_t cell_count() const { return map_.cells(); }
  std::array<std::size_t, 3> sides() const { return map_.sides; }
  const std::vector<Species>& species() const { return species_; }
  const ReactionTable& table() const { return table_; }
  double initial_mass() const { return initial_mass_; }  ///< of the precursor in all cells [dalton]
  double cell_mass() const { return map_.cell_mass; }    ///< of the precursor in one cell [dalton]

  /// The same on all ranks at any time.
  std::int64_t escaped(std::size_t species) const { return escaped_[species]; }
  double supplied_mass() const { return supplied_mass_; }  ///< precursor, additions less removals, gases taken up
  bool is_open(std::size_t cell) const { return map_.open[cell] != 0; }
  const WalkMap& map() const { return map_; }
  double mean_bridging() const { return mean_bridging_; }
  OrderedState ordered_state() const;              ///< every rank must call it
  double burned() const { return burned_total_; }  ///< carbon atoms that furnace gases and reagents took
  std::uint64_t events(ReactionKind kind) const { return events_[static_cast<std::size_t>(kind)]; }
  const std::vector<double>& rule_events() const { return rule_events_; }  ///< of table().rules(), then of free rules

  /// Of this rank's cells, or of all after collect().
  std::int64_t count(std::size_t cell, std::size_t species) const { return counts_[cell * species_.size() + species]; }
  std::int64_t in_pore(std::size_t cell, std::size_t species) const { return pores_[cell * species_.size() + species]; }
  std::int64_t inflated(std::size_t cell) const { return inflated_[cell]; }  ///< that ever joined its pore
  /// Per aromatic cluster: the cell's clusters, or one for each 18 carbon atoms of its solid where that is more (Solum
  /// et al., Energy Fuels 3 (1989) 187). A treatment that keeps more carbon in the solid leaves more clusters. Zero in
  /// a cell of which nothing is left.
  double crosslinks(std::size_t cell) const;
  double bridging(std::size_t cell) const;  ///< share of joined places, at most one; zero without clusters
  double depth(std::size_t cell) const { return depth_[cell]; }  ///< below the particle's surface [angstrom]
  Formula condensed(std::size_t cell) const;
  Formula condensed() const;
  Formula condensed_everywhere() const;  ///< over all ranks; every rank must call it
  Formula dissolved() const;
  Formula in_pores() const;
  Formula escaped() const;
  Formula removed() const { return removed_; }
  Formula supplied() const;
  Formula remainder() const;

 private:
  struct Move {
    std::size_t cell = 0;
    std::size_t species = 0;
    WalkEnd end = WalkEnd::Stays;
    std::size_t rule = 0;
  };
  CellView view(std::size_t cell);
  double cell_carbon(std::size_t cell) const;
  void draw_places(double particle_radius, double open_fraction, std::uint64_t seed);
  void fill(const Precursor& material, const ReactionLatticeOptions& options);
  void start_remainders();
  void react(double time);
  std::uint64_t walk_cell(std::size_t cell, double time, std::vector<Move>& moves);  ///< the number of hops
  void leak_cell(std::size_t cell, double time);
  void walk(double time);
  void settle(const Move& move);
  void lose_pore(std::size_t cell);
  void take_out(std::size_t cell, std::size_t species, std::int64_t molecules);
  void lose_clusters(std::size_t cell, double share, Stream& stream);
  void share_moves(std::vector<Move>& moves) const;
  void share_state();
  std::int64_t& at(std::vector<std::int64_t>& array, std::size_t cell, std::size_t species) {
    return array[cell * species_.size() + species];
  }
  /// Whether an interval is long enough against the waking of threads.
  bool is_large() const { return end_ - begin_ >= 512; }
  bool is_volatile(std::size_t species) const { return species_[species].state == SpeciesState::Volatile; }

  std::vector<Species> species_;
  ClusterNetwork network_;
  VolatileTransport transport_;
  Communicator ranks_;
  std::uint64_t seed_;
  std::uint64_t interval_ = 0;
  std::size_t begin_ = 0;  ///< this rank's cells
  std::size_t end_ = 0;
  ReactionTable table_;
  WalkMap map_;
  VolatileWalks walks_;
  std::vector<std::size_t> volatiles_;
  double initial_mass_ = 0;
  double mean_bridging_ = 0;
  double supplied_mass_ = 0;
  double burned_total_ = 0;
  double front_ = 0;                         ///< diffusion length of furnace gases into the particle [angstrom]
  std::vector<std::int64_t> fresh_escapes_;  ///< [species] of this rank in this interval
  std::vector<std::size_t> furnace_gases_;   ///< that rules take up

  std::vector<std::int64_t> counts_;      ///< [cell, species]; volatiles here are dissolved
  std::vector<std::int64_t> born_;        ///< [cell, species] in this interval
  std::vector<std::int64_t> pores_;       ///< [cell, species]
  std::vector<std::int64_t> taken_;       ///< [cell, species]
  std::vector<std::int64_t> start_;       ///< [cell, species]
  std::vector<std::int32_t> remainders_;  ///< [cell, slot]
  std::vector<std::int32_t> phases_;      ///< [cell, slot], the remainders at the start
  std::vector<std::int64_t> inflated_;    ///< [cell]
  std::vector<double> burned_;            ///< [cell]
  std::vector<double> clusters_;          ///< [cell]
  std::vector<double> changed_mass_;      ///< [cell], added less removed [dalton]
  std::vector<double> depth_;             ///< [cell]
  std::vector<std::int64_t> escaped_;     ///< [species]
  Formula supplied_, removed_;
  std::array<std::uint64_t, 5> events_{};
  std::vector<double> rule_events_;
};

}  // namespace cardhouse
