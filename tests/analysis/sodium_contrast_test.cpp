#include "analysis/sodium_contrast.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

constexpr double hole = 9;

// Carbon, one atom a cubic angstrom, with a hole in the middle.
Atoms matrix() {
  return samples::dense_solid(40, [](const Vector3& p) { return norm(p - Vector3{20, 20, 20}) > hole; });
}

// Sites in the hole that hold `ratio` times the electrons per volume of the walls when all are full.
std::vector<Vector3> sites_in_hole(double ratio) {
  std::vector<Vector3> sites;
  const double step = std::cbrt(11.0 / (6 * ratio));
  for (int i = -12; i <= 12; ++i)
    for (int j = -12; j <= 12; ++j)
      for (int k = -12; k <= 12; ++k) {
        const Vector3 p = step * Vector3{i + 0.5, j + 0.5, k + 0.5};
        if (norm(p) < hole) sites.push_back(Vector3{20, 20, 20} + p);
      }
  return sites;
}

TEST(SodiumContrast, of_a_filling_pore_falls_to_nothing_and_rises_again) {
  const Atoms carbon = matrix();
  const std::vector<Vector3> sites = sites_in_hole(2);
  const auto intensity = [&](double filling) {
    const std::vector<double> occupations(sites.size(), filling);
    return operando_point(carbon, sites, occupations).small_angle_intensity;
  };
  const double empty = intensity(0);
  EXPECT_GT(empty, 0);
  EXPECT_LT(intensity(0.5), 0.05 * empty);  // matched; what is left is the diffuse scattering of half-filled sites
  EXPECT_NEAR(intensity(0.25) / empty, 0.25, 0.05);
  EXPECT_NEAR(intensity(1) / empty, 1, 0.1);
}

TEST(SodiumContrast, counts_electrons_on_both_sides_of_the_wall) {
  const Atoms carbon = matrix();
  std::vector<Vector3> sites = sites_in_hole(1);
  std::vector<double> occupations(sites.size(), 0.5);
  const double in_pore = 0.5 * static_cast<double>(sites.size());
  for (int n = 0; n < 10; ++n) {  // and ten atoms among the carbon
    sites.push_back({1.0 + n, 1, 1});
    occupations.push_back(1);
  }
  const OperandoPoint point = operando_point(carbon, sites, occupations);
  const auto atoms = static_cast<double>(carbon.size());
  EXPECT_NEAR(point.sodium_per_carbon, (in_pore + 10) / atoms, 1e-12);
  const double volume = carbon.cell.volume(), pores = point.pore_share * volume;
  EXPECT_GT(pores, 4.0 / 3 * std::numbers::pi * std::pow(hole - 1.7, 3));
  EXPECT_LT(pores, 4.0 / 3 * std::numbers::pi * std::pow(hole - 1.0, 3));
  // Sites between the pore and its atoms stand to the walls: the sum is what is exact.
  EXPECT_NEAR(point.pore_density * pores + point.wall_density * (volume - pores), 6 * atoms + 11 * (in_pore + 10),
              1e-6);
  EXPECT_NEAR(point.pore_density * pores, 11 * point.sodium_in_pores * (in_pore + 10), 1e-6);
  EXPECT_GT(point.sodium_in_pores, 0.5);
  EXPECT_DOUBLE_EQ(point.contrast, std::pow(point.wall_density - point.pore_density, 2));
}

// Layers at their spacing, a sodium plane half-way between all of them with one site over every sixth atom.
Atoms layers(double spacing, std::vector<Vector3>& sites) {
  const int nx = 12, ny = 7, n = 8;
  const double a = samples::lattice_constant, b = a * std::numbers::sqrt3;
  Atoms atoms{Cell::orthorhombic(nx * a, ny * b, n * spacing), {}, {}};
  Stream stream(130, Purpose::Test);
  for (int l = 0; l < n; ++l) {
    samples::add_layer(atoms, nx, ny, l * spacing, {a * stream.uniform(), b * stream.uniform(), 0});
    for (int s = 0; s < nx * ny * 4 / 6; ++s)
      sites.push_back({nx * a * stream.uniform(), ny * b * stream.uniform(), (l + 0.5) * spacing});
  }
  return atoms;
}

