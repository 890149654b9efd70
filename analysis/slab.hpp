#pragma once

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// The part of a cell that holds a slab between two vacuums: along one cell vector everything from the lowest to the
/// highest van der Waals surface. Its volume is what a density refers to; what lies beyond is outside, neither pore nor
/// carbon. The two faces stand square to the normal of the other two vectors.
class Slab {
 public:
  /// No slab: the carbon fills the cell.
  explicit Slab(const Cell& cell) : cell_(cell) {}
  /// The slab whose vacuum is the widest gap along cell vector `axis` (0, 1 or 2). Throws InputError without atoms and
  /// when the gap is not wider than `least_vacuum` [angstrom], so that the largest probe could not get in.
  Slab(const Atoms& atoms, int axis, double least_vacuum);

  bool holds(const Vector3& position) const;
  /// Of a position whose fractional coordinates are known.
  bool holds_fraction(const Vector3& fractional) const;
  double volume() const { return cell_.volume() * thickness_; }  ///< [angstrom^3]

 private:
  Cell cell_;
  int axis_ = -1;
  double low_ = 0, thickness_ = 1;  ///< fractions of the vector
};

}  // namespace cardhouse
