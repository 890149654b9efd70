#include "engine/sodium/site_network.hpp"

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {

std::string_view name(SiteClass kind) {
  switch (kind) {
    case SiteClass::Gallery:
      return "gallery";
    case SiteClass::Terrace:
      return "terrace";
    case SiteClass::Defect:
      return "defect";
    case SiteClass::Edge:
      return "edge";
    case SiteClass::PoreWall:
      return "pore wall";
    case SiteClass::PoreCore:
      return "pore core";
    case SiteClass::Mouth:
      return "mouth";
    case SiteClass::Slit:
      return "slit";
  }
  EXPECTS(false);
  return {};
}

double capacity(const SiteNetwork& network, double sodium) {
  EXPECTS(network.host_mass > 0);
  return in_unit(sodium / (network.host_mass * constants::dalton), "mAh/g");
}

}  // namespace cardhouse
