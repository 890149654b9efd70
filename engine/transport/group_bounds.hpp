#pragma once

#include <cstdint>
#include <vector>

#include "engine/sodium/hamiltonian.hpp"
#include "engine/transport/cover.hpp"
#include "engine/transport/hop_lattice.hpp"

namespace cardhouse {

/// The collective energies of hops (CollectiveGroup), as they are and as lower bounds over ranges of the sums.
///
/// A range takes in the sums that sodium going back and forth brings about, and starts afresh when it has become wide,
/// at once in a small group, in which a single sodium changes the slope by more than the bounds can bear. The cost of a
/// step, per unit of the sum, is the mean slope of F over it. F' is monotonic (CollectiveGroup): so is this mean in the
/// sum and in the size of the step, and its extremes are at the ends of both.
class GroupBounds {
 public:
  /// `allowance`: what a range may change in the energy of a move, `wide` the same of the wide one; both zero keep
  /// every bound equal to the energy [eV]. All groups are empty. The Hamiltonian must outlive this object.
  GroupBounds(const HopLattice& lattice, const Hamiltonian& hamiltonian, double allowance, double wide);

  void add(std::size_t group, double step);
  void begin();  ///< lets all ranges begin at the present sums
  /// Which bounds the present sum of a group has overtaken, of the hops from sites(group).
  Overtaken settle(std::size_t group);
  /// Sites with hops that change the sum of a group.
  const std::vector<std::uint32_t>& sites(std::size_t group) const { return sites_[group]; }
  /// Energy of moving sodium between sites with these shares; a lower bound of it unless C is Cover::Present [eV].
  template <Cover C>
  double change(const Hamiltonian::Memberships& left, const Hamiltonian::Memberships& right) const;
  std::size_t bytes() const;

 private:
  struct Range {
    double lowest = 0;
    double highest = 0;
    double gain = 0;     ///< least energy of adding to a sum among them, per unit
    double loss = 0;     ///< most energy won by taking away, per unit
    bool steep = false;  ///< both are too far apart to bound a whole step with them
    bool covers(double sum) const { return sum >= lowest && sum <= highest; }
  };
  struct Group {
    double sum = 0;
    double energy = 0;  ///< F(sum) [eV]
    Range remembered;
    Range wide;
  };
  template <Cover C>
  double cost(std::int32_t group, double step) const;
  void extend(std::size_t group, Range& range, double allowance) const;

  const Hamiltonian* hamiltonian_;
  double allowance_;
  double wide_;
  std::vector<Group> groups_;
  std::vector<std::vector<std::uint32_t>> sites_;
};

}  // namespace cardhouse
