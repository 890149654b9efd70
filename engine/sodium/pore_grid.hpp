#pragma once
// Places for sodium metal in pores: pieces of bcc lattices, cut to the shape of each pore.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/sodium/ring_hollows.hpp"
#include "engine/structure/atom_locator.hpp"

namespace cardhouse {

/// All bcc lattices that fit a cell and are shifted against each other by quarters of the lattice constant: the points
/// of a fine periodic grid, four along each edge of a bcc cell. The lattice constant is stretched along each cell
/// vector to a whole number of bcc cells; in a skewed cell the lattices are skewed with it.
class PoreGrid {
 public:
  static constexpr int steps = 4;                                  ///< along an edge of the bcc cell
  static constexpr int lattice_count = steps * steps * steps / 2;  ///< different shifts: two points a bcc cell

  /// `origin` is a point of lattice 0. EXPECTS lattice > 0 [angstrom].
  PoreGrid(const Cell& cell, double lattice, const Vector3& origin);

  std::size_t size() const;
  Vector3 position(std::size_t point) const;
  /// The bcc lattice a point belongs to.
  int lattice_of(std::size_t point) const;
  /// The six next points of the fine grid.
  std::array<std::uint32_t, 6> beside(std::size_t point) const;
  /// The point nearest to a place in lattice coordinates (in space, where the cell is orthorhombic).
  std::size_t nearest(const Vector3& place) const;
  /// Lattice constants along the cell vectors [angstrom].
  const std::array<double, 3>& lattice() const { return lattice_; }

 private:
  std::array<int, 3> indices(std::size_t point) const;
  std::size_t index(std::array<int, 3> at) const;  ///< wraps around

  Cell cell_;
  Vector3 origin_;
  std::array<int, 3> counts_{};  ///< fine points along the cell vectors
  std::array<double, 3> lattice_{};
};

/// A place for sodium metal.
struct PorePoint {
  Vector3 position;
  double covered_area = 0;  ///< of pore wall, on its van der Waals surface; zero in the core [angstrom^2]
  double curvature = 0;     ///< of that wall, mean over the area [1/angstrom]
};

/// Fills the pores with metal. In steps:
///   1. room: fine points at `metal_distance` or more from all atoms, no farther than half the widest pore, and at
///      `metal_separation` or more from the hollows that do not face a pore
///   2. pores: connected pieces of room that some hollow faces (faces_pore), so that neither galleries nor slits nor
///      open vacuum are filled
///   3. each pore takes the bcc lattice with most points in it; of equals, the first
///   4. each hexagon of the wall is covered by the nearest points of its pore, equal shares for equal distances; its
///      area is that of the van der Waals surface, A (1 - kappa t)^2 with t = 1.70 angstrom, on which the volume of the
///      pore ends too (exact for spheres, first order in the curvature elsewhere)
/// In the order of the grid. Does not depend on threads.
std::vector<PorePoint> fill_pores(const AtomLocator& atoms, const std::vector<Hollow>& hollows, const Vector3& origin,
                                  const SiteGeometry& geometry);

}  // namespace cardhouse
