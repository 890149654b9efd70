#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// Places in a periodic cell: fractional coordinates in [0, 1], and the whole cell vectors that were taken off.
struct WrappedPlaces {
  std::vector<Vector3> places;
  std::vector<Vector3> taken;

  WrappedPlaces(const Cell& cell, std::span<const Vector3> positions);
};

/// Some of the atoms of a cell, and the box round their wrapped places.
struct Brick {
  std::vector<std::uint32_t> atoms;  ///< ascending
  std::array<bool, 3> divided{};     ///< the cell vectors along which the brick is shorter than the cell
  Vector3 low{0, 0, 0};              ///< fractional; 0 where it is not divided
  Vector3 high{1, 1, 1};
};

/// Cuts the atoms of a cell into `n` bricks of equal numbers, to one atom, each cut across the longest side (recursive
/// bisection, Berger & Bokhari 1987, doi:10.1109/TC.1987.1676942). The same for every caller. EXPECTS 1 <= n <= atoms.
std::vector<Brick> cut_into_bricks(const Cell& cell, std::span<const Vector3> places, int n);

/// The largest number of bricks, `most` or below, of which none would be thinner than `thickness` [angstrom] if atoms
/// were spread evenly. At least one.
int thick_bricks(const Cell& cell, double thickness, int most);

}  // namespace cardhouse
