#pragma once

#include <cstddef>

namespace cardhouse {

/// Elements beside carbon, atoms per carbon atom.
struct Inventory {
  double hydrogen_per_carbon = 0;
  double oxygen_per_carbon = 0;
  double nitrogen_per_carbon = 0;
};

/// How many of each group a network carries. Terminators sit on a two-coordinated carbon; ether oxygen and nitrogen
/// take the place of one carbon of the network.
struct SurfaceGroups {
  std::size_t carbons = 0;    ///< network sites that stay carbon
  std::size_t hydrogen = 0;   ///< C-H
  std::size_t hydroxyl = 0;   ///< C-O-H
  std::size_t carbonyl = 0;   ///< C=O
  std::size_t ether = 0;      ///< C-O-C within an edge
  std::size_t pyridinic = 0;  ///< two-coordinated N
  std::size_t graphitic = 0;  ///< three-coordinated N

  std::size_t hydrogens() const { return hydrogen + hydroxyl; }
  std::size_t oxygens() const { return hydroxyl + carbonyl + ether; }
  std::size_t nitrogens() const { return pyridinic + graphitic; }
  std::size_t terminators() const { return hydrogen + hydroxyl + carbonyl; }
  std::size_t edge_sites() const { return terminators() + ether + pyridinic; }
};

/// Shares the inventory out over `sites` atoms of a network, so that hydrogen and oxygen are exactly
/// round(per carbon * carbons); nitrogen may differ by one, because it replaces carbon. Of the oxygen 40 % become
/// carbonyl, 30 % hydroxyl (as far as there is hydrogen, else carbonyl) and 30 % ether; half of the nitrogen is
/// pyridinic (estimates).
SurfaceGroups share_out(const Inventory& inventory, std::size_t sites);

}  // namespace cardhouse
