#pragma once
// What a TargetField says at a place, and places drawn from it.

#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/builder/sp2_network.hpp"
#include "engine/builder/termination.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

/// Index of the cell that holds a point, given as fractions of the sample's edges, any periodic image. EXPECTS sides
/// above zero.
std::size_t cell_at(const std::array<std::size_t, 3>& sides, const Vector3& fractional);

/// Draws places in proportion to a quantity: a cell by its value, then any point in it.
class FieldSampler {
 public:
  /// EXPECTS one value a cell, none negative, their sum above zero.
  FieldSampler(const std::array<std::size_t, 3>& sides, std::span<const double> values);

  /// Fractions of the sample's edges, in [0, 1). O(log cells), four random numbers.
  Vector3 draw(Stream& stream) const;

 private:
  std::array<std::size_t, 3> sides_;
  std::vector<double> cumulative_;
};

/// True when the values differ from nothing: one a cell, and not all zero.
bool is_known(const TargetField& field, std::span<const double> values);

/// Wanted share of edge atoms in every cell: H/C + O/C + N/C, at least `least`. Empty when the composition is not
/// known from place to place.
std::vector<double> edge_density(const TargetField& field, double least);

/// The value of the cell of every position. Empty for no values.
std::vector<double> values_at(const TargetField& field, std::span<const double> values,
                              std::span<const Vector3> positions, const PeriodicCube& cube);

/// Preferences by which each cell gets its heteroatoms: per site, value of the cell times its atoms over the atoms of
/// the cell that have as many neighbours as this one. Empty lists where nothing is known.
SitePreferences site_preferences(const TargetField& field, const Sp2Network& network);

}  // namespace cardhouse
