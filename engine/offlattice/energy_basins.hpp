#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/offlattice/energy_grid.hpp"

namespace cardhouse {

/// A minimum and the region that drains into it.
struct Basin {
  Vector3 position;      ///< [angstrom]
  double energy = 0;     ///< [eV]
  bool refined = false;  ///< lies where the gradient vanishes, not on the grid
};

/// The lowest way from a basin straight into a neighbouring one, or into an image of itself.
struct Saddle {
  std::uint32_t first = 0;
  std::uint32_t second = 0;    ///< not smaller than first
  std::array<int, 3> image{};  ///< cell in which the second minimum lies, seen from the first in its own
  Vector3 position;            ///< highest point of the way, from the first in its own cell [angstrom]
  double energy = 0;           ///< there [eV]
  bool refined = false;        ///< lies where the gradient vanishes, not on the grid
};

struct BasinMap {
  Cell cell;
  std::vector<Basin> basins;
  std::vector<Saddle> saddles;  ///< by (first, second, image), one for each

  /// From the minimum of the first basin to that of the second [angstrom].
  Vector3 displacement(const Saddle& saddle) const;
};

struct BasinOptions {
  double ceiling = 3;         ///< above it nothing belongs to a basin [eV]
  double merge_depth = 5e-3;  ///< basins shallower than this join the neighbour over their lowest saddle [eV]
};

/// Basins and saddles of an energy on a grid by watershed (Vincent & Soille 1991, doi:10.1109/34.87344): points in the
/// order of their energy, each joins the lowest of its 26 neighbours that came before it or begins a basin; where it
/// touches a second basin it is a saddle, the first for a pair of basins their lowest, so that ways are minimax on
/// the grid. Images are kept apart. Positions and energies are those of grid points: see refine_basins.
BasinMap find_basins(const EnergyGrid& grid, const BasinOptions& options = {});

/// Moves minima and saddles from the grid to where the gradient of `energy` vanishes, by Newton steps. A point from
/// which Newton leaves for farther than `reach` [angstrom], or whose curvatures do not belong to it, stays where it is.
/// Basins also touch where no way of its own leads from one to the other, on ridges and about points with two or three
/// directions downhill. Such contacts are taken out: those with two directions downhill, those that Newton brings to
/// the saddle of another pair, and those that it leaves where they are while a third basin offers a lower way.
/// Threads share the points.
void refine_basins(BasinMap& map, const EnergyFunction& energy, double reach);

/// Answers for any two basins how high the best way between them leads, over any others. Saddles in the order of their
/// energy join the basins to trees (union by size), so that an answer takes O(log basins).
class PassTree {
 public:
  explicit PassTree(const BasinMap& map);
  /// Energy of the highest point [eV]; infinite without a way, minus infinity from a basin to itself.
  double highest(std::uint32_t from, std::uint32_t to) const;

 private:
  std::vector<std::uint32_t> parents_;
  std::vector<double> energies_;  ///< of the saddle that joined a basin to its parent; infinite for roots
};

}  // namespace cardhouse
