#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/hamiltonian.hpp"
#include "engine/transport/cover.hpp"
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
  /// After all fill() of one event, names the bounds that it has overtaken: `around(site, which)`, of all hops from the
  /// site and to it; `towards(site, which)`, of hops to it alone. A site may be named more than once.
  template <class Around, class Towards>
  void settle(Around&& around, Towards&& towards);

  /// Energy of moving sodium from a site to a vacant one: prepare(from), then change(to) for each target, then done().
  /// Of Cover::Remembered and Cover::Wide the lower bound [eV].
  void prepare(std::size_t from);
  template <Cover C>
  double change(std::size_t to);
  void done();

  /// Lets the metal sites that hops from `site` depend on forget all but the present.
  void forget(std::size_t site);
  std::size_t bytes() const;

 private:
  /// Coordinations covered, and sqrt(min(z/z0, 1)) at both ends.
  struct Range {
    double lowest = 0;
    double highest = 0;
    double lowest_root = 0;
    double highest_root = 0;
  };
  struct Atom {
    double coordination = 0;  ///< z
    double inverse_full = 0;  ///< 1/z0
    double depth = 0;         ///< D [eV]
    double root = 0;          ///< sqrt(min(z/z0, 1))
    Range remembered;
    Range wide;
    std::uint32_t site = 0;
    bool occupied = false;
    bool was_occupied = false;
    bool was_vacant = true;
    bool touched = false;
  };
  static constexpr double wide_reach = 1;  ///< of the wide range beyond the present coordination
  static constexpr double weight_unit = 0x1p-33;
  static constexpr std::uint32_t none = 0xffffffff;

  template <Cover C>
  double term(const Atom& atom, double step) const;
  template <Cover C>
  double removal() const;
  void touch(std::uint32_t metal);
  Overtaken overtaken(Atom& atom) const;
  static Range make_range(const Atom& atom, double lowest, double highest);
  static void forget(Atom& atom);

  bool exact_;
  std::vector<Atom> atoms_;
  std::vector<std::uint32_t> atom_of_;      ///< of a site, or none; empty without metal
  PackedRows<PackedPair> bonds_;            ///< of a site to atoms, with weights
  PackedRows<std::uint32_t> bonded_sites_;  ///< of an atom, itself included
  std::vector<std::uint32_t> touched_;
  std::vector<double> lost_;  ///< weight of the bond between an atom and the sodium that is leaving
  std::size_t leaving_ = 0;
  std::array<double, 3> removals_{};  ///< energy of removing it, by cover
  std::array<bool, 3> removal_known_{};
};

template <class Around, class Towards>
void MetalBounds::settle(Around&& around, Towards&& towards) {
  for (const std::uint32_t metal : touched_) {
    atoms_[metal].touched = false;
    const Overtaken which = overtaken(atoms_[metal]);
    if (which == Overtaken::None) continue;
    if (atoms_[metal].was_occupied || exact_)
      for (const std::uint32_t site : bonded_sites_.of(metal)) around(site, which);
    else
      towards(atoms_[metal].site, which);
  }
  touched_.clear();
}

}  // namespace cardhouse
