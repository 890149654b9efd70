#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/occupation.hpp"
#include "engine/transport/group_bounds.hpp"
#include "engine/transport/hop_lattice.hpp"
#include "engine/transport/metal_bounds.hpp"

namespace cardhouse {

struct HopConditions {
  double temperature = 0;        ///< [K]
  double attempt_frequency = 0;  ///< nu [1/s]
  /// How far the energy of a site, or what a move changes in a collective energy, may go beyond what it has been before
  /// the bounds that rest on it are renewed [eV]; zero keeps every bound equal to the rate.
  double margin = 0;
  /// Of every link of the network, the largest rate of its slower direction [1/s]; infinite for no cap, none at all
  /// when empty. See activation_energy().
  std::vector<double> caps = {};
};

/// Activation energy of a hop with kinetically resolved barrier `barrier` and energy change `change` [eV],
/// E_a = max(barrier + change/2, change, 0) (Van der Ven 2001, doi:10.1103/PhysRevB.64.184307). Forward and backward
/// differ by `change`, so detailed balance holds whatever the barrier.
///
/// With a `floor` the slower of the two ways has at least that activation energy, and the other is raised by as much:
/// E_a = max(barrier + |change|/2, |change|, floor) + min(change, 0) = max(barrier + change/2, change, 0,
/// floor + min(change, 0)). What cycles fast between two configurations is slowed, both ways by the same factor, so
/// that equilibrium is untouched; whatever is slower in one of its ways keeps its rate. The idea of scaling fast
/// processes that are in equilibrium is that of Chatterjee & Voter 2010 (doi:10.1063/1.3409606) and Dybeck, Plaisance &
/// Neurock 2017 (doi:10.1021/acs.jctc.6b00859). E_a never falls as `change` rises, so that bounds of rates stay bounds.
double activation_energy(double barrier, double change, double floor = 0);

/// The floor that makes `cap` the largest rate of the slower way: kT ln(nu/cap), zero when the cap is above nu [eV].
/// EXPECTS cap > 0.
double floor_of(const HopConditions& conditions, double cap);

/// Occupation of a HopLattice, the rates of its hops, and a bound on each that outlives many events.
///
/// Each site remembers what it has been: the highest energy that sodium found there (as a place to leave), the lowest
/// that it offered (as a place to go to), whether it was open, and its metal surroundings (MetalBounds). A collective
/// sum has a range. The bound of a hop is its rate if each of these were at its worst, so that it holds until one of
/// them leaves what is remembered: only then is it renewed. Sodium that rattles brings its neighbours to where they
/// have been before and costs them nothing. tighten() goes back to the present where a bound has become too loose.
///
/// Most hops are slow: together they hardly ever happen, so that loose bounds cost little. A hop is slow when its bound
/// is below the mean of all links of sodium at the start even if it covers, far beyond what is remembered, a wide range
/// of its surroundings. Such bounds are renewed only when that range is left.
///
/// Bounds of vacant sites, for sodium that may come back, are kept until something overtakes them. Sites are numbered
/// as in the lattice. Rates below 1e-38 1/s count as zero.
class HopBounds {
 public:
  static constexpr double loosest = 4;  ///< bound over rate that is kept after a void event

  HopBounds(const SiteNetwork& network, const Occupation& start, const HopConditions& conditions);

  const HopLattice& lattice() const { return lattice_; }
  bool is_occupied(std::size_t site) const { return sites_[site].occupied; }
  /// Upper bounds of the rates of the links of an occupied site [1/s].
  std::span<const float> bounds(std::size_t site) const {
    return {bounds_.data() + lattice_.first_link(site), lattice_.barriers(site).size()};
  }
  double total(std::size_t site) const;  ///< their sum
  /// Present rate of a link of an occupied site [1/s].
  double rate(std::size_t site, std::size_t link);
  /// Moves sodium and renews what has to be renewed. Returns the sites whose total is another one, each once, not
  /// `from` but `to`; valid until the next call.
  std::span<const std::uint32_t> move(std::size_t from, std::size_t to);

