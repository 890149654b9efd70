#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/kinetics/rate_groups.hpp"
#include "engine/kinetics/rate_tree.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/transport/hop_bounds.hpp"

namespace cardhouse {

/// How events are picked; see event_selection.hpp. Groups cost as much as the tree up to 100 000 events and half as
/// much again at a million (benchmarks/README.md): they visit more memory at random.
enum class Selection { Tree, Groups };

/// Sodium hopping along the links of a network at rate nu exp(-E_a/kT): an EventModel for run_kmc, at constant number.
///
/// A hop is picked by an upper bound of its rate (HopBounds), then carried out with probability rate/bound, else the
/// event is void. Thinning of this kind is exact (Lewis & Shedler 1979, doi:10.1002/nav.3800260304). A bound is renewed
/// when its surroundings leave what it covers, and when it was picked and is `loosest` times the rate. Most hops lead
/// back and forth over the same ground, where all bounds hold already.
class HopModel {
 public:
  /// A link seen from one of its ends.
  struct Hop {
    std::uint32_t to;
    double barrier;        ///< [eV]
    Vector3 displacement;  ///< [angstrom]
    double rate;           ///< now, zero when it cannot be taken [1/s]
  };
  using ClassPairs = std::array<std::array<std::uint64_t, site_class_count>, site_class_count>;

  /// The Hamiltonian of `start` must outlive this object and belong to `network`. EXPECTS a positive temperature.
  HopModel(const SiteNetwork& network, const Occupation& start, const HopConditions& conditions,
           Selection selection = Selection::Tree);

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
  const ClassPairs& hops_by_class() const { return by_class_; }  ///< [from][to]
  /// Rates and bounds of single hops worked out so far.
  std::uint64_t evaluations() const { return bounds_.evaluations(); }
  std::size_t bytes() const;  ///< of memory, the Hamiltonian not counted

 private:
  static constexpr double loosest = 2;

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
  ClassPairs by_class_{};
};

}  // namespace cardhouse
