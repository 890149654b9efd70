#include "analysis/scattering.hpp"

#include <gtest/gtest.h>

#include "analysis/form_factors.hpp"
#include "engine/base/contracts.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

TEST(DebyeSum, of_a_dimer_is_one_plus_sinc) {
  const std::vector<Vector3> positions{{0, 0, 0}, {1, 1, 1}};
  const std::vector<Element> elements(2, Element::C);
  const std::vector<double> q{0.5, 2, 5.3};
  const std::vector<double> intensity = debye_sum(positions, elements, q);
  for (std::size_t i = 0; i < q.size(); ++i) {
    const double f = form_factor(Element::C, q[i]), x = q[i] * std::sqrt(3.0);
    EXPECT_NEAR(intensity[i], f * f * (1 + std::sin(x) / x), 1e-12);
  }
}

TEST(DebyeSum, of_a_filled_sphere_follows_its_form_factor) {
  // N independent points uniform in a sphere: <I>/N f^2 = 1 + (N - 1) P(q), P = [3 (sin x - x cos x)/x^3]^2 (Rayleigh
  // 1911).
  Stream stream(21, Purpose::Test);
  const double radius = 12;
  const std::size_t n = 1500;
  std::vector<Vector3> positions;
  while (positions.size() < n) {
    const Vector3 p{2 * stream.uniform() - 1, 2 * stream.uniform() - 1, 2 * stream.uniform() - 1};
    if (norm(p) < 1) positions.push_back(radius * p);
  }
  const std::vector<Element> elements(n, Element::C);
  for (double q : {0.05, 0.1, 0.2, 0.25}) {
    const double x = q * radius;
    const double amplitude = 3 * (std::sin(x) - x * std::cos(x)) / (x * x * x);
    const double f = form_factor(Element::C, q);
    const double expected = 1 + (static_cast<double>(n) - 1) * amplitude * amplitude;
    const std::vector<double> at{q};
    // Amplitudes fluctuate by sqrt(N), 2.6 % of the largest; 4 sigma of the intensity N P.
    const double tolerance = 4 * 2 * amplitude * std::sqrt(static_cast<double>(n)) * x * 0.4 + 1;
    EXPECT_NEAR(debye_sum(positions, elements, at)[0] / (f * f), expected, std::abs(tolerance));
  }
}

TEST(Scattering, of_a_cluster_by_histogram_equals_the_exact_sum) {
  const Atoms flake = [] {
    Atoms atoms{Cell::cubic(100), {}, {}};
    samples::add_layer(atoms, 8, 5, 0);
    samples::add_layer(atoms, 8, 5, 3.4, {0.3, 0.7, 0});
    atoms.add(Element::O, {-1, -1, 0.5});
    atoms.add(Element::H, {-2, 1, 0.5});
    atoms.add(Element::Na, {5, 5, 1.7});
    return atoms;
  }();
  const std::vector<double> q = q_grid(0.3, 8, 78);
  const ScatteringCurve curve = scattering(PairHistogram::cluster(flake.positions, flake.elements, 0.0002), q);
  const std::vector<double> exact = debye_sum(flake.positions, flake.elements, q);
  for (std::size_t i = 0; i < q.size(); ++i) {
    // Large terms cancel in a flake of 320 atoms: I(0)/N is 1e4.
    EXPECT_NEAR(curve.intensity[i], exact[i], 2e-3 * exact[i] + 0.01) << q[i];
    EXPECT_EQ(curve.error[i], 0);
  }
  EXPECT_EQ(curve.resolution, 0);
}

TEST(Scattering, of_an_ideal_gas_is_one_within_its_error) {
  Stream stream(22, Purpose::Test);
  Atoms gas{Cell({40, 0, 0}, {8, 42, 0}, {-6, 5, 41}), {}, {}};
  for (int i = 0; i < 5000; ++i) {
    gas.add(i % 3 == 0 ? Element::O : Element::C,
            gas.cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  }
  // Steps of twice the resolution: nearly independent points.
  const PairHistogram histogram = PairHistogram::periodic(gas);
  const std::vector<double> q = q_grid(0.6, 8, 15);
  const ScatteringCurve curve = scattering(histogram, q);
  double chi_square = 0, mean_error = 0;
  for (std::size_t i = 0; i < q.size(); ++i) {
    chi_square += std::pow((curve.structure_factor[i] - 1) / curve.error[i], 2) / 15;
    mean_error += curve.error[i] / 15;
  }
  // (t with 7 degrees of freedom)^2 has mean 1.4 and standard deviation 3.1 (0.8 for the mean of 15): 4 sigma.
  EXPECT_LT(chi_square, 4.6);
  EXPECT_GT(chi_square, 0.15);
  EXPECT_LT(mean_error, 0.03);
}

TEST(Scattering, is_the_same_in_a_supercell) {
  Stream stream(23, Purpose::Test);
  const Atoms atoms = samples::turbostratic(10, 5, 6, 3.6, stream);
  const double range = atoms.cell.inradius();
  const std::vector<double> q = q_grid(0.3, 8, 100);
  const ScatteringCurve one = scattering(PairHistogram::periodic(atoms, range), q);
  const ScatteringCurve two = scattering(PairHistogram::periodic(samples::doubled_along_a(atoms), range), q);
  for (std::size_t i = 0; i < q.size(); ++i) {
    EXPECT_NEAR(one.structure_factor[i], two.structure_factor[i], 1e-3) << q[i];
  }
}

TEST(Scattering, refuses_a_range_in_which_the_cell_sees_its_images) {
  EXPECT_THROW(PairHistogram::periodic(samples::graphite(4, 3, 2), 6), ContractViolation);
}

TEST(Diffractogram, puts_graphite_002_at_26_degrees_of_copper_radiation) {
  EXPECT_NEAR(two_theta(2 * 3.14159265 / 3.354), 26.55, 0.02);
  EXPECT_NEAR(q_of_two_theta(two_theta(3.1)), 3.1, 1e-12);
  const Atoms atoms = samples::graphite(4, 3, 2);
  const ScatteringCurve curve = scattering(PairHistogram::periodic(atoms), q_grid(1, 10, 10));
  const Diffractogram pattern = diffractogram(curve);
  EXPECT_EQ(pattern.two_theta.size(), 8U);  // 9 and 10 lie beyond 4 pi/lambda = 8.16
  const double cosine = std::cos(pattern.two_theta[1] * 3.14159265358979 / 180);
  EXPECT_NEAR(pattern.intensity[1], curve.intensity[1] * (1 + cosine * cosine) / 2, 1e-9);
}

}  // namespace
}  // namespace cardhouse
