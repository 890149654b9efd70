#pragma once
// Structures for the tests of annealing.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// A flat periodic graphene sheet of nx x ny rectangular cells of four atoms, bonds 1.42 angstrom.
inline CarbonStructure graphene_sheet(int nx, int ny) {
  const double d = 1.42, width = std::sqrt(3.0) * d, height = 3 * d;
  Atoms atoms{Cell::orthorhombic(nx * width, ny * height, 20), {}, {}};
  for (int i = 0; i < nx; ++i)
    for (int j = 0; j < ny; ++j) {
      const double x = i * width, y = j * height;
      atoms.add(Element::C, {x, y, 10});
      atoms.add(Element::C, {x, y + d, 10});
      atoms.add(Element::C, {x + 0.5 * width, y + 1.5 * d, 10});
      atoms.add(Element::C, {x + 0.5 * width, y + 2.5 * d, 10});
    }
  BondGraph bonds = BondGraph::from_distances(atoms);
  return {std::move(atoms), std::move(bonds)};
}

/// The sheet without some of its atoms; the carbons left with two neighbours stay bare.
inline CarbonStructure without(const CarbonStructure& whole, const std::vector<std::uint32_t>& removed) {
  Atoms atoms{whole.atoms.cell, {}, {}};
  for (std::uint32_t atom = 0; atom < whole.atoms.size(); ++atom)
    if (std::find(removed.begin(), removed.end(), atom) == removed.end())
      atoms.add(whole.atoms.elements[atom], whole.atoms.positions[atom]);
  BondGraph bonds = BondGraph::from_distances(atoms);
  return {std::move(atoms), std::move(bonds)};
}

}  // namespace cardhouse
