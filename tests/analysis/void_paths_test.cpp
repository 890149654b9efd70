#include "analysis/void_paths.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/structure/atom_locator.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

constexpr double r = 1.7;  // of carbon

Atoms lattice(const Cell& cell, const std::vector<Vector3>& basis) {
  Atoms atoms{cell, {}, {}};
  for (const Vector3& f : basis) atoms.add(Element::C, cell.to_cartesian(f));
  return atoms;
}

Atoms face_centred(double a) {
  return lattice(Cell::cubic(a), {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}});
}

Atoms diamond(double a) {
  std::vector<Vector3> basis;
  for (const Vector3& f : {Vector3{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}}) {
    basis.push_back(f);
    basis.push_back(f + Vector3{0.25, 0.25, 0.25});
  }
  return lattice(Cell::cubic(a), basis);
}

// A random solid with voids of many sizes.
Atoms random_solid(const Cell& cell, int n) {
  Stream stream(31, Purpose::Test);
  Atoms atoms{cell, {}, {}};
  for (int i = 0; i < n; ++i)
    atoms.add(Element::C, cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  return atoms;
}

void expect_equal(const SphereDiameters& a, const SphereDiameters& b) {
  EXPECT_NEAR(a.largest, b.largest, 1e-7);
  EXPECT_NEAR(a.limiting, b.limiting, 1e-7);
  EXPECT_NEAR(a.along_path, b.along_path, 1e-7);
}

TEST(VoidPaths, knows_the_octahedral_void_and_the_triangular_neck_of_close_packing) {
  const double a = 8;
  const SphereDiameters d = sphere_diameters(VoidGraph(face_centred(a)));
  EXPECT_NEAR(d.largest, 2 * (a / 2 - r), 1e-9);
  EXPECT_NEAR(d.limiting, 2 * (a / std::sqrt(6.0) - r), 1e-9);
  EXPECT_NEAR(d.along_path, d.largest, 1e-9);
}

TEST(VoidPaths, knows_the_tetrahedral_void_and_the_neck_of_diamond) {
  // A puckered ring has two triangles of second neighbours, narrower than its middle.
  const double a = 10;
  const SphereDiameters d = sphere_diameters(VoidGraph(diamond(a)));
  EXPECT_NEAR(d.largest, 2 * (a * std::sqrt(3.0) / 4 - r), 1e-9);
  EXPECT_NEAR(d.limiting, 2 * (a / std::sqrt(6.0) - r), 1e-9);
}

TEST(VoidPaths, knows_the_hollows_and_bridges_of_a_slit) {
  // Aligned layers: the widest spheres sit between two hollows and pass over bonds.
  const double height = 10;
  Atoms atoms{Cell::orthorhombic(8 * samples::lattice_constant, 5 * samples::lattice_constant * std::sqrt(3.0), height),
              {},
              {}};
  samples::add_layer(atoms, 8, 5, 2);
  const double bond = samples::lattice_constant / std::sqrt(3.0);
  const SphereDiameters d = sphere_diameters(VoidGraph(atoms));
  EXPECT_NEAR(d.largest, 2 * (std::hypot(height / 2, bond) - r), 1e-9);
  EXPECT_NEAR(d.limiting, 2 * (std::hypot(height / 2, bond / 2) - r), 1e-9);
}

TEST(VoidPaths, finds_a_closed_sphere_but_no_way_to_it) {
  const Vector3 centre{10, 10, 10};
  const Atoms atoms = samples::dense_solid(20, [&](const Vector3& p) { return norm(p - centre) > 6; });
  const VoidGraph graph(atoms);
  const SphereDiameters d = sphere_diameters(graph);
  EXPECT_NEAR(d.largest, 2 * AtomLocator(atoms).nearest(centre).clearance, 1e-6);
  EXPECT_EQ(d.limiting, 0);
  EXPECT_EQ(d.along_path, 0);
  const std::vector<std::uint32_t> pores{graph.node_near(centre, 1.5)};
  const PoreConnection pore = connect_pores(graph, pores, 1.02).front();
  EXPECT_EQ(pore.mouth_radius, 0);
  EXPECT_EQ(pore.neighbours, 0U);
}

TEST(VoidPaths, measures_a_cylinder_along_its_axis) {
  // Through the whole cell, square net of 1 angstrom: the axis passes between and through planes of atoms alike.
  const auto off_axis = [](const Vector3& p) { return std::hypot(p.x - 10, p.y - 10); };
  const Atoms atoms = samples::dense_solid(20, [&](const Vector3& p) { return off_axis(p) > 5; });
  double wall = 1e9;
  for (const Vector3& p : atoms.positions) wall = std::min(wall, off_axis(p));
  const SphereDiameters d = sphere_diameters(VoidGraph(atoms));
  EXPECT_NEAR(d.limiting, 2 * (wall - r), 1e-9);  // in the planes of atoms
  EXPECT_NEAR(d.largest, 2 * (std::hypot(wall, 0.5) - r), 1e-9);
}

TEST(VoidPaths, is_the_same_for_every_cell_origin_order_and_orientation) {
  const Cell skewed({14, 0, 0}, {4, 13, 0}, {-3, 5, 15});
  const Atoms atoms = random_solid(skewed, 60);
  const SphereDiameters reference = sphere_diameters(VoidGraph(atoms));
  ASSERT_GT(reference.limiting, 0.5);
  expect_equal(reference, sphere_diameters(VoidGraph(samples::doubled_along_a(atoms))));
  expect_equal(reference, sphere_diameters(VoidGraph(samples::moved(atoms, {3.3, -9.1, 5.7}))));
  Atoms backwards{skewed, {}, {}};
  for (std::size_t i = atoms.size(); i-- > 0;) backwards.add(Element::C, atoms.positions[i]);
  expect_equal(reference, sphere_diameters(VoidGraph(backwards)));
  const auto turned = [](const Vector3& v) {  // about two axes
    const Vector3 w{0.6 * v.x - 0.8 * v.y, 0.8 * v.x + 0.6 * v.y, v.z};
    return Vector3{w.x, 0.28 * w.y - 0.96 * w.z, 0.96 * w.y + 0.28 * w.z};
  };
  const auto& v = skewed.vectors();
  Atoms rotated{Cell(turned(v[0]), turned(v[1]), turned(v[2])), {}, {}};
  for (const Vector3& p : atoms.positions) rotated.add(Element::C, turned(p));
  expect_equal(reference, sphere_diameters(VoidGraph(rotated)));
  const Atoms other_cell{Cell(v[0], v[1] + v[0], v[2] - v[1]), atoms.positions, atoms.elements};
  expect_equal(reference, sphere_diameters(VoidGraph(other_cell)));
}

TEST(VoidPaths, connects_the_octahedral_voids_of_close_packing_over_tetrahedra) {
  const double a = 8;
  const VoidGraph graph(face_centred(a));
  const std::vector<std::uint32_t> pores{graph.node_near({4, 4, 4}, 0.1), graph.node_near({4, 0, 0}, 0.1),
                                         graph.node_near({0, 4, 0}, 0.1), graph.node_near({0, 0, 4}, 0.1)};
  for (const PoreConnection& pore : connect_pores(graph, pores, 1.02)) {
    EXPECT_NEAR(pore.mouth_radius, a / std::sqrt(6.0) - r, 1e-9);
    EXPECT_NEAR(pore.throat_radius, a / std::sqrt(6.0) - r, 1e-9);
    EXPECT_GE(pore.neighbours, 3U);
  }
  // Necks narrower than what is asked for do not count.
  for (const PoreConnection& pore : connect_pores(graph, pores, 1.6)) EXPECT_EQ(pore.neighbours, 0U);
}

TEST(VoidPaths, of_one_atom_is_that_of_a_simple_cubic_crystal) {
  const double a = 6;
  const SphereDiameters d = sphere_diameters(VoidGraph(lattice(Cell::cubic(a), {{0.1, 0.2, 0.3}})));
  EXPECT_NEAR(d.largest, a * std::sqrt(3.0) - 2 * r, 1e-9);
  EXPECT_NEAR(d.limiting, a * std::sqrt(2.0) - 2 * r, 1e-9);
}

}  // namespace
}  // namespace cardhouse
