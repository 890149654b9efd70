#include "analysis/pores.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/base/errors.hpp"
#include "engine/structure/atom_locator.hpp"
#include "engine/structure/void_map.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

double ball(double radius) {
  return 4.0 / 3 * std::numbers::pi * radius * radius * radius;
}

double sum(const std::vector<Estimate>& bins) {
  return std::accumulate(bins.begin(), bins.end(), 0.0, [](double s, const Estimate& e) { return s + e.value; });
}

TEST(Pores, of_a_solid_without_voids_are_zero_and_finite) {
  const Atoms atoms = samples::dense_solid(12, [](const Vector3&) { return true; });
  const PoreReport report = analyse_pores(atoms);
  EXPECT_EQ(report.open_volume.value, 0);
  EXPECT_EQ(report.semi_closed_volume.value, 0);
  EXPECT_EQ(report.closed_volume.value, 0);
  EXPECT_EQ(report.closed_radius.value, 0);
  EXPECT_EQ(report.largest_radius.value, 0);
  EXPECT_TRUE(report.pores.empty());
  EXPECT_DOUBLE_EQ(report.helium_density.value, report.geometric_density);
  EXPECT_GE(report.sizes.total.size(), 40U);
  EXPECT_EQ(sum(report.sizes.total), 0);
  EXPECT_EQ(report.nitrogen_area.total.value, 0);
  EXPECT_EQ(report.spheres.limiting, 0);
  EXPECT_TRUE(is_well_formed(pore_table(report)));
  EXPECT_TRUE(is_well_formed(size_distribution_table(report)));
}

TEST(Pores, measure_a_closed_sphere_of_known_radius) {
  const Vector3 centre{12, 12, 12};
  const Atoms atoms = samples::dense_solid(24, [&](const Vector3& p) { return norm(p - centre) > 8; });
  const double radius = VoidMap(atoms).clearance_at(centre);  // 8.x - 1.7: where the wall really is
  const PoreReport report = analyse_pores(atoms);
  const double mass = total_mass(atoms);
  ASSERT_EQ(report.pores.size(), 1U);
  EXPECT_EQ(report.pores[0].pore_class, PoreClass::Closed);
  EXPECT_NEAR(report.pores[0].sphere_radius, radius, 0.02);
  EXPECT_NEAR(report.largest_radius.value, radius, 0.02);
  EXPECT_NEAR(report.closed_radius.value, radius, 0.02);
  // The wall is rough on the scale of the 1 angstrom net: a shell of 0.25 angstrom about the inscribed sphere.
  EXPECT_GT(report.closed_volume.value, 0.98 * ball(radius) / mass);
  EXPECT_LT(report.closed_volume.value, ball(radius + 0.3) / mass);
  EXPECT_LT(report.closed_volume.error, 0.02 * report.closed_volume.value);
  EXPECT_EQ(report.open_volume.value, 0);
  EXPECT_DOUBLE_EQ(report.helium_density.value, report.geometric_density);
  EXPECT_NEAR(report.pycnometric_closed_volume.value, 1 / report.geometric_density - 1 / 1.36101, 1e-3);
}

TEST(Pores, put_a_sphere_into_the_bin_of_its_diameter) {
  const Vector3 centre{12, 12, 12};
  const Atoms atoms = samples::dense_solid(24, [&](const Vector3& p) { return norm(p - centre) > 8; });
  const double diameter = 2 * VoidMap(atoms).clearance_at(centre);
  const PoreReport report = analyse_pores(atoms, {.bin_width = 1});
  double near = 0;
  for (std::size_t b = 0; b < report.sizes.closed.size(); ++b) {
    const double middle = report.sizes.diameters[b] + 0.5;
    if (std::abs(middle - diameter) < 1.0) near += report.sizes.closed[b].value;
  }
  EXPECT_GT(near, 0.85 * sum(report.sizes.closed));
  EXPECT_EQ(sum(report.sizes.open), 0);
  EXPECT_NEAR(sum(report.sizes.closed), report.closed_volume.value, 1e-9);
  EXPECT_GE(sum(report.sizes.total), sum(report.sizes.closed));
}

