#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/structure/atom_locator.hpp"
#include "engine/structure/atoms.hpp"

namespace cardhouse {

struct VoidMapOptions {
  double spacing = 0.5;  ///< largest grid step along each cell vector [angstrom]; the step divides the cell evenly
  Vector3 shift;         ///< moves the grid, in steps along the three cell vectors (0.5 = half a step)
};

/// The empty space of a periodic structure on a grid: at every grid point the clearance, that is the distance to the
/// nearest van der Waals surface, min_i(|r - r_i| - R_i) [angstrom] (R of carbon 1.7, Bondi 1964,
/// doi:10.1021/j100785a001). A probe sphere of radius r fits with its centre there when the clearance exceeds r.
/// Exact to single precision in any cell; threads share the work and cannot change the result.
///
/// Regions, inscribed spheres and pore sizes are built on it: see void_regions.hpp and inscribed_spheres.hpp.
class VoidMap {
 public:
  /// Throws InputError when there are no atoms. EXPECTS spacing > 0.
  explicit VoidMap(const Atoms& atoms, const VoidMapOptions& options = {});

  const Cell& cell() const { return locator_.cell(); }
  const std::array<int, 3>& shape() const { return shape_; }      ///< grid points along the cell vectors
  const std::array<Vector3, 3>& steps() const { return steps_; }  ///< between neighbouring grid points [angstrom]
  std::size_t size() const { return clearances_.size(); }
  double voxel_volume() const { return cell().volume() / static_cast<double>(size()); }  ///< [angstrom^3]
  /// At the grid point (i, j, k), index (i*shape[1] + j)*shape[2] + k [angstrom].
  const std::vector<float>& clearances() const { return clearances_; }

  std::array<int, 3> grid_point(std::size_t index) const;
  std::size_t index(const std::array<int, 3>& point) const {
    return (static_cast<std::size_t>(point[0]) * shape_[1] + point[1]) * shape_[2] + point[2];
  }
  Vector3 position(const std::array<int, 3>& point) const;  ///< [angstrom]; the point may lie outside the cell
  /// Index of the grid point next to a place, along each cell vector.
  std::size_t nearest_point(const Vector3& place) const;

  /// Off the grid, exact: clearance, and the nearest atom with its distance.
  double clearance_at(const Vector3& position) const { return locator_.nearest(position).clearance; }
  AtomLocator::Nearest nearest_atom(const Vector3& position) const { return locator_.nearest(position); }

  /// Climbs from `start` to a local maximum of the clearance: the centre of an inscribed sphere. The steps begin at the
  /// grid step and are halved until they are below `tolerance` [angstrom].
  Vector3 climb(const Vector3& start, double tolerance = 0.005) const;

 private:
  void fill_block_row(int block_i, int block_j);

  AtomLocator locator_;
  std::array<int, 3> shape_{};
  std::array<Vector3, 3> steps_;
  Vector3 origin_;
  std::vector<float> clearances_;
};

}  // namespace cardhouse
