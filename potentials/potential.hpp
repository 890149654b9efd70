#pragma once
// The seam of all interatomic potentials: one call that turns atoms into energy, forces and virial.

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "engine/base/contracts.hpp"
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

/// What must be present round an atom for the terms of the energy that belong to it.
struct Reach {
  double distance = 0;  ///< all atoms so near [angstrom]
  int bonds = 0;        ///< all atoms that a chain of so many bonds joins to it, however long these are
  int outer_bonds = 0;  ///< of the atoms within the distance: their neighbours by so many bonds
};

/// For set_centres: every atom is a centre.
inline constexpr std::size_t all_centres = std::numeric_limits<std::size_t>::max();

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

  /// Where the terms that belong to one atom end; nothing when the energy is not a sum of such terms (a charge feels
  /// every other) or the potential cannot sum a part of them. May grow from one evaluation to the next.
  virtual std::optional<Reach> reach() const { return std::nullopt; }
  /// From now on only the terms that belong to the first `n` atoms are summed, and the forces of these terms on all
  /// atoms. The others, called ghosts, stand for atoms whose terms somebody else sums: energies, virials and forces of
  /// all parts of a structure add up to those of the whole. To be called before the first evaluation. EXPECTS a reach,
  /// within which all atoms round a centre are there.
  virtual void set_centres(std::size_t /*n*/) { EXPECTS(reach().has_value()); }
};

}  // namespace cardhouse
