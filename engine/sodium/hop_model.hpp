#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/kinetics/rate_tree.hpp"
#include "engine/sodium/occupation.hpp"

namespace cardhouse {

/// Activation energy of a hop with kinetically resolved barrier `barrier` and energy change `change`,
/// E_a = max(barrier + change/2, change, 0) (Van der Ven 2001, doi:10.1103/PhysRevB.64.184307). Forward and backward
/// differ by `change`, so detailed balance holds whatever the barrier [eV].
double activation_energy(double barrier, double change);

struct HopConditions {
  double temperature = 0;        ///< [K]
  double attempt_frequency = 0;  ///< nu [1/s]
  /// How far a collective energy may drift before the hops that feel it are rebuilt [eV]; zero rebuilds at once.
  double margin = 0;
};

/// Sodium hopping along the links of a network at rate nu exp(-E_a/kT): an EventModel for run_kmc, at constant number.
///
/// After a hop only sodium within reach of its pair terms is visited again. Host electrons and gallery opening reach
/// further: they change the rate of every hop between groups a little. Such hops are kept with an upper bound, the rate
/// for an energy change lower by `margin` per group, which holds while the sum of each group stays within
/// CollectiveGroup::safe_drift; a sodium picked by its bound then hops with probability rate/bound, else the event is
/// void. Thinning of this kind is exact (Lewis & Shedler 1979, doi:10.1002/nav.3800260304).
class HopModel {
 public:
  /// A link seen from one of its ends.
  struct Hop {
    std::uint32_t to;
    int groups;  ///< collective groups whose sum it changes
    double barrier;
    Vector3 displacement;
    Occupation::Coupling coupling;  ///< of its two sites
  };
  using ClassPairs = std::array<std::array<std::uint64_t, site_class_count>, site_class_count>;

  /// The Hamiltonian of `start` must outlive this object and belong to `network`. EXPECTS a positive temperature.
  HopModel(const SiteNetwork& network, Occupation start, const HopConditions& conditions);

  double total_rate() const { return tree_.total(); }  ///< of the bounds [1/s]
  void fire(Stream& stream);

  const Occupation& occupation() const { return state_; }
  std::span<const Hop> hops_from(std::size_t site) const {
    return {hops_.data() + offsets_[site], offsets_[site + 1] - offsets_[site]};
  }
  /// Present rate of a hop from an occupied site; zero when the target is taken or blocked [1/s].
  double rate(std::size_t from, const Hop& hop) const { return rate(from, hop, 0); }
  /// Way of each sodium since the start, not wrapped [angstrom].
  std::span<const Vector3> displacements() const { return displacements_; }
  /// Site of each sodium now, in the order of displacements().
  std::vector<std::uint32_t> sites() const;
  std::uint64_t hops() const { return hop_count_; }
  std::uint64_t void_events() const { return void_count_; }
  const ClassPairs& hops_by_class() const { return by_class_; }  ///< [from][to]

 private:
  void build_hops(const SiteNetwork& network);
  void build_influence();
  double rate(std::size_t from, const Hop& hop, double slack) const;
  double bound(std::size_t from) const;
  void carry_out(std::size_t from, const Hop& hop);
  void refresh(std::size_t from, std::size_t to);
  void refresh_groups(std::size_t site);
  void rebuild_group(std::size_t group);

  Occupation state_;
  HopConditions conditions_;
  double beta_;
  std::vector<Hop> hops_;
  std::vector<std::size_t> offsets_;
  std::vector<std::vector<std::uint32_t>> influence_;  ///< sites whose hops depend on the occupation of a site
  std::vector<std::vector<std::uint32_t>> touching_;   ///< sites with hops that change the sum of a group
  std::vector<double> centres_;                        ///< sum of a group when its hops were last rebuilt
  std::vector<double> reaches_;                        ///< how far the sum may go from there
  RateTree tree_;                                      ///< bound of each site's sodium
  std::vector<std::uint64_t> visited_;                 ///< event of the last visit, so that none is visited twice
  std::vector<double> rates_;                          ///< of the sodium that was picked
  std::vector<std::uint32_t> sodium_at_;
  std::vector<Vector3> displacements_;
  std::uint64_t hop_count_ = 0;
  std::uint64_t void_count_ = 0;
  ClassPairs by_class_{};
};

}  // namespace cardhouse