TEST(Pores, measure_an_open_slit_of_known_width) {
  // Layers of atoms fill z = 0..16 of 24: the slit is 24 - 16 = 8 wide between centres of the outermost atoms plus 1.
  const Atoms atoms = samples::dense_solid(24, [](const Vector3& p) { return p.z < 16; });
  const double centre_gap = 24 - 15.5 + 0.5;
  const double half_width = VoidMap(atoms).clearance_at({0.5, 0.5, 20});
  EXPECT_NEAR(half_width, 0.5 * centre_gap - 1.7, 1e-9);
  const PoreReport report = analyse_pores(atoms);
  ASSERT_EQ(report.pores.size(), 1U);
  EXPECT_EQ(report.pores[0].pore_class, PoreClass::Open);
  EXPECT_TRUE(report.pores[0].reached_by_carbon_dioxide);
  const double mass = total_mass(atoms), area = 24 * 24;
  // Between the planes that touch the atoms, and the planes half a hollow (sqrt(1.7^2 - 0.5) against 1.7) behind them.
  EXPECT_GT(report.open_volume.value, 0.97 * area * 2 * half_width / mass);
  EXPECT_LT(report.open_volume.value, area * (2 * half_width + 0.32) / mass);
  EXPECT_EQ(report.closed_volume.value, 0);
  const double solid = atoms.cell.volume() - mass * (report.open_volume.value + report.semi_closed_volume.value);
  EXPECT_NEAR(report.helium_density.value, mass / solid, 1e-3 * mass / solid);
  EXPECT_GT(report.helium_density.value, report.geometric_density);
}

TEST(Pores, class_a_cavity_by_the_probe_that_passes_its_neck) {
  // Clearance on the axis of the neck decides: 1.3 for helium, 1.65 for carbon dioxide, 1.82 for nitrogen.
  struct Case {
    double neck, clearance;
    PoreClass pore_class;
    bool carbon_dioxide;
  };
  const Case cases[] = {{2.2, 0.80, PoreClass::Closed, false},
                        {3.1, 1.50, PoreClass::SemiClosed, false},
                        {3.55, 1.94, PoreClass::Open, true}};
  for (const Case& c : cases) {
    const Atoms atoms = samples::dense_solid(20, [&](const Vector3& p) {
      return norm(p - Vector3{10, 10, 10}) > 6 && std::hypot(p.y - 10.5, p.z - 10) > c.neck;
    });
    EXPECT_NEAR(VoidMap(atoms).clearance_at({0.5, 10.5, 10}), c.clearance, 0.01);
    const PoreReport report = analyse_pores(atoms, {.spacing = 0.25, .grids = 1});
    ASSERT_GE(report.pores.size(), 1U);
    const MeasuredPore& pore = report.pores[0];
    EXPECT_EQ(name_of(pore.pore_class), std::string(name_of(c.pore_class))) << c.neck;
    EXPECT_EQ(pore.reached_by_carbon_dioxide, c.carbon_dioxide) << c.neck;
    const double mass = total_mass(atoms), cavity = 0.9 * ball(6 - 1.7) / mass;
    EXPECT_EQ(report.closed_volume.value > cavity, c.pore_class == PoreClass::Closed);
    EXPECT_EQ(report.semi_closed_volume.value > cavity, c.pore_class == PoreClass::SemiClosed);
    EXPECT_EQ(report.open_volume.value > cavity, c.pore_class == PoreClass::Open);
    // A thinner molecule in place of carbon dioxide passes the neck of 1.5 as well.
    const PoreReport thin = analyse_pores(atoms, {.spacing = 0.25, .carbon_dioxide_diameter = 2.7, .grids = 1});
    EXPECT_EQ(thin.pores[0].reached_by_carbon_dioxide, c.clearance > 1.35) << c.neck;
  }
}

TEST(Pores, see_no_pores_in_graphite) {
  const PoreReport report = analyse_pores(samples::graphite(6, 4, 3));
  EXPECT_TRUE(report.pores.empty());
  // Its own density: 1/rho - 1/2.26 cm3/g is nearly nothing.
  EXPECT_NEAR(report.pycnometric_closed_volume.value, 0, 0.01);
}

TEST(Pores, refuse_options_out_of_range) {
  const Atoms atoms = samples::graphite(2, 2, 1);
  EXPECT_THROW(analyse_pores(atoms, {.spacing = 0}), InputError);
  EXPECT_THROW(analyse_pores(atoms, {.helium_diameter = 4}), InputError);
  EXPECT_THROW(analyse_pores(atoms, {.grids = 5}), InputError);
}

