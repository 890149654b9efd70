#pragma once
// What sodium binds with and gives away at a site, from the catalogue.

#include "engine/sodium/ring_hollows.hpp"

namespace cardhouse {

/// The surroundings of one hollow that decide its energy and charge.
struct HollowSurroundings {
  const Hollow& hollow;
  const std::vector<RingFace>& faces;
  bool near_oxygen = false;  ///< oxygen within `oxygen_distance`
};

/// Energy relative to bcc sodium at zero host charge [eV].
///
/// In a gallery the curve against spacing, plus `gallery_shift`, plus the strongest of the motifs of its rings, plus
/// oxygen. The curve is that of short H-terminated layers (doi:10.1002/adma.202109282), so an edge adds nothing else
/// there. The shift is one number for all carbons, so that those with wider galleries bind better.
/// In a slit of face distance d the energy of two faces (TwoFaces), to which the level of the galleries fades:
///   E = E_two(d) + (1 - s) motif_free + s [E_gal(d_end) + shift + motif_gallery + oxygen - E_two(d_end)]
/// s = gallery_share, so that neither end of the curve has a step.
/// On a free face the terrace energy plus the strongest motif (polygon, vacancy, edge, heteroatom: they do not add).
/// Curvature is left to the Hamiltonian.
double hollow_energy(const HollowSurroundings& surroundings, const SiteEnergies& energies);

/// s = exp(-(d - d_end)/l) in a slit, 0 elsewhere: how much of the level of the galleries a site still has.
double gallery_share(const Hollow& hollow, const SiteEnergies& energies);

/// Electrons given to the host over a face, in a gallery or in a slit [e].
double hollow_charge(const HollowSurroundings& surroundings, const SiteEnergies& energies);

/// Electrons given to the host at a distance from the nearest carbon in a pore [e]:
/// q(d) = q0 exp(-(d - d0)/l), q0 below d0.
double pore_charge(double distance, const SiteEnergies& energies);

}  // namespace cardhouse
