#pragma once

#include "engine/structure/vector3.hpp"

namespace cardhouse {

/// A symmetric 3 x 3 matrix.
struct SymmetricTensor {
  double xx = 0;
  double yy = 0;
  double zz = 0;
  double xy = 0;
  double xz = 0;
  double yz = 0;

  double trace() const { return xx + yy + zz; }
  /// Adds weight times the outer product of v with itself.
  void add_square(double weight, const Vector3& v) {
    const Vector3 w = weight * v;
    xx += w.x * v.x, yy += w.y * v.y, zz += w.z * v.z;
    xy += w.x * v.y, xz += w.x * v.z, yz += w.y * v.z;
  }
  SymmetricTensor& operator+=(const SymmetricTensor& other) {
    xx += other.xx, yy += other.yy, zz += other.zz;
    xy += other.xy, xz += other.xz, yz += other.yz;
    return *this;
  }
  friend SymmetricTensor operator+(SymmetricTensor a, const SymmetricTensor& b) { return a += b; }
  friend SymmetricTensor operator-(const SymmetricTensor& a, const SymmetricTensor& b) { return a + -1.0 * b; }
  friend SymmetricTensor operator*(double s, const SymmetricTensor& a) {
    return {s * a.xx, s * a.yy, s * a.zz, s * a.xy, s * a.xz, s * a.yz};
  }
  Vector3 operator*(const Vector3& v) const {
    return {xx * v.x + xy * v.y + xz * v.z, xy * v.x + yy * v.y + yz * v.z, xz * v.x + yz * v.y + zz * v.z};
  }
  friend double contract(const SymmetricTensor& a, const SymmetricTensor& b) {
    return a.xx * b.xx + a.yy * b.yy + a.zz * b.zz + 2 * (a.xy * b.xy + a.xz * b.xz + a.yz * b.yz);
  }
};
/// The unit matrix times s.
inline SymmetricTensor isotropic(double s) {
  return {s, s, s, 0, 0, 0};
}

}  // namespace cardhouse
