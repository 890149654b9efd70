#pragma once

#include <span>

#include "engine/builder/scalar_grid.hpp"
#include "engine/builder/sp2_network.hpp"

namespace cardhouse {

struct EdgeOptions {
  double edge_fraction = 0.02;         ///< wanted share of atoms with two neighbours
  std::size_t spare = 0;               ///< edge atoms wanted beyond that share
  double longest_bond = 1.9;           ///< longer ones are cut [angstrom]
  std::size_t smallest_fragment = 60;  ///< smaller pieces are dropped (estimate)
};

/// Local order of the layers at every atom: |grad psi|/(1 + n). The slope is amplitude times pi/spacing on a perfect
/// layer and falls at grain boundaries and dislocation cores, where edges are; n, the sum of |size - 6| over the rings
/// of the atom, is zero on a perfect layer and leads the edges to the most strained rings (weights: estimate).
std::vector<double> layer_order(const Sp2Network& network, const ScalarGrid& field);

/// Order that leads the cut to where edges are dense: rank of the atom over its density. Ranks are spread evenly, so
/// the atoms cut in a region are in proportion to its density as far as the order itself knows nothing of the region.
/// The order as it is for no densities. EXPECTS as many densities as orders or none, each above zero.
std::vector<double> led_by_density(std::span<const double> order, std::span<const double> density);

/// Opens the closed network: bonds that are too long are cut, then the atoms of lowest order are deleted, always
/// pruning what is left with fewer than two neighbours and fragments that are too small, until the share of atoms with
/// two neighbours has reached edge_fraction. Every atom of the result has two or three neighbours; the rings are those
/// that stayed whole. Ties are broken by index. The number of deleted atoms is found by bisection: O(N log N). Throws
/// InputError when the share cannot be reached. EXPECTS one order value per atom.
Sp2Network cut_edges(const Sp2Network& network, std::span<const double> order, const EdgeOptions& options);

}  // namespace cardhouse
