#include "engine/sodium/shifted_network.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/sodium/site_links.hpp"

namespace cardhouse {

SiteNetwork shifted_network(SiteNetwork network, const SiteEnergies& found_with, const GalleryLevel& level) {
  EXPECTS(found_with.charge <= std::min(found_with.charge_vacancy, found_with.charge_heteroatom));
  for (Site& site : network.sites) {
    const double share = in_gallery(site) ? 1 : site.gallery_share;
    site.energy += share * (level.shift - found_with.gallery_shift);
    if (in_pore(site.kind))
      site.charge *= level.charge / found_with.charge;
    else
      site.charge = site.charge == found_with.charge ? level.charge : std::max(site.charge, level.charge);
  }
  return network;
}

}  // namespace cardhouse
