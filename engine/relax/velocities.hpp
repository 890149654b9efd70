#pragma once

#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Standard mass of every atom [eV s^2/angstrom^2].
std::vector<double> masses_of(const Atoms& atoms);

/// Velocities [angstrom/s] of atoms whose momenta add up to zero, drawn from Maxwell's distribution under that
/// condition: independent normal deviates of variance kT/m less the velocity of their centre of mass. EXPECTS
/// temperature >= 0 [K].
std::vector<Vector3> maxwell_velocities(std::span<const double> masses, double temperature, Stream& stream);

/// Sum of m v [eV s/angstrom].
Vector3 total_momentum(std::span<const double> masses, std::span<const Vector3> velocities);
/// Sums of m v_a^2 along x, y and z [eV]: twice the kinetic energy when added.
Vector3 kinetic_diagonal(std::span<const double> masses, std::span<const Vector3> velocities);
double kinetic_energy(std::span<const double> masses, std::span<const Vector3> velocities);  ///< [eV]

/// 3N - 3: the centre of mass is at rest. A single atom keeps none.
inline double degrees_of_freedom(std::size_t atoms) {
  return 3.0 * static_cast<double>(atoms) - 3.0;
}

}  // namespace cardhouse
