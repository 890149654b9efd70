#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/offlattice/sodium_potential.hpp"

namespace cardhouse {

/// The part of a cell in which sodium is sampled: every voxel of a grid that reaches outside the overlap floor of all
/// host atoms. What is left out has no weight (see overlap_floor). Insertions are tried here alone, and the measured
/// volume stands in their acceptance.
class AccessibleVolume {
 public:
  /// Voxels at most `spacing` long along each cell vector [angstrom]; they divide the cell evenly. EXPECTS spacing > 0.
  /// Throws InputError when nothing is accessible.
  explicit AccessibleVolume(const SodiumPotential& potential, double spacing = 0.5);

  double volume() const { return volume_; }  ///< [angstrom^3]
  bool contains(const Vector3& position) const { return open_[voxel_of(position)] != 0; }
  Vector3 random_point(Stream& stream) const;  ///< uniform in it

 private:
  std::size_t voxel_of(const Vector3& position) const;

  Cell cell_;
  std::array<int, 3> shape_{};
  std::vector<std::uint8_t> open_;
  std::vector<std::uint32_t> voxels_;  ///< the open ones
  double volume_ = 0;
};

}  // namespace cardhouse
