#pragma once

#include "engine/sodium/site_network.hpp"
#include "engine/sodium/site_parameters.hpp"

namespace cardhouse {

/// The two numbers of the catalogue that a fit to the slope of a voltage curve moves.
struct GalleryLevel {
  double shift = 0;   ///< SiteEnergies::gallery_shift [eV]
  double charge = 0;  ///< SiteEnergies::charge [e]
};

/// The network as find_sites would have given it with another level of the galleries, without looking for the sites
/// again: sites between layers move by the difference of the shifts, those in slits by their share of it, and sites
/// that donate the common charge donate the new one. `found_with` are the energies the sites were found with. EXPECTS
/// that its charges of vacancies and heteroatoms are not below the common one, since those sites could not be told
/// otherwise.
SiteNetwork shifted_network(SiteNetwork network, const SiteEnergies& found_with, const GalleryLevel& level);

}  // namespace cardhouse
