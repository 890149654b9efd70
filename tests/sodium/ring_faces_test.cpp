#include "engine/sodium/ring_faces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using namespace samples;

constexpr double edge_distance = 2.5;

std::size_t count_size(const std::vector<RingFace>& faces, std::size_t size) {
  return static_cast<std::size_t>(
      std::count_if(faces.begin(), faces.end(), [size](const RingFace& face) { return face.ring.size() == size; }));
}

// A zigzag tube along z: the sheet rolled up along x.
Atoms tube(int n, int cells, double& radius) {
  radius = n * lattice / (2 * std::numbers::pi);
  const Atoms flat = stack(n, cells, 10, {{0, 0}});
  Atoms rolled{Cell::orthorhombic(60, 60, cells * row), {}, {}};
  for (const Vector3& p : flat.positions)
    rolled.add(Element::C, {30 + radius * std::cos(p.x / radius), 30 + radius * std::sin(p.x / radius), p.y});
  return rolled;
}

TEST(RingFaces, a_sheet_has_hexagons_with_six_others_beside_each) {
  const auto faces = find_ring_faces(bonded(stack(4, 3, 30, {{0, 0}})), edge_distance);
  ASSERT_EQ(faces.size(), 24u);
  for (const RingFace& face : faces) {
    EXPECT_EQ(face.beside.size(), 6u);
    EXPECT_FALSE(face.is_trap());
    EXPECT_EQ(face.termination, Termination::None);
  }
}

TEST(RingFaces, a_bare_monovacancy_is_a_hole_of_twelve_atoms_and_no_edge) {
  const auto faces = find_ring_faces(bonded(without(stack(6, 4, 30, {{0, 0}}), 20)), edge_distance);
  EXPECT_EQ(count_size(faces, 12), 1u);
  EXPECT_EQ(count_size(faces, 6), 45u);
  EXPECT_EQ(faces.size(), 46u);
  EXPECT_TRUE(faces.back().is_vacancy);
  for (const RingFace& face : faces) EXPECT_EQ(face.termination, Termination::None);
}

// A sheet without the atoms of one bond, whose four former neighbours are bonded in pairs or left alone.
CarbonStructure divacancy(bool reconstructed) {
  const CarbonStructure sheet = bonded(stack(8, 5, 30, {{0, 0}}));
  const Bond missing = sheet.bonds.bonds()[100];
  std::vector<std::uint32_t> number(sheet.atoms.size(), 0);
  CarbonStructure result{{sheet.atoms.cell, {}, {}}, {}};
  for (std::uint32_t atom = 0; atom < sheet.atoms.size(); ++atom) {
    if (atom == missing[0] || atom == missing[1]) continue;
    number[atom] = static_cast<std::uint32_t>(result.atoms.size());
    result.atoms.add(Element::C, sheet.atoms.positions[atom]);
  }
  std::vector<Bond> bonds;
  const auto is_missing = [&](std::uint32_t atom) { return atom == missing[0] || atom == missing[1]; };
  for (const Bond& bond : sheet.bonds.bonds())
    if (!is_missing(bond[0]) && !is_missing(bond[1])) bonds.push_back({number[bond[0]], number[bond[1]]});
  for (const std::uint32_t atom : missing) {
    std::vector<std::uint32_t> ends;
    for (const std::uint32_t other : sheet.bonds.of(atom))
      if (!is_missing(other)) ends.push_back(number[other]);
    if (reconstructed) bonds.push_back({ends[0], ends[1]});
  }
  result.bonds = BondGraph(result.atoms.size(), std::move(bonds));
  return result;
}

TEST(RingFaces, a_reconstructed_divacancy_is_an_octagon_between_pentagons_and_counts_as_a_vacancy) {
  const auto faces = find_ring_faces(divacancy(true), edge_distance);
  EXPECT_EQ(count_size(faces, 5), 2u);
  EXPECT_EQ(count_size(faces, 8), 1u);
  for (const RingFace& face : faces) EXPECT_EQ(face.is_vacancy, face.ring.size() == 8);
}

TEST(RingFaces, a_bare_divacancy_is_a_hole_of_fourteen_atoms) {
  const auto faces = find_ring_faces(divacancy(false), edge_distance);
  EXPECT_EQ(count_size(faces, 14), 1u);
  EXPECT_EQ(count_size(faces, 8), 0u);
}

