#include "engine/relax/relaxation_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/errors.hpp"
#include "engine/relax/closest_pair.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t worth_a_thread = 4000;  // atoms
constexpr std::size_t block = 1024;           // of a sum: the same for every number of threads

}  // namespace

Coordinates& Coordinates::operator*=(double factor) {
#pragma omp parallel for schedule(static) if (atoms.size() > worth_a_thread)
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms[i] *= factor;
  cell *= factor;
  return *this;
}

Coordinates& Coordinates::add(double factor, const Coordinates& other) {
#pragma omp parallel for schedule(static) if (atoms.size() > worth_a_thread)
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms[i] += factor * other.atoms[i];
  cell += factor * other.cell;
  return *this;
}

double largest_norm(std::span<const Vector3> vectors) {
  double largest = 0;
  for (const Vector3& vector : vectors) largest = std::max(largest, squared_norm(vector));
  return std::sqrt(largest);
}

double largest_component(const Vector3& v) {
  return std::max({std::abs(v.x), std::abs(v.y), std::abs(v.z)});
}

void stretch_atoms(Atoms& atoms, const Vector3& stretch) {
  const auto& [a, b, c] = atoms.cell.vectors();
  atoms.cell = Cell(stretched(a, stretch), stretched(b, stretch), stretched(c, stretch));
  for (Vector3& position : atoms.positions) position = stretched(position, stretch);
}

Vector3 free_part(const Vector3& diagonal, CellRelaxation cell) {
  if (cell == CellRelaxation::None) return {};
  if (cell == CellRelaxation::Diagonal) return diagonal;
  return (diagonal.x + diagonal.y + diagonal.z) / 3 * Vector3{1, 1, 1};
}

void require_finite(const Evaluation& value, AtomShare& share) {
  if (std::isfinite(value.energy)) return;
  const Atoms& atoms = share.whole();
  const auto pair = closest_pair(atoms, 1.0);
  throw InputError(fmt::format("the energy of {} is not a finite number ({})", share.potential().name(),
                               pair ? describe(*pair, atoms) : "no two atoms are closer than 1 angstrom"),
                   "check the structure for overlaps or a broken cell");
}

RelaxationState::RelaxationState(const AtomShare& share, CellRelaxation cell)
    : share_(share),
      atoms_(share_.atoms()),
      cell_(cell),
      strain_scale_(std::sqrt(1.0 * share_.total())),
      forces_(share_.size()) {
  evaluate();
}

double RelaxationState::dot_product(const Coordinates& a, const Coordinates& b) const {
  const std::vector<std::size_t>& bricks = share_.brick_starts();
  std::vector<std::size_t> starts;  // of blocks
  for (std::size_t brick = 0; brick + 1 < bricks.size(); ++brick) {
    for (std::size_t i = bricks[brick]; i < bricks[brick + 1]; i += block) starts.push_back(i);
  }
  std::vector<double> sums(starts.size());
  starts.push_back(size());
#pragma omp parallel for schedule(static) if (size() > worth_a_thread)
  for (std::size_t k = 0; k < sums.size(); ++k) {
    double sum = 0;
    for (std::size_t i = starts[k]; i < starts[k + 1]; ++i) sum += dot(a.atoms[i], b.atoms[i]);
    sums[k] = sum;
  }
  const std::vector<double> all = share_.gather(std::move(sums));
  return std::accumulate(all.begin(), all.end(), dot(a.cell, b.cell));
}

void RelaxationState::evaluate() {
  value_ = share_.potential().evaluate(atoms_, forces_.atoms);
  require_finite(value_, share_);
  max_force_ = largest_norm(forces_.atoms);
  const Vector3 diagonal = free_part({value_.virial.xx, value_.virial.yy, value_.virial.zz}, cell_);
  free_pressure_ = diagonal / atoms_.cell.volume();
  forces_.cell = diagonal / strain_scale_;
}

void RelaxationState::move(double factor, const Coordinates& direction) {
#pragma omp parallel for schedule(static) if (atoms_.size() > worth_a_thread)
  for (std::size_t i = 0; i < atoms_.size(); ++i) atoms_.positions[i] += factor * direction.atoms[i];
  if (cell_ == CellRelaxation::None) return;
  const Vector3 strain = factor / strain_scale_ * direction.cell;
  stretch_atoms(atoms_, {std::exp(strain.x), std::exp(strain.y), std::exp(strain.z)});
}

RelaxationState::Point RelaxationState::save() const {
  return {atoms_.cell, atoms_.positions, value_, max_force_, free_pressure_, forces_};
}

void RelaxationState::restore(const Point& point) {
  atoms_.cell = point.cell;
  atoms_.positions = point.positions;
  value_ = point.value;
  max_force_ = point.max_force;
  free_pressure_ = point.free_pressure;
  forces_ = point.forces;
}

}  // namespace cardhouse
