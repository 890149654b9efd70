#pragma once

#include <vector>

#include "engine/base/stream.hpp"
#include "engine/builder/sp2_network.hpp"
#include "engine/builder/surface_groups.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Lengths of the bonds that are set [angstrom] and the angle at a hydroxyl oxygen [rad].
struct TerminationGeometry {
  static constexpr double carbon_hydrogen = 1.08;  ///< aromatic; Allen et al. 1987, doi:10.1039/p298700000s1
  static constexpr double carbon_carbonyl = 1.23;  ///< quinone; Rabinovich et al. 1967, doi:10.1039/j29670000131
  static constexpr double carbon_hydroxyl = 1.36;  ///< phenol; Allen et al. 1987
  static constexpr double oxygen_hydrogen = 0.97;  ///< Allen et al. 1987
  static constexpr double hydroxyl_angle = 1.90;   ///< C-O-H, 109 degrees, estimate
};

struct TerminatedCarbon {
  CarbonStructure structure;  ///< network atoms in their order, then terminators
  /// Least room of a terminator when it was placed, judged 1.2 angstrom along its bond to the network, at most 3; the
  /// hydrogen of a hydroxyl is not judged [angstrom].
  double closest_contact;
};

/// How much an element prefers each network atom; only ratios count. An empty list: all alike.
struct SitePreferences {
  std::vector<double> hydrogen;
  std::vector<double> oxygen;
  std::vector<double> nitrogen;

  bool empty() const { return hydrogen.empty() && oxygen.empty() && nitrogen.empty(); }
};

/// Puts the groups on the two-coordinated atoms of a network. Terminators point outward along the bisector of the two
/// bonds, or tilted 35 or 70 degrees out of their plane where that leaves more room; sites come in random order, the
/// roomy ones first, so that no more than the counts force stands in a crowded vacancy. Ethers and pyridinic nitrogen
/// take edge sites that are left, graphitic nitrogen three-coordinated ones, none next to another heteroatom as long as
/// there is a choice. Edge sites beyond the counts stay bare.
///
/// With preferences, sites are drawn without replacement by weight (Efraimidis & Spirakis 2006,
/// doi:10.1016/j.ipl.2005.11.003), and hydrogen comes last, so that oxygen and nitrogen find room where they belong.
///
/// EXPECTS at least groups.edge_sites() edge atoms, sites for exactly the carbons, ethers and nitrogens, and one
/// preference an atom or none.
TerminatedCarbon terminate(const Sp2Network& network, const SurfaceGroups& groups, const SitePreferences& preferences,
                           Stream& stream);

}  // namespace cardhouse