TEST(SodiumContrast, between_layers_weakens_002_by_the_amplitude_it_takes_away) {
  std::vector<Vector3> sites;
  const Atoms carbon = layers(3.5, sites);
  const auto intensity_of_002 = [&](double filling) {
    const std::vector<double> occupations(sites.size(), filling);
    const OperandoPoint point = operando_point(carbon, sites, occupations);
    // Height in electrons^2 per atom of carbon.
    const double q = point.stacking->position.value;
    const double squares =
        std::pow(form_factor(Element::C, q), 2) + point.sodium_per_carbon * std::pow(form_factor(Element::Na, q), 2);
    return point.stacking->height.value * squares;
  };
  const double q = 2 * std::numbers::pi / 3.5, ratio = form_factor(Element::Na, q) / form_factor(Element::C, q);
  for (const double filling : {0.3, 0.6, 1.0}) {
    const double amplitude = 1 - filling / 6 * ratio;
    EXPECT_NEAR(intensity_of_002(filling) / intensity_of_002(0), amplitude * amplitude, 0.03) << filling;
  }
}

TEST(SodiumContrast, follows_the_spacing_of_the_carbon_it_is_given) {
  for (const double spacing : {3.45, 3.8}) {
    std::vector<Vector3> sites;
    const Atoms carbon = layers(spacing, sites);
    const OperandoPoint point = operando_point(carbon, sites, std::vector<double>(sites.size(), 0.3));
    ASSERT_TRUE(point.stacking);
    EXPECT_NEAR(point.stacking->spacing.value, spacing, 0.02);
    const OperandoPoint points[] = {point};
    const Table table = operando_table(points);
    EXPECT_TRUE(is_well_formed(table));
    EXPECT_NEAR(table.column("d002").values[0], spacing / 10, 0.002);
    for (const Column& column : table.columns) EXPECT_NO_THROW(parse_unit(column.unit));
  }
}

TEST(SodiumContrast, refuses_occupations_that_are_none) {
  std::vector<Vector3> sites;
  const Atoms carbon = layers(3.5, sites);
  EXPECT_THROW(operando_point(carbon, sites, {}), InputError);
  EXPECT_THROW(operando_point(carbon, sites, std::vector<double>(sites.size(), 1.5)), InputError);
  EXPECT_THROW(operando_point({carbon.cell, {}, {}}, {}, {}), InputError);
}

TEST(StructureModes, of_partly_filled_sites_are_the_mean_over_their_fillings) {
  Stream stream(131, Purpose::Test);
  const Cell cell({12, 0, 0}, {3, 13, 0}, {-2, 1, 12});
  Atoms atoms{cell, {}, {}};
  std::vector<double> occupations;
  for (int i = 0; i < 60; ++i) {
    const bool sodium = i % 3 == 0;
    atoms.add(sodium ? Element::Na : Element::C,
              cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
    occupations.push_back(sodium ? stream.uniform() : 1);
  }
  const StructureModes expected(atoms, 2.5, form_factor, occupations);
  const auto power = [&](const Atoms& filled, double wavenumber) {  // sum f^2
    double sum = 0;
    for (const Element element : filled.elements) sum += std::pow(form_factor(element, wavenumber), 2);
    return sum;
  };
  const int draws = 400, n = expected.points(), last = n / 2 + 1;
  const std::array<std::array<int, 3>, 3> modes{{{1, 0, 1}, {0, 2, 1}, {2, 1, 0}}};
  std::array<RunningMoments, 3> drawn;
  for (int d = 0; d < draws; ++d) {
    Atoms filled{cell, {}, {}};
    for (std::size_t i = 0; i < atoms.size(); ++i)
      if (stream.uniform() < occupations[i]) filled.add(atoms.elements[i], atoms.positions[i]);
    const StructureModes one(filled, 2.5);
    for (std::size_t m = 0; m < modes.size(); ++m) {
      const auto& [i, j, l] = modes[m];
      const double value = one.values()[(static_cast<std::size_t>(i) * n + j) * last + l];
      drawn[m].add(value * power(filled, one.wavenumber(i, j, l)));
    }
  }
  for (std::size_t m = 0; m < modes.size(); ++m) {
    const auto& [i, j, l] = modes[m];
    const double q = expected.wavenumber(i, j, l);
    double squares = 0;
    for (std::size_t a = 0; a < atoms.size(); ++a)
      squares += occupations[a] * std::pow(form_factor(atoms.elements[a], q), 2);
    const double value = expected.values()[(static_cast<std::size_t>(i) * n + j) * last + l] * squares;
    // Four standard errors of the mean: false alarms once in 5000 runs, for three modes.
    EXPECT_NEAR(drawn[m].mean(), value, 4 * drawn[m].standard_error()) << m;
    EXPECT_LT(drawn[m].standard_error(), 0.2 * value);
  }
}

}  // namespace
}  // namespace cardhouse
