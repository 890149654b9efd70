#pragma once
// Small carbons whose sodium sites can be counted by hand.

#include <cmath>
#include <string>
#include <vector>

#include "engine/sodium/find_sites.hpp"

namespace cardhouse::samples {

inline constexpr double lattice = 2.46;               // graphene [angstrom]
inline const double bond = lattice / std::sqrt(3.0);  // [angstrom]
inline const double row = lattice * std::sqrt(3.0);   // height of the rectangular four-atom cell [angstrom]

inline SiteParameters parameters() {
  return load_site_parameters(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/site_parameters.toml");
}

inline Cell sheet_cell(int nx, int ny, double height) {
  return Cell::orthorhombic(nx * lattice, ny * row, height);
}

/// A flat sheet of nx by ny rectangular cells (four atoms, two hexagons each), zigzag rows along x, shifted along y.
inline void add_sheet(Atoms& atoms, int nx, int ny, const Vector3& origin) {
  for (int i = 0; i < nx; ++i)
    for (int j = 0; j < ny; ++j)
      for (const Vector3& basis : {Vector3{0, 0, 0}, Vector3{0, bond, 0}, Vector3{lattice / 2, 1.5 * bond, 0},
                                   Vector3{lattice / 2, 2.5 * bond, 0}})
        atoms.add(Element::C, origin + Vector3{i * lattice, j * row, 0} + basis);
}

struct Layer {
  double z;
  double shift;  ///< along y, in bonds: 0 for A, 1 for B
};

inline Atoms stack(int nx, int ny, double height, const std::vector<Layer>& layers) {
  Atoms atoms{sheet_cell(nx, ny, height), {}, {}};
  for (const Layer& layer : layers) add_sheet(atoms, nx, ny, {0, layer.shift * bond, layer.z});
  return atoms;
}

inline CarbonStructure bonded(Atoms atoms) {
  BondGraph bonds = BondGraph::from_distances(atoms);
  return {std::move(atoms), std::move(bonds)};
}

inline Atoms without(const Atoms& atoms, std::size_t removed) {
  Atoms rest{atoms.cell, {}, {}};
  for (std::size_t i = 0; i < atoms.size(); ++i)
    if (i != removed) rest.add(atoms.elements[i], atoms.positions[i]);
  return rest;
}

inline Atoms translated(Atoms atoms, const Vector3& by) {
  for (Vector3& position : atoms.positions) position += by;
  return atoms;
}

/// The structure twice along one axis.
inline Atoms doubled(const Atoms& atoms, int axis) {
  auto vectors = atoms.cell.vectors();
  const Vector3 shift = vectors[static_cast<std::size_t>(axis)];
  vectors[static_cast<std::size_t>(axis)] *= 2;
  Atoms twice{Cell(vectors[0], vectors[1], vectors[2]), atoms.positions, atoms.elements};
  for (std::size_t i = 0; i < atoms.size(); ++i) twice.add(atoms.elements[i], atoms.positions[i] + shift);
  return twice;
}

/// A zigzag ribbon along x, `rows` zigzag chains wide, its edges ended by `end` on the outer side at `end_bond`.
inline Atoms ribbon(int nx, int rows, Element end, double end_bond) {
  Atoms atoms{Cell::orthorhombic(nx * lattice, rows * 1.5 * bond + 20, 80), {}, {}};
  for (int i = 0; i < nx; ++i) {
    for (int r = 0; r < rows; ++r) {
      const double x = (i + 0.5 * (r % 2)) * lattice;
      const double other = (i + 0.5 * ((r + 1) % 2)) * lattice;
      atoms.add(Element::C, {other, 1.5 * bond * r, 0});
      atoms.add(Element::C, {x, 1.5 * bond * r + bond / 2, 0});
    }
    const double top = 1.5 * bond * (rows - 1) + bond / 2;
    atoms.add(end, {(i + 0.5) * lattice, -end_bond, 0});
    atoms.add(end, {(i + 0.5 * ((rows - 1) % 2)) * lattice, top + end_bond, 0});
  }
  return atoms;
}

/// Positions rebuilt from `structure` with one bond of the honeycomb turned by 90 degrees about its middle.
inline Atoms stone_wales(Atoms atoms, std::uint32_t a, std::uint32_t b) {
  const Vector3 half = atoms.cell.minimum_image(atoms.positions[b] - atoms.positions[a]) / 2;
  const Vector3 middle = atoms.positions[a] + half;
  const Vector3 turned{-half.y, half.x, half.z};
  atoms.positions[a] = middle - turned;
  atoms.positions[b] = middle + turned;
  return atoms;
}

}  // namespace cardhouse::samples
