#pragma once
// Hosts and sodium of the tests of the potential route.

#include <cmath>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/offlattice/sodium_configuration.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse::explicit_sodium {

/// AA stack of graphene sheets, lattice constant 2.46 angstrom, `spacing` apart, in an orthorhombic cell of nx x ny
/// rectangles of four atoms. A hollow of the first sheet stands over the middle of the cell's origin edge (hollow()).
inline Atoms aa_stack(double spacing, int layers, int nx = 4, int ny = 2) {
  constexpr double a = 2.46;
  const double bond = a / std::sqrt(3.0);
  Atoms atoms{Cell::orthorhombic(nx * a, 3 * bond * ny, spacing * layers), {}, {}};
  for (int layer = 0; layer < layers; ++layer)
    for (int x = 0; x < nx; ++x)
      for (int y = 0; y < ny; ++y)
        for (const Vector3& site : {Vector3{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}})
          atoms.add(Element::C, site + Vector3{x * a, 3 * bond * y, spacing * layer});
  return atoms;
}

/// In the plane of a sheet: the middle of one of its hexagons, and of a bond of it.
inline Vector3 hollow() {
  return {1.23, 2.46 / std::sqrt(3.0) * -0.5, 0};
}
inline Vector3 bridge() {
  return {0, 2.46 / std::sqrt(3.0) * -0.5, 0};
}

inline Vector3 random_point(const Cell& cell, Stream& stream) {
  const double x = stream.uniform(), y = stream.uniform(), z = stream.uniform();
  return cell.to_cartesian({x, y, z});
}

/// Carbon with some hydrogen and oxygen at random, none closer than 2.2 angstrom, in a triclinic cell.
inline Atoms random_host(std::size_t n, Stream& stream) {
  Atoms atoms{Cell({14, 0, 0}, {3, 13, 0}, {-2, 2.5, 15}), {}, {}};
  while (atoms.size() < n) {
    const Vector3 point = random_point(atoms.cell, stream);
    bool free = true;
    for (const Vector3& other : atoms.positions) free = free && norm(atoms.cell.minimum_image(point - other)) > 2.2;
    const std::size_t k = atoms.size() % 8;
    if (free) atoms.add(k == 0 ? Element::H : k == 1 ? Element::O : Element::C, point);
  }
  return atoms;
}

inline std::string pair_file(const std::string& name) {
  return std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/potentials/" + name;
}

}  // namespace cardhouse::explicit_sodium
