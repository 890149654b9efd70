#pragma once

#include <cstddef>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// An atom as the bonded terms see it.
struct BondedAtom {
  Element element;
  std::size_t degree;  ///< number of its bonds
};

/// A bond: rest length [angstrom] and curvature d2E/dr2 at it [eV/angstrom^2].
struct BondTerm {
  double length;
  double stiffness;
};

/// An angle: rest angle [rad] and curvature d2E/dtheta2 at it [eV/rad^2].
struct AngleTerm {
  double angle;
  double stiffness;
};

/// Constant of the out-of-plane energy gamma r^2 of a three-coordinated atom, r its distance from the plane of its
/// neighbours: gamma = 0.517 eV/angstrom^2 (Jain 2015, doi:10.1021/acs.jpcc.5b01905; for atoms with other neighbours
/// than carbon: estimate).
inline constexpr double out_of_plane_stiffness = 0.517;

/// Atoms three bonds apart that come closer than the contact distance repel each other by (k/2)(r0 - r)^2. They are
/// that close only in a crumpled network: the nearest are 2.3 angstrom apart across a pentagon, 2.8 across a hexagon
/// (both constants estimate: below every distance at rest, a quarter of the stiffness of a bond).
inline constexpr double contact_distance = 2.2;    // [angstrom]
inline constexpr double contact_stiffness = 10.0;  // [eV/angstrom^2]

/// The bond between two atoms.
/// C-C: d = 1.420 angstrom, 1.5 alpha with alpha = 26.060 eV/angstrom^2 (Jain 2015, doi:10.1021/acs.jpcc.5b01905); with
/// a four-coordinated carbon, and C-H, C-N, C-O, H-N, H-O: AMBER (Cornell 1995, doi:10.1021/ja00124a002). Other pairs:
/// UFF (Rappe 1992, doi:10.1021/ja00051a040, eqs. 2 and 6) without its corrections for bond order and
/// electronegativity. Throws InputError for an element without parameters.
BondTerm bond_term(BondedAtom a, BondedAtom b);

/// The angle a-centre-b. Three-coordinated and bare-edge carbon: 120 degrees, 0.75 beta d^2 with beta = 5.511
/// eV/angstrom^2 (Jain 2015); with hydrogen, four-coordinated atoms and two-coordinated N, O, S: AMBER.
AngleTerm angle_term(Element a, BondedAtom centre, Element b);

}  // namespace cardhouse
