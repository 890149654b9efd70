#pragma once

#include "engine/relax/bricks.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// The atoms of a brick, its centres, and the ghosts round it: images of atoms of other bricks, or of its own, within a
/// halo. They stand in a cell of their own, which along the divided cell vectors is longer than brick and halo together
/// by a gap that no term spans; along the others it is as long as the whole cell and as periodic.
class BrickAtoms {
 public:
  /// `whole` are atoms with these wrapped places, `halo` is in angstrom. The halo may hold several images of an atom.
  BrickAtoms(const Brick& brick, const CarbonStructure& whole, const WrappedPlaces& wrapped, double halo);

  std::size_t size() const { return ids_.size(); }
  std::size_t centres() const { return centres_; }                 ///< come first
  std::span<const std::uint32_t> ids() const { return ids_; }      ///< among the atoms of the whole
  const CarbonStructure& structure() const { return structure_; }  ///< with the bonds between these atoms

  /// Follows the whole: `positions` are those of ids(), unwrapped since the constructor.
  void move(const Cell& whole, std::span<const Vector3> positions);

 private:
  void add_centres(const Brick& brick);
  void add_ghosts(const Brick& brick, const WrappedPlaces& wrapped, const Vector3& halo);
  void choose_cell(const Brick& brick, const WrappedPlaces& wrapped, const Vector3& halo);
  BondGraph local_bonds(const Brick& brick, const CarbonStructure& whole, const WrappedPlaces& wrapped) const;

  std::size_t centres_ = 0;
  std::vector<std::uint32_t> ids_;
  std::vector<Vector3> images_;  ///< whole cell vectors added to the wrapped place
  std::vector<Vector3> shifts_;  ///< cell vectors added to the position
  Vector3 lengths_{1, 1, 1};     ///< of the cell of the brick, in those of the whole
  CarbonStructure structure_;
};

/// The longest bond, shortest images taken [angstrom]; 0 without bonds.
double longest_bond(const CarbonStructure& structure);

}  // namespace cardhouse
