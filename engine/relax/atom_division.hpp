#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/relax/bricks.hpp"
#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Which rank moves which atoms through a relaxation: bricks go to the ranks in their order, and a rank keeps the atoms
/// that its bricks had at the start, wherever these go. Every rank knows the whole division.
class AtomDivision {
 public:
  /// EXPECTS as many places in `bricks` as `whole` has atoms.
  AtomDivision(const Atoms& whole, const std::vector<Brick>& bricks, const Communicator& ranks);

  const Communicator& ranks() const { return ranks_; }
  int bricks() const { return static_cast<int>(brick_starts_.size()) - 1; }
  /// The bricks of this rank.
  int first_brick() const { return first_brick_of(ranks_.rank()); }
  int end_brick() const { return first_brick_of(ranks_.rank() + 1); }

  std::size_t atoms() const { return order_.size(); }  ///< of all ranks
  /// The atoms that this rank moves, brick by brick.
  std::span<const std::uint32_t> own() const { return of_rank(ranks_.rank()); }
  /// Where each brick of this rank begins among them, and the end.
  std::vector<std::size_t> own_starts() const;
  /// Which rank moves an atom, and where the atom stands among those of the rank.
  int rank_of(std::uint32_t atom) const { return rank_of_[atom]; }
  std::uint32_t slot_of(std::uint32_t atom) const { return slot_of_[atom]; }

  std::vector<Vector3> own_part(std::span<const Vector3> of_all) const;
  /// The values of all atoms, in their order, from those of each rank's own. Called by all ranks together.
  std::vector<Vector3> gather(std::span<const Vector3> own) const;
  /// The atoms with their elements. Called by all ranks together.
  Atoms gather(const Atoms& own) const;
  Atoms own_atoms(const Atoms& whole) const;

 private:
  int first_brick_of(int rank) const;
  std::span<const std::uint32_t> of_rank(int rank) const;

  Communicator ranks_;
  std::vector<std::uint32_t> order_;       ///< all atoms, brick by brick
  std::vector<std::size_t> brick_starts_;  ///< in order_
  std::vector<std::int32_t> rank_of_;
  std::vector<std::uint32_t> slot_of_;
  std::vector<Element> elements_;
};

}  // namespace cardhouse
