#include "engine/offlattice/accessible_volume.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/structure/atom_locator.hpp"

namespace cardhouse {
namespace {

double circumradius(const Cell& cell, const std::array<int, 3>& shape) {
  double largest = 0;
  for (const double j : {-0.5, 0.5})
    for (const double k : {-0.5, 0.5})
      largest = std::max(largest, norm(cell.to_cartesian({0.5 / shape[0], j / shape[1], k / shape[2]})));
  return largest;
}

}  // namespace

AccessibleVolume::AccessibleVolume(const SodiumPotential& potential, double spacing) : cell_(potential.cell()) {
  EXPECTS(spacing > 0);
  for (int axis = 0; axis < 3; ++axis)
    shape_[axis] = std::max(1, static_cast<int>(std::ceil(norm(cell_.vectors()[axis]) / spacing)));
  const std::size_t all = static_cast<std::size_t>(shape_[0]) * shape_[1] * shape_[2];
  open_.assign(all, 1);
  if (potential.host().size() > 0) {
    const AtomLocator locator(potential.host(), potential.floor_radii());
    const double reach = circumradius(cell_, shape_);
    const auto voxels = static_cast<std::int64_t>(all);
#pragma omp parallel for schedule(static)
    for (std::int64_t v = 0; v < voxels; ++v) {
      const auto [i, j, k] =
          std::array<std::int64_t, 3>{v / shape_[2] / shape_[1], v / shape_[2] % shape_[1], v % shape_[2]};
      const Vector3 f{(i + 0.5) / shape_[0], (j + 0.5) / shape_[1], (k + 0.5) / shape_[2]};
      open_[v] = locator.nearest(cell_.to_cartesian(f)).clearance >= -reach;
    }
  }
  for (std::size_t v = 0; v < all; ++v)
    if (open_[v] != 0) voxels_.push_back(static_cast<std::uint32_t>(v));
  if (voxels_.empty()) throw InputError("no room for sodium is left between the atoms", "check the structure");
  volume_ = cell_.volume() * static_cast<double>(voxels_.size()) / static_cast<double>(all);
}

std::size_t AccessibleVolume::voxel_of(const Vector3& position) const {
  const Vector3 f = cell_.to_fractional(cell_.wrap(position));
  std::size_t voxel = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const int along = std::clamp(static_cast<int>(f[axis] * shape_[axis]), 0, shape_[axis] - 1);
    voxel = voxel * shape_[axis] + along;
  }
  return voxel;
}

Vector3 AccessibleVolume::random_point(Stream& stream) const {
  const std::size_t v = voxels_[stream.below(voxels_.size())];
  const std::size_t k = v % shape_[2], j = v / shape_[2] % shape_[1], i = v / shape_[2] / shape_[1];
  const double x = static_cast<double>(i) + stream.uniform();
  const double y = static_cast<double>(j) + stream.uniform();
  const double z = static_cast<double>(k) + stream.uniform();
  return cell_.to_cartesian({x / shape_[0], y / shape_[1], z / shape_[2]});
}

}  // namespace cardhouse
