#include "engine/relax/bath.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"

namespace cardhouse {
namespace {

constexpr double false_alarm = 1e-4;
constexpr double kT = 300 * constants::boltzmann;

class SumOfSquares : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(Baths, SumOfSquares, testing::Values(1.0, 2.0, 7.0, 3000.0));

TEST_P(SumOfSquares, follows_the_chi_square_law) {
  Stream stream(3, Purpose::Test);
  std::vector<double> uniforms;
  for (int i = 0; i < 20000; ++i) uniforms.push_back(chi_square_tail(sum_of_squares(GetParam(), stream), GetParam()));
  EXPECT_GT(kolmogorov_p_value(uniforms), false_alarm);
}

TEST(SumOfSquares, of_no_number_is_zero) {
  Stream stream(3, Purpose::Test);
  EXPECT_EQ(sum_of_squares(0, stream), 0);
}

/// p-value of the kinetic energies of a chain of bath steps, each of a tenth of the relaxation time, one sample in
/// forty, against the canonical law. `noise` false gives Berendsen's bath, which is the same without its random terms.
double canonical_p_value(double degrees, bool noise) {
  const HeatBath bath{300, 1e-13, degrees};
  Stream stream(4, Purpose::Test);
  double kinetic = 0.5 * degrees * kT;
  std::vector<double> uniforms;
  for (int i = 0; i < 40 * 4000; ++i) {
    if (noise) {
      kinetic *= std::pow(bath.velocity_factor(kinetic, 1e-14, stream), 2);
    } else {
      kinetic += (1 - std::exp(-0.1)) * (0.5 * degrees * kT - kinetic);
    }
    if (i % 40 == 0) uniforms.push_back(chi_square_tail(2 * kinetic / kT, degrees));
  }
  return kolmogorov_p_value(uniforms);
}

TEST(HeatBath, keeps_the_canonical_law_of_the_kinetic_energy) {
  for (const double degrees : {1.0, 3.0, 9.0, 300.0})
    EXPECT_GT(canonical_p_value(degrees, true), false_alarm) << degrees;
}

TEST(HeatBath, a_bath_without_noise_fails_the_same_test) {
  for (const double degrees : {3.0, 300.0}) EXPECT_LT(canonical_p_value(degrees, false), false_alarm);
}

TEST(HeatBath, draws_the_mean_towards_equilibrium_at_its_pace) {
  const HeatBath bath{300, 1e-13, 30};
  const double start = 3 * 15 * kT;
  Stream stream(5, Purpose::Test);
  std::vector<double> after;
  for (int i = 0; i < 20000; ++i) after.push_back(start * std::pow(bath.velocity_factor(start, 5e-14, stream), 2));
  const Estimate mean = mean_of(after);
  const double expected = 15 * kT + std::exp(-0.5) * (start - 15 * kT);
  EXPECT_NEAR(mean.value, expected, 4 * mean.error);  // false alarm 6e-5
  EXPECT_LT(mean.error, 0.01 * expected);
}

TEST(PressureBath, gives_way_and_fluctuates_as_its_equation_says) {
  constexpr double volume = 1000;
  constexpr double time = 1e-14;
  for (const CellRelaxation cell : {CellRelaxation::Isotropic, CellRelaxation::Diagonal}) {
    const PressureBath bath{0.01, 300, 5, 1e-12, cell};
    Stream stream(6, Purpose::Test);
    RunningMoments total;
    RunningMoments along_x;
    for (int i = 0; i < 20000; ++i) {
      const Vector3 strain = bath.strain({0.04, 0.02, 0.03}, volume, time, stream);
      total.add(strain.x + strain.y + strain.z);
      along_x.add(strain.x);
    }
    const double pace = 5 * 0.01;
    const double variance = 2 * kT * pace / volume;
    EXPECT_NEAR(total.mean(), pace * 0.02, 4 * total.standard_error());
    EXPECT_NEAR(total.variance() / variance, 1, 4 * std::sqrt(2.0 / 20000));
    const bool isotropic = cell == CellRelaxation::Isotropic;
    EXPECT_NEAR(along_x.mean(), pace / 3 * (isotropic ? 0.02 : 0.03), 4 * along_x.standard_error());
    EXPECT_NEAR(along_x.variance() / variance, isotropic ? 1.0 / 9 : 1.0 / 3, 0.02);
  }
}

}  // namespace
}  // namespace cardhouse
