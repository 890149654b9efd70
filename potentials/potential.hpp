#pragma once
// The seam of all interatomic potentials: one call that turns atoms into energy, forces and virial.

#include <span>
#include <string_view>

#include "engine/structure/atoms.hpp"
#include "potentials/symmetric_tensor.hpp"

namespace cardhouse {

/// Symmetric virial tensor W_ab = -dE/d(strain_ab) = sum over pairs of r_a f_b [eV]. With this sign the potential part
/// of the pressure is trace/(3 volume): positive means that the solid wants to expand.
using Virial = SymmetricTensor;

/// The share of a distance vector d in the virial, `gradient` being the derivative of the energy by it. Only the sum
/// over all vectors of an energy that rotation leaves alone is symmetric; of each the upper triangle is taken.
inline Virial virial_of(const Vector3& d, const Vector3& gradient) {
  const Vector3& g = gradient;
  return {-d.x * g.x, -d.y * g.y, -d.z * g.z, -d.x * g.y, -d.x * g.z, -d.y * g.z};
}

/// Energy [eV] and virial [eV] of one configuration.
struct Evaluation {
  double energy = 0;
  Virial virial;

  Evaluation& operator+=(const Evaluation& other) {
    energy += other.energy;
    virial += other.virial;
    return *this;
  }
};

/// A potential energy surface. It is made for one structure (its elements and bonds) and evaluated for any positions
/// and cell of it; it keeps its neighbour lists from call to call, which never changes a result beyond rounding.
/// Results do not depend on the number of threads.
class Potential {
 public:
  virtual ~Potential() = default;

  /// Energy and virial; overwrites forces [eV/angstrom]. EXPECTS the number of atoms it was made for, and as many
  /// forces.
  virtual Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) = 0;
  /// Largest distance of atoms that interact without a chain of bonds between them [angstrom]; 0 when there is none.
  virtual double cutoff() const = 0;
  virtual std::string_view name() const = 0;  ///< as in the registry
};

}  // namespace cardhouse
