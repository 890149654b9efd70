#include "engine/relax/velocities.hpp"

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {

std::vector<double> masses_of(const Atoms& atoms) {
  std::vector<double> masses;
  for (const Element element : atoms.elements) masses.push_back(standard_mass(element) * constants::dalton);
  return masses;
}

std::vector<Vector3> maxwell_velocities(std::span<const double> masses, double temperature, Stream& stream) {
  EXPECTS(temperature >= 0);
  std::vector<Vector3> velocities;
  double mass = 0;
  for (const double m : masses) {
    const double width = std::sqrt(constants::boltzmann * temperature / m);
    const double x = stream.normal();
    const double y = stream.normal();
    velocities.push_back(width * Vector3{x, y, stream.normal()});
    mass += m;
  }
  const Vector3 drift = total_momentum(masses, velocities) / mass;
  for (Vector3& velocity : velocities) velocity -= drift;
  return velocities;
}

Vector3 total_momentum(std::span<const double> masses, std::span<const Vector3> velocities) {
  Vector3 sum;
  for (std::size_t i = 0; i < masses.size(); ++i) sum += masses[i] * velocities[i];
  return sum;
}

Vector3 kinetic_diagonal(std::span<const double> masses, std::span<const Vector3> velocities) {
  Vector3 sum;
  for (std::size_t i = 0; i < masses.size(); ++i) {
    const Vector3& v = velocities[i];
    sum += masses[i] * Vector3{v.x * v.x, v.y * v.y, v.z * v.z};
  }
  return sum;
}

double kinetic_energy(std::span<const double> masses, std::span<const Vector3> velocities) {
  const Vector3 doubled = kinetic_diagonal(masses, velocities);
  return 0.5 * (doubled.x + doubled.y + doubled.z);
}

}  // namespace cardhouse