TEST(Pores, tell_how_a_cavity_connects_and_what_it_offers_to_touch) {
  // Two cavities of radius 6.5 and a straight neck of radius 4.5 between them, closed to the outside.
  const auto inside = [](const Vector3& p) {
    const Vector3 left{9, 9, 9}, right{23, 9, 9};
    const bool neck = p.x > 9 && p.x < 23 && std::hypot(p.y - 9, p.z - 9) < 3.6;
    return norm(p - left) < 6.5 || norm(p - right) < 6.5 || neck;
  };
  Atoms atoms{Cell::orthorhombic(32, 18, 18), {}, {}};
  for (int n = 0; n < 32 * 18 * 18; ++n) {
    const Vector3 p{n / 324 + 0.5, n / 18 % 18 + 0.5, n % 18 + 0.5};
    if (!inside(p)) atoms.add(Element::C, p);
  }
  const PoreReport whole = analyse_pores(atoms, {.grids = 1, .neck_ratio = 0});
  ASSERT_EQ(whole.pores.size(), 1U);  // helium passes the neck
  EXPECT_TRUE(whole.throats.empty());
  const PoreReport report = analyse_pores(atoms, {.grids = 1});
  ASSERT_EQ(report.pores.size(), 2U);  // but one would count two
  const double neck = VoidMap(atoms).clearance_at({16, 9, 9});
  double volume = 0, area = 0;
  for (const MeasuredPore& pore : report.pores) {
    EXPECT_EQ(pore.connection.mouth_radius, 0);
    EXPECT_EQ(pore.openness(), 0);
    EXPECT_EQ(pore.connection.neighbours, 1U);
    EXPECT_NEAR(pore.connection.throat_radius, neck, 0.15);
    EXPECT_NEAR(std::abs(pore.centroid.x - 16), 7, 1);
    volume += pore.volume;
    area += pore.area;
  }
  EXPECT_NEAR(volume, whole.pores[0].volume, 1e-9);
  EXPECT_NEAR(area, whole.pores[0].area, 1e-9);
  EXPECT_DOUBLE_EQ(report.closed_volume.value, whole.closed_volume.value);
  ASSERT_EQ(report.throats.size(), 1U);
  EXPECT_NEAR(report.throats[0].radius, neck, 0.15);
  EXPECT_TRUE(is_well_formed(throat_table(report)));
  EXPECT_NEAR(0.5 * report.spheres.largest, report.largest_radius.value, 0.02);
  EXPECT_EQ(report.spheres.limiting, 0);
  EXPECT_GT(report.nitrogen_area.total.value, 0);
  EXPECT_EQ(report.nitrogen_area.open.value, 0);
  EXPECT_EQ(report.carbon_dioxide_area.open.value, 0);
}

TEST(Pores, give_a_channel_the_mouth_that_limits_it) {
  const Atoms atoms = samples::dense_solid(16, [](const Vector3& p) { return std::hypot(p.x - 8, p.y - 8) > 5; });
  const PoreReport report = analyse_pores(atoms, {.grids = 1});
  ASSERT_EQ(report.pores.size(), 1U);
  EXPECT_EQ(report.pores[0].pore_class, PoreClass::Open);
  EXPECT_NEAR(report.pores[0].connection.mouth_radius, 0.5 * report.spheres.limiting, 1e-9);
  EXPECT_GT(report.pores[0].openness(), 0.95);
  EXPECT_NEAR(report.nitrogen_area.open.value, report.nitrogen_area.total.value,
              0.01 * report.nitrogen_area.total.value);
  EXPECT_LT(report.nitrogen_area.total.value, report.carbon_dioxide_area.total.value);  // a larger probe stays off
}

TEST(Pores, tell_what_sodium_reaches_bare_and_in_its_shell) {
  // A channel of clearance 2.3: wide enough for every gas and the bare ion, too narrow for the ion with its solvent.
  const Atoms atoms = samples::dense_solid(16, [](const Vector3& p) { return std::hypot(p.x - 8, p.y - 8) > 4; });
  const PoreReport report = analyse_pores(atoms, {.grids = 1});
  ASSERT_EQ(report.probes.size(), 5U);
  const ProbeReport& bare = report.probes.front();
  const ProbeReport& solvated = report.probes.back();
  EXPECT_GT(bare.area.open.value, report.nitrogen_area.open.value);  // its centre goes nearer to the wall
  EXPECT_EQ(solvated.open_volume.value, 0);
  EXPECT_EQ(solvated.area.total.value, 0);
  for (std::size_t p = 1; p < report.probes.size(); ++p)
    EXPECT_LE(report.probes[p].open_volume.value, report.probes[p - 1].open_volume.value);
  const PoreReport thin = analyse_pores(atoms, {.solvated_sodium_diameter = 3.8, .grids = 1});
  EXPECT_GT(thin.probes.back().open_volume.value, 0);
  EXPECT_TRUE(is_well_formed(probe_table(report)));
}

