#pragma once
// The two carbons and the metal on which potentials are timed.

#include <cmath>
#include <vector>

#include "engine/relax/dynamics.hpp"
#include "engine/structure/bond_graph.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {

/// AB graphite of four atoms a cell, 1.42 angstrom bonds, layers 3.35 angstrom apart; every coordinate is displaced by
/// normal numbers of width `noise` [angstrom].
inline CarbonStructure graphite(int nx, int ny, int layers, double noise) {
  constexpr double bond = 1.42;
  const double a = std::sqrt(3.0) * bond;
  Atoms atoms{Cell::orthorhombic(nx * a, 3 * bond * ny, 3.35 * layers), {}, {}};
  const Vector3 basis[4] = {{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}};
  Stream stream(1, Purpose::Test);
  for (int cell = 0; cell < nx * ny * layers; ++cell) {
    const int x = cell % nx, y = cell / nx % ny, layer = cell / (nx * ny);
    for (const Vector3& site : basis) {
      const Vector3 shift{stream.normal(), stream.normal(), stream.normal()};
      atoms.add(Element::C, site + Vector3{x * a, 3 * bond * y + layer % 2 * bond, 3.35 * layer} + noise * shift);
    }
  }
  BondGraph bonds = BondGraph::from_distances(atoms);
  return {std::move(atoms), std::move(bonds)};
}

/// 20 400 atoms of it.
inline const CarbonStructure& graphite_at_rest() {
  static const CarbonStructure structure = graphite(30, 17, 10, 0);
  return structure;
}

/// Body-centred sodium of 16 000 atoms, 4.228 angstrom.
inline const CarbonStructure& sodium_at_rest() {
  static const CarbonStructure structure = [] {
    constexpr double edge = 4.228;
    constexpr int n = 20;
    Atoms atoms{Cell::cubic(n * edge), {}, {}};
    for (int cell = 0; cell < n * n * n; ++cell) {
      const Vector3 corner{1.0 * (cell % n), 1.0 * (cell / n % n), 1.0 * (cell / (n * n))};
      atoms.add(Element::Na, edge * corner);
      atoms.add(Element::Na, edge * (corner + Vector3{0.5, 0.5, 0.5}));
    }
    BondGraph none(atoms.size(), {});
    return CarbonStructure{std::move(atoms), std::move(none)};
  }();
  return structure;
}

/// Atoms at random in a cube, none closer than `closest` [angstrom].
inline Atoms random_carbon(std::size_t n, double edge, double closest, Stream& stream) {
  Atoms atoms{Cell::cubic(edge), {}, {}};
  while (atoms.size() < n) {
    const Vector3 point{edge * stream.uniform(), edge * stream.uniform(), edge * stream.uniform()};
    bool free = true;
    for (const Vector3& other : atoms.positions) {
      Vector3 d = point - other;
      for (int axis = 0; axis < 3; ++axis) d[axis] -= edge * std::round(d[axis] / edge);
      if (squared_norm(d) < closest * closest) {
        free = false;
        break;
      }
    }
    if (free) atoms.add(Element::C, point);
  }
  return atoms;
}

/// Disordered carbon of 20 000 atoms at 1.80 g/cm3: 2500 atoms at random, cooled from 6000 to 300 K in 1.5 ps with the
/// carbon of Tersoff 1988, then repeated twice along every axis.
inline const CarbonStructure& disordered_carbon() {
  static const CarbonStructure structure = [] {
    Stream stream(1, Purpose::Test);
    const double edge = std::cbrt(2500 * 12.011 * 1.66054 / 1.80);
    CarbonStructure melt{random_carbon(2500, edge, 1.05, stream), BondGraph(2500, {})};
    const auto potential = make_potential("tersoff", melt);
    run_dynamics(melt.atoms, *potential,
                 {.temperature = 6000, .final_temperature = 300, .time = 1.5e-12, .heat_time = 1e-14});
    Atoms atoms{Cell::cubic(2 * edge), {}, {}};
    for (int image = 0; image < 8; ++image) {
      const Vector3 shift = edge * Vector3{1.0 * (image & 1), 1.0 * (image >> 1 & 1), 1.0 * (image >> 2)};
      for (const Vector3& position : melt.atoms.positions) atoms.add(Element::C, position + shift);
    }
    BondGraph bonds = BondGraph::from_distances(atoms);
    return CarbonStructure{std::move(atoms), std::move(bonds)};
  }();
  return structure;
}

}  // namespace cardhouse
