#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/hamiltonian.hpp"
#include "engine/transport/hop_lattice.hpp"
#include "engine/transport/packed_pairs.hpp"

namespace cardhouse {

/// The metal term of hops (Hamiltonian), as it is and as a lower bound over what the neighbourhood has been: each metal
/// site remembers between which coordinations it was, and whether it was occupied and vacant. The term E(z) is convex
/// and falls with z, so that a bond lost costs least at the highest z and a bond won brings most at the lowest.
/// Sites are numbered as in HopLattice.
class MetalBounds {
 public:
  /// `exact`: what a site remembers is never more than the present.
  MetalBounds(const HopLattice& lattice, const Hamiltonian& hamiltonian, bool exact);

  /// Sodium arrives at or leaves a site.
  void fill(std::size_t site, bool occupied);
  /// After all fill() of one event, names the bounds that it has overtaken: `around(site)`, those of all hops from the
  /// site and to it; `towards(site)`, those of hops to it alone. A site may be named more than once.
  template <class Around, class Towards>
  void settle(Around&& around, Towards&& towards);

  /// Energy of moving sodium from a site to a vacant one: prepare(from), then change(to) for each target, then done().
  /// `Least`: the lower bound instead [eV].
  template <bool Least>
  void prepare(std::size_t from);
  template <bool Least>
  double change(std::size_t to) const;
  void done();

  /// Lets the metal sites that hops from `site` depend on forget all but the present.
  void forget(std::size_t site);
  std::size_t bytes() const;

 private:
  struct Atom {
    double coordination = 0;  ///< z
    double inverse_full = 0;  ///< 1/z0
    double depth = 0;         ///< D [eV]
    double root = 0;          ///< sqrt(min(z/z0, 1))
    double lowest = 0;        ///< z remembered
    double highest = 0;
    double lowest_root = 0;  ///< sqrt(min(z/z0, 1)) there
    double highest_root = 0;
    std::uint32_t site = 0;
    bool occupied = false;
    bool was_occupied = false;
    bool was_vacant = true;
    bool touched = false;
  };
  static constexpr double weight_unit = 0x1p-33;
  static constexpr std::uint32_t none = 0xffffffff;

  template <bool Least>
  double term(const Atom& atom, double step) const;
  void touch(std::uint32_t metal);
  bool overtaken(Atom& atom) const;
  static void remember(Atom& atom, double lowest, double highest);
  static void forget(Atom& atom);

  bool exact_;
  std::vector<Atom> atoms_;
  std::vector<std::uint32_t> atom_of_;      ///< of a site, or none; empty without metal
  PackedRows<PackedPair> bonds_;            ///< of a site to atoms, with weights
  PackedRows<std::uint32_t> bonded_sites_;  ///< of an atom, itself included
  std::vector<std::uint32_t> touched_;
  std::vector<double> lost_;  ///< weight of the bond between an atom and the sodium that is leaving
  std::size_t leaving_ = 0;
  double removal_ = 0;
};

template <class Around, class Towards>
void MetalBounds::settle(Around&& around, Towards&& towards) {
  for (const std::uint32_t metal : touched_) {
    atoms_[metal].touched = false;
    if (!overtaken(atoms_[metal])) continue;
    if (atoms_[metal].was_occupied || exact_)
      for (const std::uint32_t site : bonded_sites_.of(metal)) around(site);
    else
      towards(atoms_[metal].site);
  }
  touched_.clear();
}

}  // namespace cardhouse
