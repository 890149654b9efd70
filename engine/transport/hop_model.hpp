#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/kinetics/rate_groups.hpp"
#include "engine/kinetics/rate_tree.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/transport/hop_bounds.hpp"
#include "engine/transport/hop_census.hpp"

namespace cardhouse {

/// How events are picked; see event_selection.hpp. Groups cost as much as the tree up to 100 000 events and half as
/// much again at a million (benchmarks/README.md): they visit more memory at random. Automatic begins with the tree and
/// goes by choose_selection() once the model knows how many rates an event renews.
enum class Selection { Automatic, Tree, Groups };

/// Groups where an event renews fewer than 1.5 rates on average (most are void) among 50 000 sites or more; else the
/// tree. Measured, rates over 15 decades: with one rate renewed an event groups take 0.9 of the time of the tree among
/// 100 000 events and 1.1 among 10 000, with two or more the tree is faster at every size up to a million.
Selection choose_selection(std::size_t sites, double renewed);

/// Sodium hopping along the links of a network at rate nu exp(-E_a/kT): an EventModel for run_kmc, at constant number.
///
/// A hop is picked by an upper bound of its rate (HopBounds), then carried out with probability rate/bound, else the
/// event is void. Thinning of this kind is exact (Lewis & Shedler 1979, doi:10.1002/nav.3800260304). A bound is renewed
/// when its surroundings leave what it covers, and when it was picked and is HopBounds::loosest times the rate. Most
/// hops lead back and forth over the same ground, where all bounds hold already.
class HopModel {
 public:
  /// A link seen from one of its ends.
  struct Hop {
    std::uint32_t to;
    double barrier;        ///< [eV]
    Vector3 displacement;  ///< [angstrom]
    double rate;           ///< now, zero when it cannot be taken [1/s]
  };
  using ClassPairs = cardhouse::ClassPairs;

  /// The Hamiltonian of `start` must outlive this object and belong to `network`. EXPECTS a positive temperature.
  HopModel(const SiteNetwork& network, const Occupation& start, const HopConditions& conditions,
           Selection selection = Selection::Tree);

  /// Picks by the tree or by groups from here on; Automatic by what has been seen so far. Statistics do not change.
  void select_by(Selection selection);
  Selection selection() const;  ///< in use: Tree or Groups
  /// Of the bounds [1/s].
  double total_rate() const;
  void fire(Stream& stream);

  /// As the samplers know it, O(sites).
  Occupation occupation() const;
  /// Links of a site; rates are those of the sodium there, zero without.
  std::vector<Hop> hops_from(std::size_t site);
  /// Way of each sodium since the start, not wrapped [angstrom].
  std::span<const Vector3> displacements() const { return displacements_; }
  /// Site of each sodium now, in the order of displacements().
  std::vector<std::uint32_t> sites() const;
  std::uint64_t hops() const { return hop_count_; }
  std::uint64_t void_events() const { return void_count_; }
  const HopCensus& census() const { return census_; }
  /// Hops along a link, both ways, since the start. EXPECTS sites that one joins.
  std::uint64_t crossings(std::size_t first, std::size_t second) const;
  /// Rates and bounds of single hops worked out so far.
  std::uint64_t evaluations() const { return bounds_.evaluations(); }
  std::size_t bytes() const;  ///< of memory, the Hamiltonian not counted

 private:
  void reject(std::uint32_t from, std::size_t link, double rate);
  void carry_out(std::uint32_t from, std::size_t link);

  const Hamiltonian* hamiltonian_;
  HopBounds bounds_;
  std::variant<RateTree, RateGroups> selection_;  ///< over sites
  std::vector<std::uint32_t> sodium_at_;
  std::vector<RateUpdate> updates_;
  std::vector<Vector3> displacements_;
  std::uint64_t hop_count_ = 0;
  std::uint64_t void_count_ = 0;
  std::uint64_t renewed_ = 0;             ///< rates of sites, by all events
  std::vector<std::uint32_t> crossings_;  ///< by link of the lattice
  HopCensus census_;
};

}  // namespace cardhouse
