#include "analysis/pair_distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/neutron_lengths.hpp"
#include "analysis/scattering.hpp"
#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

Atoms mixed_gas(int n, Stream& stream) {
  Atoms gas{Cell({30, 0, 0}, {6, 32, 0}, {-4, 5, 31}), {}, {}};
  for (int i = 0; i < n; ++i) {
    const Element element = i % 4 == 0 ? Element::Na : i % 4 == 1 ? Element::H : Element::C;
    gas.add(element, gas.cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  }
  return gas;
}

TEST(PairDistribution, of_an_ideal_gas_is_one_for_every_pair_of_elements) {
  Stream stream(110, Purpose::Test);
  const PairDistribution distribution = pair_distribution(PairHistogram::periodic(mixed_gas(6000, stream)), 0.5);
  ASSERT_EQ(distribution.partials.size(), 6U);
  for (const PartialDistribution& partial : distribution.partials) {
    // Bins beyond 3 angstrom hold hundreds of pairs; Poisson noise below 5 %.
    for (std::size_t k = 6; k < distribution.r.size(); ++k) EXPECT_NEAR(partial.g[k], 1, 0.15) << distribution.r[k];
    EXPECT_LT(partial.error.back(), 0.05);
  }
}

TEST(PairDistribution, of_graphite_counts_its_shells) {
  const Atoms atoms = samples::graphite(10, 6, 3);
  const PairDistribution distribution = pair_distribution(PairHistogram::periodic(atoms));
  const auto within = [&](double distance) {
    return coordination_number(distribution, Element::C, Element::C, distance);
  };
  EXPECT_NEAR(within(1.6), 3, 1e-9);
  EXPECT_NEAR(within(2.6), 9, 1e-9);
  EXPECT_NEAR(within(3.0), 12, 1e-9);
}

TEST(PairDistribution, is_the_same_in_a_supercell_and_at_another_origin) {
  Stream stream(111, Purpose::Test);
  const Atoms atoms = samples::turbostratic(14, 7, 8, 3.6, stream);
  const double range = atoms.cell.inradius();
  const PairDistribution one = pair_distribution(PairHistogram::periodic(atoms, range), 0.1);
  const Atoms moved = samples::moved(samples::doubled_along_a(atoms), {1, 2, 3});
  const PairDistribution two = pair_distribution(PairHistogram::periodic(moved, range), 0.1);
  const std::vector<double> first = reduced_distribution(one), second = reduced_distribution(two);
  // Pairs of a shaken lattice do not change their bins but for rounding.
  for (std::size_t k = 0; k < first.size(); ++k) EXPECT_NEAR(first[k], second[k], 1e-3) << one.r[k];
}

TEST(PairDistribution, transforms_into_the_structure_factor) {
  // Two roads: S(q) - 1 = 1/q int G(r) w(r) sin(qr) dr with Lorch's window, and Debye's sum over the same histogram.
  Stream stream(112, Purpose::Test);
  Atoms atoms = samples::turbostratic(14, 7, 8, 3.6, stream);
  std::fill(atoms.elements.begin(), atoms.elements.end(), Element::C);
  const PairHistogram histogram = PairHistogram::periodic(atoms);
  const PairDistribution distribution = pair_distribution(histogram, 0.005);
  const std::vector<double> reduced = reduced_distribution(distribution), q = q_grid(0.5, 8, 50);
  const ScatteringCurve curve = scattering(histogram, q);
  for (std::size_t i = 0; i < q.size(); ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < reduced.size(); ++k) {
      const double r = distribution.r[k], x = std::numbers::pi * r / histogram.range();
      sum += reduced[k] * std::sin(x) / x * std::sin(q[i] * r) * 0.005;
    }
    EXPECT_NEAR(1 + sum / q[i], curve.structure_factor[i], 5e-3);
  }
}

TEST(ReducedDistribution, weighs_pairs_by_electrons_or_by_neutron_lengths) {
  // One C-H pair in a large cell: G has one peak; its area weighs b_C b_H.
  Atoms atoms{Cell::cubic(20), {{5, 5, 5}, {6.1, 5, 5}}, {Element::C, Element::H}};
  const PairDistribution distribution = pair_distribution(PairHistogram::periodic(atoms, 3), 0.02);
  const auto top = [&](ScatteringPower power) {
    const std::vector<double> g = reduced_distribution(distribution, power);
    std::size_t at = 0;
    for (std::size_t k = 0; k < g.size(); ++k)
      if (std::abs(g[k]) > std::abs(g[at])) at = k;
    EXPECT_NEAR(distribution.r[at], 1.1, 0.02);
    return g[at];
  };
  const double x_rays = top(form_factor), neutrons = top(neutron_length);
  EXPECT_GT(x_rays, 0);
  EXPECT_LT(neutrons, 0);  // hydrogen scatters neutrons with the opposite phase
  const auto weight = [](double c, double h) { return c * h / std::pow(c + h, 2); };
  EXPECT_NEAR(neutrons / x_rays, weight(6.6460, -3.7390) / weight(6, 1), 0.02 * std::abs(neutrons / x_rays));
}

TEST(PairDistribution, refuses_a_cluster) {
  const std::vector<Vector3> positions{{0, 0, 0}, {1, 0, 0}};
  const std::vector<Element> elements(2, Element::C);
  EXPECT_THROW(pair_distribution(PairHistogram::cluster(positions, elements)), InputError);
}

TEST(ElectronDensity, counts_sodium_with_its_eleven_electrons) {
  const Atoms atoms{Cell::cubic(10), {{1, 1, 1}, {2, 2, 2}, {3, 3, 3}}, {Element::C, Element::Na, Element::H}};
  EXPECT_DOUBLE_EQ(electron_density(atoms), 0.018);
}

TEST(NeutronLengths, exist_for_all_elements) {
  for (Element element : all_elements()) EXPECT_LT(std::abs(neutron_length(element)), 1.1e-4);
  EXPECT_DOUBLE_EQ(neutron_length(Element::C), 6.6460e-5);
  EXPECT_LT(neutron_length(Element::H), 0);
}

}  // namespace
}  // namespace cardhouse
