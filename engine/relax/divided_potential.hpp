#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/relax/atom_exchange.hpp"
#include "engine/relax/brick_atoms.hpp"
#include "potentials/potential.hpp"
#include "potentials/reference_geometry.hpp"

namespace cardhouse {

/// A potential of a structure whose terms are summed brick by brick, on several ranks. Each rank gives and gets what
/// belongs to its own atoms; energy and virial are those of all of them, on every rank the same.
///
/// Every evaluation fetches the positions of the atoms that a brick holds, sums the terms of its centres, and sends the
/// forces back. Bricks are cut anew, so that terms follow the atoms that have migrated, when atoms may have crossed the
/// skin of the halos: then alone all ranks gather all positions, and the potentials of the bricks are made again.
/// The result depends on the number of bricks by rounding, and for a given number not at all on that of ranks or
/// threads.
class DividedPotential final : public Potential {
 public:
  using Make = std::function<std::unique_ptr<Potential>(const CarbonStructure&)>;

  /// `whole` gives elements and bonds; `make` makes the potential of a brick, `alike` is that of the whole and only
  /// asked for name, cut-off and reach. Keeps references to `whole` and `division`. EXPECTS a reach.
  DividedPotential(const CarbonStructure& whole, const AtomDivision& division, Make make, const Potential& alike);

  /// `own` and `forces` are the atoms that this rank moves. Called by all ranks together.
  Evaluation evaluate(const Atoms& own, std::span<Vector3> forces) override;
  double cutoff() const override { return cutoff_; }
  std::string_view name() const override { return name_; }

  std::size_t cuts() const { return cuts_; }   ///< how often bricks were cut so far
  std::vector<std::uint32_t> centres() const;  ///< of the bricks of this rank, brick by brick
  std::size_t ghosts() const;                  ///< that these bricks hold besides

 private:
  struct Part {
    BrickAtoms atoms;
    std::unique_ptr<Potential> potential;
  };
  void cut(const Atoms& own);
  Evaluation evaluate_parts(const Atoms& own, std::span<Vector3> forces);
  Evaluation sum_over_bricks(std::span<const double> parts);

  const CarbonStructure& whole_;
  const AtomDivision& division_;
  Make make_;
  std::string name_;
  double cutoff_;
  Reach reach_;      ///< that the halos allow for
  Reach wanted_;     ///< that a brick has asked for
  double halo_ = 0;  ///< [angstrom]
  std::size_t cuts_ = 0;
  ReferenceGeometry reference_;  ///< of the own atoms at the last cut
  std::vector<Part> parts_;
  std::unique_ptr<AtomExchange> exchange_;
  std::vector<Vector3> held_positions_;  ///< of the atoms of the parts, one part behind the other
  std::vector<Vector3> held_forces_;
};

/// Width of the halo round a brick without skin [angstrom].
double halo_width(const Reach& reach, double longest_bond);

}  // namespace cardhouse
