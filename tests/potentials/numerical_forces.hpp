#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "potentials/potential.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse::samples {

/// Compares the forces on every third atom with derivatives of the energy by five points. The largest force sets the
/// scale; the step is small enough that a kink of the second derivative, as switching functions have, stays invisible.
inline void expect_numerical_forces(Potential& potential, CarbonStructure structure) {
  constexpr double step = 2e-5;
  std::vector<Vector3> forces(structure.atoms.size());
  std::vector<Vector3> unused(structure.atoms.size());
  potential.evaluate(structure.atoms, forces);
  double scale = 0;
  for (const Vector3& force : forces) scale = std::max(scale, norm(force));
  ASSERT_GT(scale, 0.1);
  for (std::size_t i = 0; i < structure.atoms.size(); i += 3) {
    for (int axis = 0; axis < 3; ++axis) {
      double& x = structure.atoms.positions[i][axis];
      const double at = x;
      const auto energy = [&](double offset) {
        x = at + offset;
        return potential.evaluate(structure.atoms, unused).energy;
      };
      const double slope = (8 * (energy(step) - energy(-step)) - (energy(2 * step) - energy(-2 * step))) / (12 * step);
      x = at;
      EXPECT_NEAR(-slope, forces[i][axis], 1e-6 * scale) << "atom " << i << " axis " << axis;
    }
  }
}

}  // namespace cardhouse::samples