TEST(RingFaces, closed_paths_through_a_small_cell_are_no_faces) {
  // Three hexagons across: the zigzag row of six atoms closes through the cell and is no hexagon.
  const auto faces = find_ring_faces(bonded(stack(3, 2, 30, {{0, 0}})), edge_distance);
  EXPECT_EQ(faces.size(), 12u);
}

TEST(RingFaces, rings_round_a_tube_are_no_faces) {
  double radius = 0;
  const auto faces = find_ring_faces(bonded(tube(6, 3, radius)), edge_distance);
  EXPECT_EQ(count_size(faces, 6), 36u);
  EXPECT_EQ(faces.size(), 36u);
}

TEST(RingFaces, a_tube_is_curved_by_half_its_inverse_radius_inward_positive) {
  double radius = 0;
  const CarbonStructure structure = bonded(tube(24, 2, radius));
  const auto faces = find_ring_faces(structure, edge_distance);
  ASSERT_EQ(faces.size(), 24u * 2 * 2);
  for (std::size_t f = 0; f < faces.size(); ++f) {
    const RingPlane& plane = faces[f].plane;
    const Vector3 axis{30, 30, plane.centre.z};
    const Vector3 inward = dot(plane.normal, axis - plane.centre) > 0 ? plane.normal : -plane.normal;
    const double inside = curvature(faces, f, inward, structure.atoms.cell);
    EXPECT_NEAR(inside, 0.5 / radius, 0.05 / radius);
    EXPECT_NEAR(curvature(faces, f, -inward, structure.atoms.cell), -inside, 1e-12);
  }
}

TEST(RingFaces, oxygen_with_one_bond_is_a_carbonyl_and_with_two_is_not) {
  const Atoms carbonyls = ribbon(4, 3, Element::O, 1.23);
  auto faces = find_ring_faces(bonded(carbonyls), edge_distance);
  ASSERT_EQ(faces.size(), 8u);
  for (const RingFace& face : faces) EXPECT_EQ(face.termination, Termination::DoubleOxygen);
  Atoms hydroxyls = carbonyls;
  for (std::size_t i = 0; i < carbonyls.size(); ++i)
    if (carbonyls.elements[i] == Element::O)
      hydroxyls.add(Element::H, carbonyls.positions[i] + Vector3{0.76, carbonyls.positions[i].y < 0 ? -0.59 : 0.59, 0});
  faces = find_ring_faces(bonded(hydroxyls), edge_distance);
  ASSERT_EQ(faces.size(), 8u);
  for (const RingFace& face : faces) EXPECT_EQ(face.termination, Termination::SingleOxygen);
}

TEST(RingFaces, nitrogen_is_told_apart_by_its_bonds) {
  Atoms graphitic = stack(4, 3, 30, {{0, 0}});
  graphitic.elements[10] = Element::N;
  std::size_t found = 0;
  for (const RingFace& face : find_ring_faces(bonded(graphitic), edge_distance))
    found += face.dopant == Dopant::GraphiticNitrogen ? 1 : 0;
  EXPECT_EQ(found, 3u);

  // One hydrogen and the carbon under it become a two-coordinated nitrogen in the rim.
  Atoms rim = ribbon(4, 3, Element::H, 1.09);
  std::size_t hydrogen = 0;
  while (rim.elements[hydrogen] != Element::H || rim.positions[hydrogen].y > 0) ++hydrogen;
  const Vector3 place = rim.positions[hydrogen];
  for (std::size_t i = 0; i < rim.size(); ++i)
    if (norm(rim.positions[i] - place) < 1.2 && i != hydrogen) rim.elements[i] = Element::N;
  found = 0;
  for (const RingFace& face : find_ring_faces(bonded(without(rim, hydrogen)), edge_distance))
    found += face.dopant == Dopant::PyridinicNitrogen ? 1 : 0;
  EXPECT_EQ(found, 1u);
}

TEST(RingFaces, sheet_normals_are_those_of_the_plane_and_zero_where_there_is_none) {
  const CarbonStructure structure = bonded(ribbon(4, 3, Element::H, 1.09));
  const auto normals = sheet_normals(structure);
  for (std::size_t i = 0; i < normals.size(); ++i) {
    const bool carbon = structure.atoms.elements[i] == Element::C;
    EXPECT_NEAR(std::abs(normals[i].z), carbon ? 1 : 0, 1e-9) << i;
  }
}

}  // namespace
}  // namespace cardhouse
