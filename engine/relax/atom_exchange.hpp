#pragma once

#include "engine/relax/atom_division.hpp"

namespace cardhouse {

/// Carries vectors of atoms between the ranks that move them and the bricks that hold them, in one message each way
/// between any two ranks. Keeps a reference to the division.
class AtomExchange {
 public:
  /// `held` are the atoms that the bricks of this rank hold, those of one brick behind those of another; atoms may
  /// occur often. Called by all ranks together, like the functions below.
  AtomExchange(const AtomDivision& division, std::span<const std::uint32_t> held);

  /// Sets the value of every atom held to that of the rank that moves it.
  void fetch(std::span<const Vector3> own, std::span<Vector3> held);
  /// For every own atom the sum of the values that bricks hold for it, added in the order of the bricks.
  void add_up(std::span<const Vector3> held, std::span<Vector3> own);

 private:
  /// Those between two ranks; what stays on this one is copied without.
  std::vector<Parcel> parcels(std::vector<double>& values, std::span<const std::size_t> starts) const;
  std::size_t self() const { return static_cast<std::size_t>(division_.ranks().rank()); }

  const AtomDivision& division_;
  std::vector<std::uint32_t> order_;      ///< of the atoms held, by the rank that moves them
  std::vector<std::size_t> held_starts_;  ///< [rank]: in order_
  std::vector<std::uint32_t> slots_;      ///< own atoms that others hold, by rank
  std::vector<std::size_t> slot_starts_;  ///< [rank]: in slots_
  std::vector<double> of_held_;           ///< on their way
  std::vector<double> of_own_;
};

}  // namespace cardhouse
