#pragma once

#include <optional>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// The configuration in which a neighbour list was made; tells how long the list stays complete (Verlet 1967,
/// doi:10.1103/PhysRev.159.98, here also under a homogeneous deformation of the cell).
class ReferenceGeometry {
 public:
  void record(const Atoms& atoms);
  /// Whether atoms that were further apart than `apart` in the reference must still be further apart than `closer`
  /// [angstrom]. False before the first record(). With the deformation gradient F between the cells and u the largest
  /// displacement beyond F: (1 - |F - 1|) apart - 2 u >= closer.
  bool keeps_apart(const Atoms& atoms, double apart, double closer) const;
  /// Largest displacement of an atom beyond the deformation of the cell [angstrom]; infinite before the first record().
  double largest_displacement(const Atoms& atoms) const;

 private:
  std::optional<Cell> cell_;
  std::vector<Vector3> fractional_;
};

}  // namespace cardhouse
