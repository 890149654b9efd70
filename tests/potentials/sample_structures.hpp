#pragma once
// Structures with known answers for the tests of potentials and relaxation.

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse::samples {

inline constexpr double bond_length = 1.42;                                // [angstrom]
inline const double lattice_constant = bond_length * std::numbers::sqrt3;  // of graphene [angstrom]

/// Layers of graphene with `nx` x `ny` rectangular cells of four atoms, `spacing` apart along z, every second one
/// shifted by a bond along y (AB stacking). The cell is periodic in all directions, layers times spacing high.
inline CarbonStructure graphite(int nx, int ny, int layers, double spacing, double bond = bond_length) {
  const double a = std::numbers::sqrt3 * bond;
  CarbonStructure result{{Cell::orthorhombic(nx * a, 3 * bond * ny, layers * spacing), {}, {}}, {}};
  const Vector3 basis[4] = {{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}};
  for (int layer = 0; layer < layers; ++layer) {
    for (int x = 0; x < nx; ++x) {
      for (int y = 0; y < ny; ++y) {
        for (const Vector3& site : basis) {
          result.atoms.add(Element::C, site + Vector3{x * a, 3 * bond * y + (layer % 2) * bond, layer * spacing});
        }
      }
    }
  }
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

inline CarbonStructure graphene(int nx, int ny, double bond = bond_length) {
  return graphite(nx, ny, 1, 30, bond);
}

/// Coronene C24H12, flat in the middle of a cube.
inline CarbonStructure coronene(double edge = 24) {
  CarbonStructure result{{Cell::cubic(edge), {}, {}}, {}};
  const Vector3 middle{edge / 2, edge / 2, edge / 2};
  const CarbonStructure sheet = graphene(6, 4);
  const Vector3 ring{3 * lattice_constant, 6 * bond_length + bond_length, 0};  // centre of a hexagon
  for (const Vector3& position : sheet.atoms.positions) {
    if (norm(position - ring) < 3.8) result.atoms.add(Element::C, position - ring + middle);
  }
  const BondGraph carbon = BondGraph::from_distances(result.atoms);
  for (std::size_t i = 0; i < carbon.size(); ++i) {
    if (carbon.degree(i) != 2) continue;
    const Vector3& at = result.atoms.positions[i];
    const Vector3 inward = result.atoms.positions[carbon.of(i)[0]] + result.atoms.positions[carbon.of(i)[1]] - 2 * at;
    result.atoms.add(Element::H, at - 1.08 * normalized(inward));
  }
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

/// Coronene with one hydrogen replaced by a hydroxyl group, one by a carbonyl oxygen, and a nitrogen in its rim.
inline CarbonStructure decorated_coronene(double edge = 24) {
  CarbonStructure result = coronene(edge);
  Atoms& atoms = result.atoms;
  const auto outward = [&](std::size_t hydrogen) {
    const std::size_t carbon = result.bonds.of(hydrogen)[0];
    return normalized(atoms.positions[hydrogen] - atoms.positions[carbon]);
  };
  const Vector3 hydroxyl = outward(24);
  const Vector3 carbonyl = outward(28);
  atoms.elements[24] = atoms.elements[28] = Element::O;
  atoms.positions[24] += 0.28 * hydroxyl;
  atoms.positions[28] += 0.15 * carbonyl;
  atoms.elements[result.bonds.of(32)[0]] = Element::N;
  const Vector3 aside = normalized(cross(hydroxyl, Vector3{0.2, 0, 1}));
  atoms.add(Element::H, atoms.positions[24] + 0.96 * (0.4 * hydroxyl + 0.9 * aside));
  result.bonds = BondGraph::from_distances(atoms);
  return result;
}

/// Moves every coordinate by a normal deviate times `amplitude` [angstrom].
inline void rattle(Atoms& atoms, double amplitude, Stream& stream) {
  for (Vector3& position : atoms.positions) {
    position += amplitude * Vector3{stream.normal(), stream.normal(), stream.normal()};
  }
}

/// The structure under a linear map of space (rows), cell and atoms alike.
inline CarbonStructure mapped(const CarbonStructure& structure, const Vector3& row_x, const Vector3& row_y,
                              const Vector3& row_z) {
  const auto map = [&](const Vector3& r) { return Vector3{dot(row_x, r), dot(row_y, r), dot(row_z, r)}; };
  const auto& [a, b, c] = structure.atoms.cell.vectors();
  CarbonStructure result = structure;
  result.atoms.cell = Cell(map(a), map(b), map(c));
  for (Vector3& position : result.atoms.positions) position = map(position);
  return result;
}

}  // namespace cardhouse::samples
