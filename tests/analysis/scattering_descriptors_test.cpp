#include "analysis/scattering_descriptors.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>
#include <numeric>

#include "analysis/grid_scattering.hpp"
#include "analysis/neutron_lengths.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

// Carbon, one atom a cubic angstrom, with a hole in the middle, empty or filled with sodium of the same number of
// electrons per volume.
Atoms matrix_with_hole(bool filled) {
  const int edge = 48;
  const double radius = 10;
  const Vector3 centre{edge / 2.0, edge / 2.0, edge / 2.0};
  Atoms atoms = samples::dense_solid(edge, [&](const Vector3& p) { return norm(p - centre) > radius; });
  const double step = std::cbrt(11.0 / 6);
  for (int i = -9; filled && i <= 9; ++i)
    for (int j = -9; j <= 9; ++j)
      for (int k = -9; k <= 9; ++k) {
        const Vector3 p = step * Vector3{i + 0.5, j + 0.5, k + 0.5};
        if (norm(p) < radius) atoms.add(Element::Na, centre + p);
      }
  return atoms;
}

// Scattering at small angles per volume: the sum over the first shells.
double small_angles(const Atoms& atoms, ScatteringPower power) {
  const ShellCurve shells = shell_average(atoms, 0.35, 0, power);
  return std::accumulate(shells.intensity.begin(), shells.intensity.end(), 0.0) * static_cast<double>(atoms.size());
}

TEST(SmallAngles, of_a_pore_vanish_when_sodium_matches_the_electrons_of_its_walls) {
  const Atoms empty = matrix_with_hole(false), filled = matrix_with_hole(true);
  EXPECT_LT(small_angles(filled, form_factor), 0.02 * small_angles(empty, form_factor));
  // Neutrons see carbon and sodium otherwise: 6.65 fm at full and 3.63 fm at 6/11 of the density.
  const double contrast = std::pow(1 - 3.63 * 6 / (6.6460 * 11), 2);
  EXPECT_NEAR(small_angles(filled, neutron_length) / small_angles(empty, neutron_length), contrast, 0.05 * contrast);
}

TEST(SmallAngleDescriptors, give_the_correlation_length_of_random_interfaces) {
  // Space coloured by the parity of random planes, as in saxs_test.cpp: gamma(r) = exp(-r/length).
  Stream stream(120, Purpose::Test);
  const double edge = 130, around = edge * std::sqrt(3.0) / 2, length = 5;
  std::vector<std::pair<Vector3, double>> planes;
  while (planes.size() < 2 * around / length) {
    const Vector3 normal = normalized({stream.normal(), stream.normal(), stream.normal()});
    planes.emplace_back(normal, around * (2 * stream.uniform() - 1));
  }
  const Cell cell = Cell::cubic(edge);
  const auto inside = [&](const Vector3& p) {
    bool colour = false;
    for (const auto& [normal, offset] : planes)
      colour ^= dot(normal, cell.wrap(p) - Vector3{edge, edge, edge} / 2) > offset;
    return colour;
  };
  Atoms atoms{cell, {}, {}};
  double pairs = 0, alike = 0;
  while (atoms.size() < 50000) {
    const Vector3 p = edge * Vector3{stream.uniform(), stream.uniform(), stream.uniform()};
    const bool here = inside(p);
    alike += here == inside(p + length * normalized({stream.normal(), stream.normal(), stream.normal()}));
    ++pairs;
    if (here) atoms.add(Element::C, p);
  }
  const double realised = -length / std::log(2 * alike / pairs - 1);
  const Description description = describe_small_angles({atoms, BondGraph(atoms.size(), {})}, {});
  ASSERT_GE(description.values.size(), 3U) << description.values[0].remark;
  EXPECT_NEAR(description.values[0].estimate.value, 50000 * 6 / std::pow(edge / 10, 3), 1e-6);
  EXPECT_EQ(description.values[1].name, "saxs_pore_length");
  EXPECT_NEAR(description.values[1].estimate.value, realised / 10, 0.2 * realised / 10);
  EXPECT_GT(description.values[1].estimate.error, 0);
  // The model for just this.
  const auto named = [&](const std::string& name) {
    const auto& values = description.values;
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.name == name; });
    EXPECT_NE(found, values.end()) << name << description.values[0].remark;
    return found == values.end() ? Estimate{} : found->estimate;
  };
  EXPECT_NEAR(named("saxs_correlation_length").value, realised / 10, 0.2 * realised / 10);
}

TEST(SmallAngleDescriptors, say_why_a_narrow_cell_has_no_pore_length) {
  const Description description = describe_small_angles(samples::with_bonds(samples::graphite(8, 5, 3)), {});
  ASSERT_EQ(description.values.size(), 1U);
  EXPECT_NE(description.values[0].remark.find("narrower than 6 nm"), std::string::npos);
}

TEST(DahnRatioDescriptor, is_there_where_there_are_stacks) {
  Stream stream(121, Purpose::Test);
  Atoms stacked = samples::turbostratic(14, 7, 8, 3.6, stream);
  // As many atoms at random: without them the window of distances leaves a background of about nothing.
  for (std::size_t n = stacked.size(); n > 0; --n)
    stacked.add(Element::C, stacked.cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  const auto ratio = [](const Atoms& atoms) {
    return dahn_ratio_of(scattering(PairHistogram::periodic(atoms), q_grid()));
  };
  ASSERT_EQ(ratio(stacked).size(), 1U);
  EXPECT_GT(ratio(stacked)[0].estimate.value, 2);
  EXPECT_GT(ratio(stacked)[0].estimate.error, 0);
}

}  // namespace
}  // namespace cardhouse
