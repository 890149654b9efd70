#pragma once

#include <array>

#include "engine/structure/vector3.hpp"

namespace cardhouse {

/// A periodic simulation cell spanned by three vectors [angstrom]. Right-handed and of positive volume.
class Cell {
 public:
  /// Throws InputError when the vectors are not right-handed or the volume is not positive and finite.
  Cell(const Vector3& a, const Vector3& b, const Vector3& c);
  static Cell cubic(double edge);
  static Cell orthorhombic(double x, double y, double z);

  const std::array<Vector3, 3>& vectors() const { return vectors_; }
  double volume() const { return volume_; }
  bool is_orthorhombic() const { return orthorhombic_; }
  /// Distances between opposite faces [angstrom].
  const Vector3& widths() const { return widths_; }
  /// Radius of the largest sphere that does not meet its own image: half the smallest width [angstrom].
  double inradius() const;

  Vector3 to_fractional(const Vector3& position) const;
  Vector3 to_cartesian(const Vector3& fractional) const;
  /// The image of `position` with fractional coordinates in [0, 1).
  Vector3 wrap(const Vector3& position) const;
  /// The shortest image of a displacement; exact whenever that image is shorter than inradius(), and the shortest
  /// of the 27 nearest images otherwise.
  Vector3 minimum_image(const Vector3& displacement) const;

  /// The cell with every length multiplied by `factor` > 0.
  Cell scaled(double factor) const;

 private:
  std::array<Vector3, 3> vectors_;
  std::array<Vector3, 3> reciprocal_;  ///< rows of the inverse matrix
  Vector3 widths_;
  double volume_ = 0;
  bool orthorhombic_ = false;
};

}  // namespace cardhouse