  /// Sodium that comes to a site or leaves it, and a step of a collective sum.
  struct Filling {
    std::uint32_t site;
    bool occupied;
  };
  struct GroupStep {
    std::uint32_t group;
    double step;
  };
  /// What happens at once, here or in the rest of a network of which this is a part; the sums of groups follow the
  /// sites filled here by themselves. Returns as move() does. EXPECTS each site once, and that it changes.
  std::span<const std::uint32_t> change(std::span<const Filling> fillings, std::span<const GroupStep> steps);
  /// Renews the bound of a link of an occupied site after forgetting what its two ends have been: their energies first,
  /// their metal surroundings, on which more bounds rest, only if that does not help and not every time. Bounds of slow
  /// hops stay unless they make many events void.
  void tighten(std::size_t site, std::size_t link);

  std::uint64_t evaluations() const { return evaluations_; }  ///< of rates, present or bounds
  std::size_t bytes() const;

 private:
  struct Site {
    std::int64_t energy = 0;       ///< of sodium here, but for metal and groups
    std::int64_t lowest = 0;       ///< remembered as a place to go to
    std::int64_t highest = 0;      ///< remembered as a place to leave
    std::int64_t wide_lowest = 0;  ///< covered by the bounds of slow hops
    std::int64_t wide_highest = 0;
    std::uint32_t stale =
        all_links;               ///< links whose bounds are overtaken, one bit each, the last for all from there on
    std::uint32_t quick = 0;     ///< links whose bounds cover what is remembered, the others cover a wide range
    std::uint32_t quick_in = 0;  ///< likewise the ways back along them
    std::uint8_t blocked = 0;    ///< occupied sites that exclude it
    std::uint8_t least_blocked = 0;
    Overtaken spread = Overtaken::None;  ///< which links that lead to it are stale
    bool occupied : 1 = false;
    bool was_vacant : 1 = true;
    bool listed : 1 = false;  ///< among those to be renewed
  };
  static constexpr double group_allowance = 5;  ///< of a move's collective energy, in margins
  static constexpr std::uint32_t all_links = 0xffffffff;
  static constexpr std::uint32_t shared_bit = 0x80000000;
  static constexpr int wide_margins = 5;    ///< what bounds of slow hops allow for, in margins
  static constexpr double loosened = 0.7;   ///< bound over the one before that is worth having forgotten
  static constexpr int metal_patience = 8;  ///< metal surroundings are forgotten every so many times they are too wide
  static std::uint32_t bit(std::size_t link) { return std::uint32_t{1} << (link < 31 ? link : 31); }

  void occupy(std::size_t site);
  void set_floors(const SiteNetwork& network);
  template <Cover C>
  bool is_open(std::uint32_t to, bool exclude) const;
  template <Cover C>
  double exponent(std::size_t from, std::size_t link);
  void scatter(std::size_t site, int sign);
  void settle(std::size_t site);
  void settle_exactly(std::size_t site);
  void settle_group(std::size_t group);
  void settle_metal();
  void add_to_groups(std::size_t site, double sign);
  void overtake(std::size_t site, std::uint32_t links);
  void overtake(std::size_t site, Overtaken which);
  void overtake_links_to(std::size_t site, Overtaken which);
  void renew();
  void collect(std::uint32_t site);
  double choose_exponent(std::uint32_t from, std::size_t link);
  void set_slow();
  bool tolerates(std::size_t site, std::size_t link);

  const Hamiltonian* hamiltonian_;
  HopLattice lattice_;
  HopConditions conditions_;
  double beta_;
  std::int64_t margin_;  ///< in units of the lattice
  bool exact_;
  MetalBounds metal_;
  GroupBounds collective_;
  std::vector<Site> sites_;
  std::vector<float> bounds_;              ///< of every link
  std::vector<float> floors_;              ///< of their activation energies [eV]; empty without caps
  std::vector<std::uint32_t> candidates_;  ///< sites that may have left what they remember
  std::vector<std::uint32_t> stale_;       ///< sites with stale links
  std::vector<std::uint32_t> spread_;
  std::vector<std::uint32_t> renewed_;
  std::vector<std::uint32_t> arrived_;  ///< filled sites whose bounds hold
  std::vector<std::size_t> places_;     ///< of bounds that are worked out together
  std::vector<double> exponents_;       ///< and the logarithms of their rates
  double slow_ = -1e300;                ///< logarithm of the rate, in attempts, up to which hops are slow
  std::uint64_t slow_voids_ = 0;        ///< void events of slow hops, and all events, since they were last compared
  std::uint64_t events_ = 0;
  std::uint64_t wide_metal_ = 0;  ///< how often metal surroundings were too wide
  std::uint64_t evaluations_ = 0;
};

}  // namespace cardhouse
