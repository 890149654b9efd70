#include "potentials/packed_neighbours.hpp"

#include <cmath>

#include "engine/base/vector_widths.hpp"

namespace cardhouse {
namespace {

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void take_square_roots(double* values, std::size_t n) {
#pragma omp simd
  for (std::size_t k = 0; k < n; ++k) values[k] = std::sqrt(values[k]);
}

CARDHOUSE_FOR_EACH_VECTOR_WIDTH void sum_forces(const PackedNeighbours& near, Vector3& force, Virial& virial) {
  const double *const x = near.x.data(), *const y = near.y.data(), *const z = near.z.data();
  double fx = 0, fy = 0, fz = 0, xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
#pragma omp simd reduction(+ : fx, fy, fz, xx, yy, zz, xy, xz, yz)
  for (std::size_t k = 0; k < near.size; ++k) {
    const double r = near.r[k] > PackedNeighbours::least_distance ? near.r[k] : PackedNeighbours::least_distance;
    const double scale = near.slopes[k] / r;
    const double gx = scale * x[k], gy = scale * y[k], gz = scale * z[k];
    fx += gx, fy += gy, fz += gz;
    xx += gx * x[k], yy += gy * y[k], zz += gz * z[k];
    xy += gx * y[k], xz += gx * z[k], yz += gy * z[k];
  }
  force += {fx, fy, fz};
  virial += {-0.5 * xx, -0.5 * yy, -0.5 * zz, -0.5 * xy, -0.5 * xz, -0.5 * yz};
}

}  // namespace

void PackedNeighbours::pack(const VerletList& list, std::uint32_t home, std::span<const std::uint32_t> sites,
                            double cutoff) {
  const Vector3 centre = list.positions()[home];
  const Vector3* const positions = list.positions().data();
  std::size_t n = 0;
  for (const std::uint32_t site : sites) {
    const Vector3 d = positions[site] - centre;
    x[n] = d.x, y[n] = d.y, z[n] = d.z, r[n] = squared_norm(d), owners[n] = site;
    n += r[n] < cutoff * cutoff;
  }
  size = n;
  take_square_roots(r.data(), n);
  for (std::size_t k = 0; k < n; ++k) owners[k] = list.owner(owners[k]);
  for (; n < filled(size); ++n) x[n] = y[n] = z[n] = 0, r[n] = cutoff, owners[n] = list.owner(home);
}

void PackedNeighbours::add_forces(Vector3& force, Virial& virial) const {
  sum_forces(*this, force, virial);
}

}  // namespace cardhouse
