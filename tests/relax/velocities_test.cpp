#include "engine/relax/velocities.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"

namespace cardhouse {
namespace {

constexpr double false_alarm = 1e-4;

Atoms carbon_and_hydrogen(int n) {
  Atoms atoms{Cell::cubic(20), {}, {}};
  for (int i = 0; i < n; ++i) atoms.add(i % 3 == 0 ? Element::H : Element::C, {});
  return atoms;
}

/// p-value of all components against Maxwell's law at `temperature`, each atom with the share of the motion that the
/// resting centre of mass leaves it.
double maxwell_p_value(double drawn, double temperature) {
  const std::vector<double> masses = masses_of(carbon_and_hydrogen(20000));
  Stream stream(1, Purpose::Test);
  const std::vector<Vector3> velocities = maxwell_velocities(masses, drawn, stream);
  double total = 0;
  for (const double mass : masses) total += mass;
  std::vector<double> uniforms;
  for (std::size_t i = 0; i < masses.size(); ++i) {
    const double width = std::sqrt(constants::boltzmann * temperature / masses[i] * (1 - masses[i] / total));
    for (int axis = 0; axis < 3; ++axis)
      uniforms.push_back(0.5 * std::erfc(-velocities[i][axis] / width / std::sqrt(2.0)));
  }
  return kolmogorov_p_value(uniforms);
}

TEST(MaxwellVelocities, follow_maxwells_law) {
  EXPECT_GT(maxwell_p_value(300, 300), false_alarm);
}

TEST(MaxwellVelocities, a_tenth_more_heat_is_noticed) {
  EXPECT_LT(maxwell_p_value(330, 300), false_alarm);
}

TEST(MaxwellVelocities, leave_the_centre_of_mass_at_rest) {
  const std::vector<double> masses = masses_of(carbon_and_hydrogen(100));
  Stream stream(2, Purpose::Test);
  const std::vector<Vector3> velocities = maxwell_velocities(masses, 300, stream);
  const double typical = std::sqrt(300 * constants::boltzmann * masses[1]);
  EXPECT_LT(norm(total_momentum(masses, velocities)), 1e-12 * typical);
}

TEST(MaxwellVelocities, are_those_of_their_seed) {
  const std::vector<double> masses = masses_of(carbon_and_hydrogen(10));
  const auto drawn = [&](std::uint64_t seed) {
    Stream stream(seed, Purpose::Dynamics);
    return maxwell_velocities(masses, 300, stream);
  };
  EXPECT_EQ(drawn(1), drawn(1));
  EXPECT_NE(drawn(1), drawn(2));
}

TEST(KineticEnergy, is_that_of_two_atoms_by_hand) {
  const std::vector<double> masses{2.0, 3.0};
  const std::vector<Vector3> velocities{{1, 0, 2}, {0, -1, 0}};
  EXPECT_DOUBLE_EQ(kinetic_energy(masses, velocities), 0.5 * (2 * 5 + 3 * 1));
  EXPECT_EQ(kinetic_diagonal(masses, velocities), (Vector3{2, 3, 8}));
  EXPECT_EQ(total_momentum(masses, velocities), (Vector3{2, -3, 4}));
}

}  // namespace
}  // namespace cardhouse
