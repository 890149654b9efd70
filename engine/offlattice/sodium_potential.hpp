#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/offlattice/moving_bins.hpp"
#include "engine/offlattice/sodium_interactions.hpp"
#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Explicit sodium in a rigid host: what one atom feels there, by sums over the host atoms within the cut-off.
class SodiumPotential {
 public:
  /// The host may be an empty cell; sodium in it is refused. Throws InputError for an element without a pair term.
  SodiumPotential(const Atoms& host, SodiumInteractions interactions, OverlapFloor floor = {});

  const Cell& cell() const { return bins_.cell(); }
  const SodiumInteractions& interactions() const { return interactions_; }
  const OverlapFloor& floor() const { return floor_; }
  /// Energy of one sodium in the host [eV]; infinite below the overlap floor.
  double host_energy(const Vector3& position) const;
  /// Radii of the host atoms inside which no sodium is put: the floor [angstrom].
  std::vector<double> floor_radii() const;
  const Atoms& host() const { return host_; }

  /// What a sodium gets from its own periodic images: half the pair energies, and the density.
  SodiumInteractions::PairTerms own_images() const;

 private:
  Atoms host_;
  SodiumInteractions interactions_;
  OverlapFloor floor_;
  std::vector<std::size_t> kinds_;
  std::vector<double> floors_squared_;  ///< by kind
  MovingBins bins_;
};

}  // namespace cardhouse