// A solid with one closed sphere and one pit that opens to the upper face, between two vacuums of 16 angstrom.
Atoms porous_slab() {
  const auto inside = [](const Vector3& p) {
    const bool sphere = norm(p - Vector3{6, 6, 10}) < 5.5;
    const bool pit = std::hypot(p.x - 18, p.y - 18) < 5 && p.z > 12;
    return sphere || pit;
  };
  Atoms atoms{Cell::orthorhombic(24, 24, 40), {}, {}};
  for (int n = 0; n < 24 * 24 * 24; ++n) {
    const Vector3 p{n / 576 + 0.5, n / 24 % 24 + 0.5, n % 24 + 0.5};
    if (!inside(p)) atoms.add(Element::C, p);
  }
  return atoms;
}

TEST(Pores, of_a_slab_do_not_count_the_vacuum) {
  const Atoms atoms = porous_slab();
  const PoreReport filled = analyse_pores(atoms, {.grids = 1}),
                   slab = analyse_pores(atoms, {.grids = 1, .vacuum_axis = 2});
  const double mass = total_mass(atoms), volume = 24 * 24 * (23 + 2 * 1.7);
  EXPECT_NEAR(slab.geometric_density, mass / volume, 1e-12);
  EXPECT_NEAR(slab.closed_volume.value, filled.closed_volume.value, 1e-12);
  EXPECT_GT(filled.open_volume.value * mass, 24 * 24 * 12);
  // The pit, a cylinder of radius 3.6 or so from 12 to the upper face, and nothing beside it.
  const double pit = slab.open_volume.value * mass;
  EXPECT_GT(pit, 9.5 * std::numbers::pi * 3.3 * 3.3);  // its mouth belongs to spheres of the vacuum
  EXPECT_LT(pit, 13.5 * std::numbers::pi * 4 * 4 + 0.15 * 24 * 24);
  EXPECT_GT(slab.helium_density.value, slab.geometric_density);
  EXPECT_NEAR(slab.helium_density.value, mass / (volume - pit), 0.01 * slab.helium_density.value);
  // The closed sphere is the largest, not the vacuum.
  EXPECT_NEAR(0.5 * slab.spheres.largest, slab.largest_radius.value, 0.1);
  EXPECT_LT(slab.spheres.largest, 9);
  EXPECT_GT(filled.spheres.largest, 13);
  for (std::size_t b = 0; b < slab.sizes.total.size(); ++b)
    EXPECT_TRUE(slab.sizes.diameters[b] < 12 || slab.sizes.total[b].value == 0) << slab.sizes.diameters[b];
  EXPECT_EQ(slab.pores.front().pore_class, PoreClass::Closed);
}

TEST(Pores, of_a_slab_are_the_same_along_any_cell_vector_and_place) {
  const Atoms upright = porous_slab();
  // The vacuum along a, in a skewed cell, and the slab across the border of the cell.
  Atoms lying{Cell({40, 7, -9}, {0, 24, 0}, {0, 0, 24}), {}, {}};
  for (const Vector3& p : upright.positions) lying.add(Element::C, {p.z + 31, p.x + 5, p.y});
  const PoreReport one = analyse_pores(upright, {.grids = 2, .vacuum_axis = 2});
  const PoreReport other = analyse_pores(lying, {.grids = 2, .vacuum_axis = 0});
  const auto same = [](const Estimate& a, const Estimate& b) {
    EXPECT_NEAR(a.value, b.value, 3 * std::hypot(a.error, b.error) + 0.02 * a.value);
  };
  EXPECT_NEAR(one.geometric_density, other.geometric_density, 1e-9);
  EXPECT_NEAR(one.spheres.largest, other.spheres.largest, 1e-6);
  same(one.closed_volume, other.closed_volume);
  same(one.open_volume, other.open_volume);
  same(one.helium_density, other.helium_density);
  same(one.closed_radius, other.closed_radius);
}

TEST(Pores, refuse_a_slab_without_vacuum) {
  EXPECT_THROW(analyse_pores(porous_slab(), {.grids = 1, .vacuum_axis = 0}), InputError);
  EXPECT_THROW(analyse_pores(porous_slab(), {.grids = 1, .vacuum_axis = 3}), InputError);
}

}  // namespace
}  // namespace cardhouse
