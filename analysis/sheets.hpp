#pragma once

#include <cstdint>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {

/// One ring of a sheet.
struct SheetRing {
  Ring atoms;
  RingPlane plane;
  double area = 0;          ///< of its vector area [angstrom^2]; 5.24 for a hexagon of graphite
  std::uint32_t sheet = 0;  ///< number of its sheet, below Sheets::n_sheets
  std::uint32_t patch = 0;  ///< index into Sheets::patches
};

/// Rings that hang together and whose normals deviate by less than `SheetOptions::largest_deviation` from their mean:
/// what diffraction sees as one flat crystallite layer.
struct FlatPatch {
  Vector3 normal;             ///< weighted by area; its sign means nothing
  Vector3 lattice_direction;  ///< mean bond direction modulo 60 degrees, in the plane
  double lattice_order = 0;   ///< |mean exp(6 i angle)| of its bonds: 1 for one lattice, 0 for none
  double area = 0;            ///< [angstrom^2]
  std::uint32_t rings = 0;
  bool endless = false;  ///< meets its own periodic image: its area says nothing about its size
};

struct SheetOptions {
  double largest_deviation = 15;  ///< of the normals of a patch from their mean [degree]
};

/// The sp2 sheets of a carbon. Sheet: a connected component of rings of 3..9 atoms after cutting whatever is no flat
/// bond: rings with an atom of four neighbours (sp3) are left out, rings are joined through bonds that belong to
/// exactly two of them, so that bridges between sheets and bonds where three sheets meet cut.
struct Sheets {
  std::vector<SheetRing> rings;
  std::vector<std::vector<Neighbour>> joined;  ///< for every ring the rings it shares a bond with, and the way there
  std::uint32_t n_sheets = 0;
  std::vector<FlatPatch> patches;  ///< every ring is in one; the flattest surroundings are taken first
};

/// EXPECTS bonds for every atom; a structure without rings has no sheets.
Sheets find_sheets(const CarbonStructure& structure, const SheetOptions& options = {});

}  // namespace cardhouse
