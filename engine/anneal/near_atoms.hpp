#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/anneal/carbon_network.hpp"

namespace cardhouse {

/// For every atom those that may be closer than a reach, kept up to date while single atoms move. Lists are made for
/// reference positions, with a slack: an atom is listed anew only once it has moved by more than half the slack.
class NearAtoms {
 public:
  /// EXPECTS positive lengths [angstrom].
  NearAtoms(const CarbonNetwork& network, double reach, double slack);

  /// A superset of the atoms closer than the reach, in no particular order.
  std::span<const std::uint32_t> of(std::uint32_t atom) const { return lists_[atom]; }
  /// Tells that an atom moved. O(1) unless it moved far.
  void follow(const CarbonNetwork& network, std::uint32_t atom);
  void remove(std::uint32_t atom);
  /// Takes up an atom that was removed.
  void restore(const CarbonNetwork& network, std::uint32_t atom) { enlist(network, atom); }

 private:
  std::size_t bin_of(const Cell& cell, const Vector3& position) const;
  void enlist(const CarbonNetwork& network, std::uint32_t atom);
  void strike(std::uint32_t atom);

  double radius_;  ///< of the lists [angstrom]
  double slack_;
  std::array<int, 3> bin_counts_;
  std::vector<std::vector<std::uint32_t>> bins_;
  std::vector<std::size_t> home_;  ///< bin of every atom
  std::vector<Vector3> references_;
  std::vector<std::vector<std::uint32_t>> lists_;
};

}  // namespace cardhouse
