#include "analysis/grid_scattering.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

Atoms ideal_gas(int n, const Cell& cell, Stream& stream) {
  Atoms gas{cell, {}, {}};
  for (int i = 0; i < n; ++i)
    gas.add(Element::C, cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  return gas;
}

// A curve of large and small values is compared with the error of a diffractogram in mind: 1e-3 of the value plus
// 1e-3 of its mean.
void expect_close(const std::vector<double>& curve, const std::vector<double>& reference) {
  ASSERT_EQ(curve.size(), reference.size());
  const double mean = std::accumulate(reference.begin(), reference.end(), 0.0) / static_cast<double>(curve.size());
  for (std::size_t i = 0; i < curve.size(); ++i)
    EXPECT_NEAR(curve[i], reference[i], 1e-3 * (std::abs(reference[i]) + mean)) << i;
}

TEST(StructureModes, equal_the_sum_over_atoms) {
  Stream stream(70, Purpose::Test);
  Atoms gas = ideal_gas(40, Cell({14, 0, 0}, {3, 15, 0}, {-2, 1, 16}), stream);
  for (int i = 0; i < 12; ++i) gas.elements[i] = i % 2 == 0 ? Element::Na : Element::H;
  const StructureModes modes(gas, 6.0);
  const int n = modes.points(), last = n / 2 + 1;
  const double a = 2 * std::numbers::pi;
  for (const auto& [i, j, l] : {std::array{1, 0, 0}, {3, -2, 5}, {-6, 4, 7}, {9, 1, 2}}) {
    const int pi = (i + n) % n, pj = (j + n) % n;
    const double q = modes.wavenumber(pi, pj, l);
    ASSERT_LT(q, 6.0);
    double real = 0, imaginary = 0, squares = 0;
    for (std::size_t atom = 0; atom < gas.size(); ++atom) {
      const Vector3 u = gas.cell.to_fractional(gas.positions[atom]);
      const double f = form_factor(gas.elements[atom], q);
      real += f * std::cos(a * (i * u.x + j * u.y + l * u.z));
      imaginary -= f * std::sin(a * (i * u.x + j * u.y + l * u.z));
      squares += f * f;
    }
    const double expected = (real * real + imaginary * imaginary) / squares;
    const double value = modes.values()[(static_cast<std::size_t>(pi) * n + pj) * last + l];
    EXPECT_NEAR(value, expected, 0.02 * std::sqrt(expected)) << i << j << l;
  }
}

TEST(StructureModes, refuses_a_grid_that_would_not_fit) {
  Atoms atoms{Cell::cubic(1000), {{0, 0, 0}}, {Element::C}};
  EXPECT_THROW(StructureModes(atoms, 8), InputError);
}

TEST(FastLength, is_even_and_has_small_factors) {
  EXPECT_EQ(fast_length(8), 8);
  EXPECT_EQ(fast_length(599), 600);
  EXPECT_EQ(fast_length(601), 630);
}

TEST(GridScattering, equals_the_pair_histogram_on_a_carbon) {
  Stream stream(71, Purpose::Test);
  Atoms carbon = samples::turbostratic(16, 9, 11, 3.5, stream);
  std::fill(carbon.elements.begin(), carbon.elements.end(), Element::C);
  ASSERT_GT(carbon.size(), 5000U);
  const std::vector<double> q = q_grid(0.5, 8, 151);
  const double range = carbon.cell.inradius();
  const ScatteringCurve pairs = scattering(PairHistogram::periodic(carbon, range, 0.001), q);
  const ScatteringCurve grid = grid_scattering(carbon, q, range);
  expect_close(grid.structure_factor, pairs.structure_factor);
  for (std::size_t i = 0; i < q.size(); ++i)
    EXPECT_DOUBLE_EQ(grid.intensity[i], grid.structure_factor[i] * std::pow(form_factor(Element::C, q[i]), 2));
  EXPECT_EQ(grid.resolution, pairs.resolution);
}

TEST(GridScattering, of_a_cluster_equals_the_exact_debye_sum) {
  Stream stream(72, Purpose::Test);
  Atoms flake{Cell::cubic(200), {}, {}};
  for (int layer = 0; layer < 3; ++layer)
    samples::add_layer(flake, 11, 6, 3.5 * layer, {stream.uniform(), stream.uniform(), 0});
  for (int i = 0; i < 20; ++i) flake.add(i % 2 == 0 ? Element::O : Element::H, {1.5 * i, -1.2, 1.0 * (i % 7)});
  ASSERT_GT(flake.size(), 800U);
  const std::vector<double> q = q_grid(0.05, 8, 81);
  expect_close(grid_cluster(flake.positions, flake.elements, q), debye_sum(flake.positions, flake.elements, q));
}

TEST(GridScattering, does_not_depend_on_rotation_translation_and_order_of_a_cluster) {
  Stream stream(73, Purpose::Test);
  Atoms flake{Cell::cubic(100), {}, {}};
  samples::add_layer(flake, 7, 4, 0);
  samples::add_layer(flake, 7, 4, 3.4, {0.4, 0.9, 0});
  Atoms other = flake;
  std::reverse(other.positions.begin(), other.positions.end());
  const double c = std::cos(0.7), s = std::sin(0.7);
  for (Vector3& p : other.positions) p = Vector3{c * p.x - s * p.z, p.y, s * p.x + c * p.z} + Vector3{11.3, -4.2, 0.7};
  const std::vector<double> q = q_grid(0.2, 8, 60);
  expect_close(grid_cluster(flake.positions, flake.elements, q), grid_cluster(other.positions, other.elements, q));
}

TEST(GridScattering, does_not_depend_on_translation_and_order_in_a_cell) {
  Stream stream(74, Purpose::Test);
  const Atoms carbon = samples::turbostratic(10, 6, 7, 3.6, stream);
  Atoms other = samples::moved(carbon, {1.234, -5.678, 9.1});
  std::reverse(other.positions.begin(), other.positions.end());
  std::reverse(other.elements.begin(), other.elements.end());
  const std::vector<double> q = q_grid(0.5, 8, 60);
  expect_close(grid_scattering(carbon, q).structure_factor, grid_scattering(other, q).structure_factor);
}

TEST(GridScattering, is_the_same_in_a_supercell) {
  Stream stream(75, Purpose::Test);
  const Atoms carbon = samples::turbostratic(12, 6, 6, 3.6, stream);
  const std::vector<double> q = q_grid(0.5, 8, 60);
  const double range = carbon.cell.inradius();
  expect_close(grid_scattering(carbon, q, range).structure_factor,
               grid_scattering(samples::doubled_along_a(carbon), q, range).structure_factor);
}

TEST(ShellAverage, of_an_ideal_gas_is_one_within_its_error) {
  Stream stream(76, Purpose::Test);
  const Atoms gas = ideal_gas(20000, Cell::orthorhombic(50, 60, 55), stream);
  const ShellCurve curve = shell_average(gas, 4);
  double chi_square = 0;
  std::size_t shells = 0;
  for (std::size_t i = 0; i < curve.q.size(); ++i) {
    if (curve.modes[i] < 30) continue;
    chi_square += std::pow((curve.structure_factor[i] - 1) / curve.error[i], 2);
    ++shells;
  }
  // Independent Gaussian shells: the reduced chi-square has the standard deviation sqrt(2/shells); 4 of them.
  EXPECT_GT(shells, 30U);
  EXPECT_NEAR(chi_square / static_cast<double>(shells), 1, 4 * std::sqrt(2.0 / static_cast<double>(shells)));
  EXPECT_LT(curve.error.back(), 0.02);
}

TEST(ShellAverage, counts_every_pair_of_opposite_modes_once) {
  Stream stream(77, Purpose::Test);
  const double edge = 30, largest = 3;
  const ShellCurve curve = shell_average(ideal_gas(100, Cell::cubic(edge), stream), largest);
  const double sum = std::accumulate(curve.modes.begin(), curve.modes.end(), 0.0);
  int expected = 0;
  for (int i = -15; i <= 15; ++i)
    for (int j = -15; j <= 15; ++j)
      for (int l = -15; l <= 15; ++l)
        expected +=
            i * i + j * j + l * l > 0 && std::sqrt(i * i + j * j + l * l) * 2 * std::numbers::pi / edge <= largest;
  EXPECT_EQ(sum, expected / 2);
  EXPECT_EQ(curve.modes.front(), 9U);  // (100) and (110): |k| below 1.5 of the smallest
}

TEST(ShellAverage, starts_at_the_smallest_wave_vector_of_the_cell) {
  Stream stream(78, Purpose::Test);
  const ShellCurve curve = shell_average(ideal_gas(100, Cell::orthorhombic(20, 40, 30), stream), 2);
  EXPECT_DOUBLE_EQ(curve.smallest_q, 2 * std::numbers::pi / 40);
  EXPECT_GE(curve.q.front(), curve.smallest_q);
}

}  // namespace
}  // namespace cardhouse
