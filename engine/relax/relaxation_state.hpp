#pragma once
// Atoms and cell as one point of the space in which a minimiser walks.

#include <vector>

#include "engine/relax/atom_share.hpp"
#include "engine/relax/minimise.hpp"

namespace cardhouse {

/// A vector of that space: every atom of this rank [angstrom, or eV/angstrom for forces], then the strain of the cell
/// times sqrt(N) angstrom, which gives the cell a stiffness like that of a bond.
struct Coordinates {
  std::vector<Vector3> atoms;
  Vector3 cell;

  explicit Coordinates(std::size_t n) : atoms(n) {}
  Coordinates& operator*=(double factor);
  Coordinates& add(double factor, const Coordinates& other);  ///< += factor * other
};

double largest_norm(std::span<const Vector3> vectors);
double largest_component(const Vector3& v);  ///< in size

/// `r` with every component multiplied by that of `stretch`.
inline Vector3 stretched(const Vector3& r, const Vector3& stretch) {
  return {stretch.x * r.x, stretch.y * r.y, stretch.z * r.z};
}
/// Multiplies the Cartesian components of cell vectors and positions.
void stretch_atoms(Atoms& atoms, const Vector3& stretch);
/// The diagonal of a tensor along the lengths that may change: all, their mean, or zero.
Vector3 free_part(const Vector3& diagonal, CellRelaxation cell);

/// Atoms in a potential with the forces of the present point. Keeps references to both. On several ranks all functions
/// but size() and the forces are called together, and answer alike.
class RelaxationState {
 public:
  /// Evaluates the potential. Throws InputError naming the closest pair when the energy is not a finite number.
  RelaxationState(const AtomShare& share, CellRelaxation cell);

  /// Moves the atoms by factor * direction, then strains the cell and what is in it by factor * direction.cell. The
  /// strain is logarithmic: lengths are multiplied by its exponential.
  void move(double factor, const Coordinates& direction);
  void evaluate();  ///< throws like the constructor
  /// Puts back atoms and forces of an earlier point.
  struct Point;
  Point save() const;
  void restore(const Point& point);

  /// Over the atoms of all ranks, in blocks of fixed size, these in their order: the same for any number of threads,
  /// and of ranks that have the same bricks.
  double dot_product(const Coordinates& a, const Coordinates& b) const;
  double largest_norm(std::span<const Vector3> vectors) const {
    return share_.largest(cardhouse::largest_norm(vectors));
  }
  const Atoms& whole() { return share_.whole(); }  ///< all atoms

  std::size_t size() const { return atoms_.size(); }     ///< atoms of this rank
  double strain_scale() const { return strain_scale_; }  ///< sqrt(N) [angstrom]
  /// -dE along every coordinate at the present point.
  const Coordinates& forces() const { return forces_; }
  double energy() const { return value_.energy; }
  double max_force() const { return max_force_; }
  double max_pressure() const { return largest_component(free_pressure_); }
  double pressure() const { return value_.virial.trace() / (3 * atoms_.cell.volume()); }

 private:
  AtomShare share_;
  Atoms& atoms_;
  const CellRelaxation cell_;
  const double strain_scale_;
  Evaluation value_;
  double max_force_ = 0;
  Vector3 free_pressure_;
  Coordinates forces_;
};

struct RelaxationState::Point {
  Cell cell;
  std::vector<Vector3> positions;
  Evaluation value;
  double max_force;
  Vector3 free_pressure;
  Coordinates forces;
};

/// Throws InputError for an energy that is not a finite number, naming the closest pair of atoms.
void require_finite(const Evaluation& value, AtomShare& share);

}  // namespace cardhouse
