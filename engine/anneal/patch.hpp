#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/anneal/near_atoms.hpp"
#include "engine/anneal/term_table.hpp"

namespace cardhouse {

/// Repulsion of atoms more than three bonds apart, (k/2)(r0 - r)^2 below r0: keeps layers from passing through each
/// other. Both constants make it follow the repulsive side of the Lennard-Jones term between layers (3.4 angstrom,
/// 2.84 meV) from 2.5 to 3.0 angstrom, where that is 0.38 and 0.03 eV (estimate).
inline constexpr double layer_contact_distance = 3.2;     // [angstrom]
inline constexpr double layer_contact_stiffness = 1.6;    // [eV/angstrom^2]
inline constexpr double hydrogen_contact_distance = 2.4;  // r0 where hydrogen takes part (twice its radius) [angstrom]

/// Some atoms of a network that may move while all others stand still, with every term of the energy in which one of
/// them takes part. The energy is that of `Sp2Bonded` (Jain 2015, doi:10.1021/acs.jpcc.5b01905) and the repulsion
/// above, so that two patches with the same free atoms differ by as much as the whole structures do.
/// Images of neighbours are those nearest when the patch was made; contacts of atoms further apart than
/// `contact_margin` beyond their reach at that time are left out.
class Patch {
 public:
  static constexpr double contact_margin = 0.8;  // [angstrom]

  /// Takes the place of what the patch held before. EXPECTS distinct atoms that are present.
  void assign(const CarbonNetwork& network, const NearAtoms& near, TermTable& terms,
              std::span<const std::uint32_t> free_atoms);

  std::size_t free_atoms() const { return free_count_; }
  const std::vector<std::uint32_t>& atoms() const { return atoms_; }  ///< free ones first, in the order given
  /// Positions of the free atoms at the time of assign() [angstrom].
  std::span<const Vector3> start() const { return {positions_.data(), free_count_}; }
  /// Energy [eV] with the free atoms at `positions`; overwrites their forces [eV/angstrom].
  double evaluate(std::span<const Vector3> positions, std::span<Vector3> forces);

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct BondPart {
    std::uint32_t from, to;
    Vector3 image;  ///< added to position(to) - position(from)
    BondTerm term;
    bool counted;  ///< false where both ends are fixed: serves angles only
  };
  struct Spoke {
    std::uint32_t bond;
    double sign;
  };
  struct AnglePart {
    Spoke first, second;
    AngleTerm term;
  };
  struct ContactPart {
    std::uint32_t first, second;
    Vector3 image;
    double reach, stiffness;
  };

  bool is_free(std::uint32_t local) const { return local < free_count_; }
  std::uint32_t local(const CarbonNetwork& network, std::uint32_t atom);
  Spoke spoke(const CarbonNetwork& network, TermTable& terms, std::uint32_t centre, std::size_t slot);
  void add_centre(const CarbonNetwork& network, TermTable& terms, std::uint32_t centre);
  void add_chain_contacts(const CarbonNetwork& network, std::uint32_t atom);
  void add_layer_contacts(const CarbonNetwork& network, const NearAtoms& near, std::uint32_t atom);
  void add_contact(const CarbonNetwork& network, std::array<std::uint32_t, 2> atoms, double reach, double stiffness);
  void push_back_forces(std::span<Vector3> forces) const;

  std::size_t free_count_ = 0;
  std::vector<std::uint32_t> atoms_;
  std::vector<Vector3> positions_;
  std::vector<std::array<std::uint32_t, CarbonNetwork::most_bonds>> bond_of_slot_;
  std::vector<std::uint32_t> local_;  ///< number in the patch of every atom of the network
  std::vector<BondPart> bonds_;
  std::vector<AnglePart> angles_;
  std::vector<std::array<Spoke, 3>> planes_;
  std::vector<ContactPart> contacts_;
  std::vector<Vector3> vectors_;    ///< of the bonds
  std::vector<Vector3> gradients_;  ///< of the energy with respect to the bond vectors
  BondSearch search_;
};

}  // namespace cardhouse
