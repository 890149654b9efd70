#include "engine/structure/cell.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {

Cell::Cell(const Vector3& a, const Vector3& b, const Vector3& c) : vectors_{a, b, c} {
  volume_ = dot(a, cross(b, c));
  if (!std::isfinite(volume_) || volume_ <= 0)
    throw InputError("the cell vectors are not right-handed with a positive volume",
                     "give three finite, linearly independent edge vectors in right-handed order");
  reciprocal_ = {cross(b, c) / volume_, cross(c, a) / volume_, cross(a, b) / volume_};
  widths_ = {1 / norm(reciprocal_[0]), 1 / norm(reciprocal_[1]), 1 / norm(reciprocal_[2])};
  orthorhombic_ = a.y == 0 && a.z == 0 && b.x == 0 && b.z == 0 && c.x == 0 && c.y == 0;
}

Cell Cell::cubic(double edge) {
  return orthorhombic(edge, edge, edge);
}

Cell Cell::orthorhombic(double x, double y, double z) {
  return {{x, 0, 0}, {0, y, 0}, {0, 0, z}};
}

double Cell::inradius() const {
  return 0.5 * std::min({widths_.x, widths_.y, widths_.z});
}

Vector3 Cell::to_fractional(const Vector3& position) const {
  return {dot(reciprocal_[0], position), dot(reciprocal_[1], position), dot(reciprocal_[2], position)};
}

Vector3 Cell::to_cartesian(const Vector3& f) const {
  return f.x * vectors_[0] + f.y * vectors_[1] + f.z * vectors_[2];
}

Vector3 Cell::wrap(const Vector3& position) const {
  Vector3 f = to_fractional(position);
  for (int axis = 0; axis < 3; ++axis) {
    f[axis] -= std::floor(f[axis]);
    if (f[axis] >= 1) f[axis] = 0;  // a tiny negative number rounds up to one
  }
  return to_cartesian(f);
}

Vector3 Cell::minimum_image(const Vector3& displacement) const {
  Vector3 f = to_fractional(displacement);
  for (int axis = 0; axis < 3; ++axis) f[axis] -= std::round(f[axis]);
  const Vector3 nearest = to_cartesian(f);
  if (orthorhombic_ || squared_norm(nearest) <= inradius() * inradius()) return nearest;
  Vector3 best = nearest;
  for (int i = -1; i <= 1; ++i)
    for (int j = -1; j <= 1; ++j)
      for (int k = -1; k <= 1; ++k) {
        const Vector3 image = nearest + i * vectors_[0] + j * vectors_[1] + k * vectors_[2];
        if (squared_norm(image) < squared_norm(best)) best = image;
      }
  return best;
}

Cell Cell::scaled(double factor) const {
  EXPECTS(factor > 0);
  return {factor * vectors_[0], factor * vectors_[1], factor * vectors_[2]};
}

}  // namespace cardhouse
