#pragma once

#include <cmath>

namespace cardhouse {

/// A Cartesian vector [angstrom unless stated].
struct Vector3 {
  double x = 0;
  double y = 0;
  double z = 0;

  double& operator[](int axis) { return axis == 0 ? x : axis == 1 ? y : z; }
  double operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }
  Vector3& operator+=(const Vector3& b) { return x += b.x, y += b.y, z += b.z, *this; }
  Vector3& operator-=(const Vector3& b) { return x -= b.x, y -= b.y, z -= b.z, *this; }
  Vector3& operator*=(double s) { return x *= s, y *= s, z *= s, *this; }
  friend Vector3 operator+(Vector3 a, const Vector3& b) { return a += b; }
  friend Vector3 operator-(Vector3 a, const Vector3& b) { return a -= b; }
  friend Vector3 operator-(const Vector3& a) { return {-a.x, -a.y, -a.z}; }
  friend Vector3 operator*(Vector3 a, double s) { return a *= s; }
  friend Vector3 operator*(double s, Vector3 a) { return a *= s; }
  friend Vector3 operator/(Vector3 a, double s) { return a *= 1.0 / s; }
  friend bool operator==(const Vector3&, const Vector3&) = default;
};

inline double dot(const Vector3& a, const Vector3& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double squared_norm(const Vector3& a) {
  return dot(a, a);
}
inline double norm(const Vector3& a) {
  return std::sqrt(dot(a, a));
}
/// a/|a|; the zero vector stays zero.
inline Vector3 normalized(const Vector3& a) {
  const double length = norm(a);
  return length > 0 ? a / length : a;
}

}  // namespace cardhouse
