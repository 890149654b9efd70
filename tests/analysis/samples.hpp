#pragma once
// Small structures whose answers are known.

#include <cmath>
#include <numbers>

#include "engine/base/stream.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse::samples {

inline constexpr double lattice_constant = 2.461;  // of graphite [angstrom]; bonds of 1.42
inline constexpr double graphite_c = 6.708;

/// One flat layer of nx x ny rectangular cells (four atoms each) at height z, moved by `shift`.
inline void add_layer(Atoms& atoms, int nx, int ny, double z, const Vector3& shift = {}) {
  const double a = lattice_constant, b = a * std::numbers::sqrt3;
  const double basis[4][2] = {{0, 0}, {0, 1.0 / 3}, {0.5, 0.5}, {0.5, 5.0 / 6}};
  for (int i = 0; i < nx; ++i) {
    for (int j = 0; j < ny; ++j) {
      for (const auto& f : basis) atoms.add(Element::C, Vector3{(i + f[0]) * a, (j + f[1]) * b, z} + shift);
    }
  }
}

/// AB graphite of nx x ny x nz orthorhombic cells, 8 atoms each.
inline Atoms graphite(int nx, int ny, int nz) {
  const double b = lattice_constant * std::numbers::sqrt3;
  Atoms atoms{Cell::orthorhombic(nx * lattice_constant, ny * b, nz * graphite_c), {}, {}};
  for (int k = 0; k < nz; ++k) {
    add_layer(atoms, nx, ny, k * graphite_c);
    add_layer(atoms, nx, ny, (k + 0.5) * graphite_c, {0, b / 3, 0});
  }
  return atoms;
}

/// Layers of spacing d in random lateral registry, shaken a little, with a few round holes: a toy hard carbon.
inline Atoms turbostratic(int nx, int ny, int n_layers, double d, Stream& stream) {
  const double a = lattice_constant, b = a * std::numbers::sqrt3;
  Atoms flat{Cell::orthorhombic(nx * a, ny * b, n_layers * d), {}, {}};
  for (int l = 0; l < n_layers; ++l) add_layer(flat, nx, ny, l * d, {a * stream.uniform(), b * stream.uniform(), 0});
  const Vector3 holes[] = {{0.2, 0.3, 0.25}, {0.7, 0.75, 0.7}};
  Atoms atoms{flat.cell, {}, {}};
  for (const Vector3& p : flat.positions) {
    bool inside = false;
    for (const Vector3& hole : holes) {
      inside = inside || norm(flat.cell.minimum_image(p - flat.cell.to_cartesian(hole))) < 7;
    }
    const Vector3 shake{0.05 * stream.normal(), 0.05 * stream.normal(), 0.1 * stream.normal()};
    if (!inside) atoms.add(stream.uniform() < 0.02 ? Element::O : Element::C, p + shake);
  }
  return atoms;
}

/// A solid without voids, simple cubic with 1 angstrom between atoms, kept where `keep(position)`.
template <class Keep>
Atoms dense_solid(int edge, Keep keep) {
  Atoms atoms{Cell::cubic(edge), {}, {}};
  for (int n = 0; n < edge * edge * edge; ++n) {
    const Vector3 p{n / (edge * edge) + 0.5, n / edge % edge + 0.5, n % edge + 0.5};
    if (keep(p)) atoms.add(Element::C, p);
  }
  return atoms;
}

inline Atoms doubled_along_a(const Atoms& atoms) {
  const auto& v = atoms.cell.vectors();
  Atoms result{Cell(2 * v[0], v[1], v[2]), atoms.positions, atoms.elements};
  for (std::size_t i = 0; i < atoms.size(); ++i) result.add(atoms.elements[i], atoms.positions[i] + v[0]);
  return result;
}

inline Atoms moved(const Atoms& atoms, const Vector3& by) {
  Atoms result = atoms;
  for (Vector3& p : result.positions) p = atoms.cell.wrap(p + by);
  return result;
}

/// Last atom first.
inline Atoms backwards(const Atoms& atoms) {
  Atoms result{atoms.cell, {}, {}};
  for (std::size_t i = atoms.size(); i-- > 0;) result.add(atoms.elements[i], atoms.positions[i]);
  return result;
}

/// Turned about two axes, cell and atoms.
inline Atoms turned(const Atoms& atoms) {
  const auto turn = [](const Vector3& v) {
    const Vector3 w{0.6 * v.x - 0.8 * v.y, 0.8 * v.x + 0.6 * v.y, v.z};
    return Vector3{w.x, 0.28 * w.y - 0.96 * w.z, 0.96 * w.y + 0.28 * w.z};
  };
  const auto& v = atoms.cell.vectors();
  Atoms result{Cell(turn(v[0]), turn(v[1]), turn(v[2])), {}, atoms.elements};
  for (const Vector3& p : atoms.positions) result.positions.push_back(turn(p));
  return result;
}

/// The same crystal in another, skewed cell.
inline Atoms in_skewed_cell(const Atoms& atoms) {
  const auto& v = atoms.cell.vectors();
  return {Cell(v[0], v[1] + v[0], v[2]), atoms.positions, atoms.elements};
}

inline CarbonStructure with_bonds(const Atoms& atoms) {
  return {atoms, BondGraph::from_distances(atoms)};
}

}  // namespace cardhouse::samples
