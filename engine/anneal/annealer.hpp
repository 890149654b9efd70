#pragma once

#include <cstdint>

#include "engine/anneal/bond_flip.hpp"
#include "engine/anneal/minimise_patch.hpp"

namespace cardhouse {

struct AnnealerOptions {
  double thermal_energy = 0.3;  ///< kT of the Monte Carlo on bonds [eV]
  RingLimits rings = {};
  int first_patch_bonds = 3;  ///< atoms up to so many bonds from a change relax with it at first
  int patch_bonds = 6;        ///< and then, unless the first look was enough to reject
  /// What relaxing the larger patch may gain at most [eV]. Measured: the Stone-Wales defect of a sheet held flat takes
  /// 8.7 eV in a patch of 3 bonds, 7.5 in one of 6, 7.0 when everything relaxes.
  double later_gain = 1.5;
  double longest_bond = 1.8;  ///< of the atoms whose bonds changed, after relaxation [angstrom]
  PatchMinimiser minimiser = {};
};

struct FlipCounts {
  std::uint64_t tried = 0;
  std::uint64_t impossible = 0;  ///< terminators, heteroatoms, double bonds, rings out of limits
  std::uint64_t rejected_early = 0;
  std::uint64_t rejected = 0;  ///< after relaxation: by energy, bond length or a sheet folded over
  std::uint64_t accepted = 0;
  std::uint64_t evaluations = 0;  ///< of patch energies
};

/// A network together with what its moves need: who is near whom, energy terms, memory for a patch.
class Annealer {
 public:
  Annealer(const CarbonStructure& structure, const AnnealerOptions& options);

  /// One trial of Metropolis et al. 1953 (doi:10.1063/1.1699114) with the threshold drawn before relaxing: accepted
  /// when the relaxed energy stays below E - kT ln u. Returns whether the network changed.
  bool try_flip(Stream& stream);
  /// Energy that a new bond between two atoms costs after local relaxation, once the atoms of `leaving` are gone [eV].
  /// Nothing changes. EXPECTS one bond for each leaving atom.
  double strain_of_bond(std::uint32_t a, std::uint32_t b, std::span<const std::uint32_t> leaving);
  /// Makes the bond and relaxes around it.
  void close_bond(std::uint32_t a, std::uint32_t b);
  void remove(std::uint32_t atom);
  /// Relaxes all atoms, at most `steps` evaluations; returns the energy [eV].
  double relax_all(int steps, double force_tolerance);
  /// Energy of the whole [eV].
  double energy();

  const CarbonNetwork& network() const { return network_; }
  const NearAtoms& near() const { return near_; }
  const FlipCounts& counts() const { return counts_; }
  /// Atoms whose positions or bonds changed in the last successful move.
  std::vector<std::uint32_t> last_changed() const { return patch_.atoms(); }

 private:
  double present_energy();
  void enact(const BondFlip& flip);
  bool is_sound(const BondFlip& flip) const;
  bool relaxes_below(const BondFlip& flip, double threshold);
  bool relaxes_in_larger_patch(const BondFlip& flip, double above);
  void move(std::uint32_t atom, const Vector3& position);
  void settle();
  std::vector<std::uint32_t> all_atoms() const;

  AnnealerOptions options_;
  CarbonNetwork network_;
  NearAtoms near_;
  TermTable terms_;
  Patch patch_;
  BondSearch search_;
  FlipCounts counts_;
  std::vector<std::uint32_t> free_atoms_;
  std::vector<Vector3> positions_;
  std::vector<Vector3> forces_;
};

}  // namespace cardhouse
