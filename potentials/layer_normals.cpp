#include "potentials/layer_normals.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double least_square = 1e-8;            // e [angstrom^4]
constexpr std::size_t least_for_threads = 1000;  // atoms

}  // namespace

LayerNormals::LayerNormals(const BondGraph& bonds)
    : bonds_(bonds),
      arms_(bonds.size()),
      vectors_(bonds.size()),
      gradients_(bonds.size()),
      normals_(bonds.size()),
      inverse_lengths_(bonds.size()),
      virials_(bonds.size()) {
  for (std::size_t i = 0; i < bonds_.size(); ++i) {
    if (bonds_.degree(i) != 2 && bonds_.degree(i) != 3) continue;
    arms_[i].count = static_cast<std::uint8_t>(bonds_.degree(i));
    std::copy(bonds_.of(i).begin(), bonds_.of(i).end(), arms_[i].atoms.begin());
  }
}

void LayerNormals::update(const Atoms& atoms) {
  EXPECTS(atoms.size() == arms_.size());
#pragma omp parallel for schedule(static) if (arms_.size() > least_for_threads)
  for (std::size_t i = 0; i < arms_.size(); ++i) {
    auto& arm = vectors_[i];
    for (std::size_t k = 0; k < arms_[i].count; ++k) {
      arm[k] = atoms.cell.minimum_image(atoms.positions[arms_[i].atoms[k]] - atoms.positions[i]);
    }
    Vector3 m;
    if (arms_[i].count == 3) m = cross(arm[1] - arm[0], arm[2] - arm[0]);
    if (arms_[i].count == 2) m = cross(arm[0], arm[1]);
    inverse_lengths_[i] = 1 / std::sqrt(squared_norm(m) + least_square);
    normals_[i] = inverse_lengths_[i] * m;
  }
}

Virial LayerNormals::differentiate(std::size_t i, const Vector3& by_m) {
  const auto& arm = vectors_[i];
  auto& gradient = gradients_[i];
  gradient = {};
  Virial virial;
  if (arms_[i].count == 3) {  // t . (u x v) changes by du . (v x t) + dv . (t x u)
    const Vector3 u = arm[1] - arm[0];
    const Vector3 v = arm[2] - arm[0];
    gradient[1] = cross(v, by_m);
    gradient[2] = cross(by_m, u);
    gradient[0] = -(gradient[1] + gradient[2]);
  } else if (arms_[i].count == 2) {
    gradient[0] = cross(arm[1], by_m);
    gradient[1] = cross(by_m, arm[0]);
  }
  for (std::size_t k = 0; k < arms_[i].count; ++k) virial += virial_of(arm[k], gradient[k]);
  return virial;
}

Virial LayerNormals::spread(std::span<const Vector3> by_m, std::span<Vector3> forces) {
  EXPECTS(by_m.size() == arms_.size() && forces.size() == arms_.size());
#pragma omp parallel if (arms_.size() > least_for_threads)
  {
#pragma omp for schedule(static)
    for (std::size_t i = 0; i < arms_.size(); ++i) virials_[i] = differentiate(i, by_m[i]);
#pragma omp for schedule(static)
    for (std::size_t i = 0; i < arms_.size(); ++i) {
      for (std::size_t k = 0; k < arms_[i].count; ++k) forces[i] += gradients_[i][k];
      for (const std::uint32_t other : bonds_.of(i)) {
        const Arms& arms = arms_[other];
        for (std::size_t k = 0; k < arms.count; ++k) {
          if (arms.atoms[k] == i) forces[i] -= gradients_[other][k];
        }
      }
    }
  }
  Virial total;
  for (const Virial& virial : virials_) total += virial;
  return total;
}

}  // namespace cardhouse
