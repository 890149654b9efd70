#include "potentials/reference_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cardhouse {
namespace {

constexpr std::size_t least_for_threads = 2000;  // below this, starting threads costs more than it saves

/// Frobenius norm of F - 1, where F carries `from` to `to`; bounds the relative change of any distance.
double strain_norm(const Cell& from, const Cell& to) {
  double squares = 0;
  for (const Vector3 axis : {Vector3{1, 0, 0}, Vector3{0, 1, 0}, Vector3{0, 0, 1}}) {
    squares += squared_norm(to.to_cartesian(from.to_fractional(axis)) - axis);
  }
  return std::sqrt(squares);
}

}  // namespace

void ReferenceGeometry::record(const Atoms& atoms) {
  cell_ = atoms.cell;
  fractional_.resize(atoms.size());
  for (std::size_t i = 0; i < atoms.size(); ++i) fractional_[i] = atoms.cell.to_fractional(atoms.positions[i]);
}

bool ReferenceGeometry::keeps_apart(const Atoms& atoms, double apart, double closer) const {
  if (!cell_) return false;
  return (1 - strain_norm(*cell_, atoms.cell)) * apart - 2 * largest_displacement(atoms) >= closer;
}

double ReferenceGeometry::largest_displacement(const Atoms& atoms) const {
  if (!cell_ || fractional_.size() != atoms.size()) return std::numeric_limits<double>::infinity();
  double largest = 0;
#pragma omp parallel for schedule(static) reduction(max : largest) if (fractional_.size() > least_for_threads)
  for (std::size_t i = 0; i < fractional_.size(); ++i) {
    largest = std::max(largest, squared_norm(atoms.positions[i] - atoms.cell.to_cartesian(fractional_[i])));
  }
  return std::sqrt(largest);
}

}  // namespace cardhouse
