#pragma once

#include <vector>

#include "engine/base/observer.hpp"
#include "engine/builder/scalar_grid.hpp"

namespace cardhouse {

/// Distance of the Swift-Hohenberg field from its threshold: the drive epsilon. Small enough for one sharp wavelength,
/// large enough for walls of grains a few layers thick (estimate).
inline constexpr double lamellar_drive = 0.3;

/// Amplitude of a plane lamella at that drive, sqrt(4 epsilon/3) (one-mode solution; Cross & Hohenberg 1993,
/// doi:10.1103/RevModPhys.65.851, section IV).
double lamellar_amplitude();

/// A grid point whose value is drawn half-way to `value` after every step.
struct HeldPoint {
  std::size_t point;
  double value;
};

/// What holds the field: nothing where empty.
struct FieldConstraints {
  std::vector<double> mobility;  ///< share of each step that a point follows, in [0, 1]; crosslinks pin it
  std::vector<HeldPoint> held;   ///< pores and their first layer
};

struct FieldAnnealOptions {
  double spacing;  ///< between layers = half the wavelength [angstrom]
  int steps;       ///< of unit time
  /// The zero level set bends but neither joins nor parts, see keep_topology(): where it would, the field keeps its
  /// sign at half the amplitude.
  bool keeps_topology = false;
};

/// Anneals a lamellar field by d psi/dt = epsilon psi - (1 + laplacian/k0^2)^2 psi - psi^3 with k0 = pi/spacing (Swift
/// & Hohenberg 1977, doi:10.1103/PhysRevA.15.319): grains coarsen, their spacing stays. One zero crossing is one layer.
/// Semi-implicit spectral steps dt = 1 (linear part implicit), two transforms each.
/// EXPECTS a mobility of the size of the field or empty.
void anneal_lamellae(ScalarGrid& field, const FieldConstraints& constraints, const FieldAnnealOptions& options,
                     const ProgressObserver& observer = {});

}  // namespace cardhouse
