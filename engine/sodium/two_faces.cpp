#include "engine/sodium/two_faces.hpp"

#include <cmath>
#include <numbers>

namespace cardhouse {

double TwoFaces::one_face(double z) const {
  const double x = std::exp(-(z - height) / decay);
  return -(atom - single) * x * (2 - x);
}

double TwoFaces::operator()(double distance) const {
  if (distance <= split()) return atom + 2 * one_face(distance / 2);
  return single + one_face(distance - height);
}

double TwoFaces::split() const {
  return 2 * height + 2 * decay * std::log(1 + std::numbers::sqrt2);
}

}  // namespace cardhouse
