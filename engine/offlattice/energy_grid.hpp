#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <vector>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// Energy [eV] of something at a position [angstrom]; periodic in the cell it is used with. May be infinite.
using EnergyFunction = std::function<double(const Vector3&)>;

/// An energy at the points of a periodic grid.
struct EnergyGrid {
  Cell cell;
  std::array<int, 3> shape;    ///< points along the cell vectors
  std::vector<double> values;  ///< [eV], the third index runs fastest

  std::array<int, 3> point(std::size_t index) const;
  std::size_t index(const std::array<int, 3>& point) const {
    return (static_cast<std::size_t>(point[0]) * shape[1] + point[1]) * shape[2] + point[2];
  }
  Vector3 position(const std::array<int, 3>& point) const;  ///< [angstrom]; the point may lie outside the cell
};

/// Evaluates `energy` on a grid with steps of at most `spacing` along each cell vector [angstrom]. Threads share the
/// points and cannot change the result; `energy` must bear being called by several at once. EXPECTS spacing > 0.
EnergyGrid scan_energy(const Cell& cell, double spacing, const EnergyFunction& energy);

}  // namespace cardhouse
