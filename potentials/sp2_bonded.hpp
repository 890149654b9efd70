#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/bonded_parameters.hpp"
#include "potentials/potential.hpp"
#include "potentials/reference_geometry.hpp"

namespace cardhouse {

/// Elastic energy of a bonded sp2 network and its edge groups (Jain 2015, doi:10.1021/acs.jpcc.5b01905):
/// E = sum over bonds k/(8 d^2) (r^2 - d^2)^2 + sum over angles (k/2)(theta - theta0)^2
///     + sum over three-coordinated atoms gamma r_perp^2
///     + sum over pairs three bonds apart and closer than r0 of (kc/2)(r0 - r)^2,
/// zero in flat graphene with bonds of 1.420 angstrom; below 0.8 d a bond goes on as a parabola, so that none
/// collapses. Bonds to other elements take the same form with the curvature of their source (bonded_parameters.hpp).
/// Finite for any positions, straight and folded angles included. The shortest image of a bond is chosen in the first
/// configuration and followed. Limit: without a torsion term the saddle-shaped modes of a free flake cost energy at
/// fourth order only.
class Sp2Bonded final : public Potential {
 public:
  /// Throws InputError for an atom with more than four bonds and for elements without parameters.
  explicit Sp2Bonded(const CarbonStructure& structure);

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return 0; }
  std::string_view name() const override { return "sp2-bonded"; }
  std::optional<Reach> reach() const override { return Reach{.bonds = 2}; }
  void set_centres(std::size_t n) override { centres_ = n; }

 private:
  /// A bond seen from one of its ends.
  struct Arm {
    std::uint32_t neighbour;
    std::uint32_t opposite;  ///< the same bond seen from the neighbour
    BondTerm term;
    std::array<int, 3> shift{};  ///< cell vectors added to the neighbour's position
  };
  /// An angle between two arms of an atom, numbered from its first.
  struct Corner {
    std::uint8_t first;
    std::uint8_t second;
    AngleTerm term;
  };
  /// Two atoms three bonds apart, seen from the second of the chain: near - centre - middle - far.
  struct Contact {
    std::uint8_t near;    ///< arm of the centre
    std::uint8_t middle;  ///< arm of the centre
    std::uint32_t far;    ///< arm of the middle atom, numbered among all
  };
  static constexpr std::size_t most_arms = 4;

  void add_arms(const CarbonStructure& structure);
  void add_corners(const CarbonStructure& structure);
  void add_contacts(const CarbonStructure& structure);
  Vector3 arm_vector(const Atoms& atoms, std::size_t owner, const Arm& arm) const;
  void choose_images(const Atoms& atoms);
  /// Energy of the terms centred on an atom; writes their gradient with respect to its arms.
  Evaluation evaluate_centre(const Atoms& atoms, std::size_t centre);

  std::size_t centres_ = all_centres;
  std::vector<std::uint32_t> arm_starts_;
  std::vector<Arm> arms_;
  std::vector<std::uint32_t> corner_starts_;
  std::vector<Corner> corners_;
  std::vector<std::uint32_t> contact_starts_;
  std::vector<Contact> contacts_;
  std::vector<Vector3> gradients_;  ///< of the energy of the owner of an arm with respect to that arm
  ReferenceGeometry reference_;
};

}  // namespace cardhouse
