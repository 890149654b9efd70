#pragma once

#include <optional>

#include "engine/relax/atom_division.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

/// The atoms that this rank moves, in a potential that gives the energy of the atoms of all ranks: all atoms of a
/// serial run, or those of the bricks of the rank. Knows how to sum over all. Keeps references; functions that say so
/// are called by all ranks together.
class AtomShare {
 public:
  /// All atoms.
  AtomShare(Atoms& atoms, Potential& potential);
  /// Those that `division` gives to this rank, in a DividedPotential of the same division.
  AtomShare(Atoms& own, Potential& potential, const AtomDivision& division);
  /// The same atoms in another potential.
  AtomShare in(Potential& potential) const;

  Atoms& atoms() const { return atoms_; }
  Potential& potential() const { return potential_; }
  std::size_t size() const { return atoms_.size(); }
  std::size_t total() const { return division_ ? division_->atoms() : atoms_.size(); }  ///< atoms of all ranks
  /// Where each brick begins among the atoms, and the end. Sums over a brick, and the sum of these in the order of
  /// gather(), do not depend on the number of ranks.
  const std::vector<std::size_t>& brick_starts() const { return brick_starts_; }
  /// The number of an atom of this rank among all.
  std::size_t number(std::size_t own) const { return division_ ? division_->own()[own] : own; }

  /// The values of all ranks in the order of the bricks. Together.
  std::vector<double> gather(std::vector<double> values) const;
  /// The largest of all ranks. Together.
  double largest(double value) const;
  /// All atoms where they are now. Together. The reference holds until the next call.
  const Atoms& whole();
  std::vector<Vector3> own_part(std::vector<Vector3> of_all) const;

 private:
  Atoms& atoms_;
  Potential& potential_;
  const AtomDivision* division_ = nullptr;
  std::vector<std::size_t> brick_starts_;
  std::optional<Atoms> whole_;
};

}  // namespace cardhouse
