#include "engine/sodium/site_network.hpp"

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/units.hpp"
#include "engine/sodium/link_crossing.hpp"

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

CellOffset cells_crossed(const SiteNetwork& network, const SiteLink& link) {
  const Vector3 inside = network.sites[link.second].position - network.sites[link.first].position;
  const Vector3 crossed = network.cell.to_fractional(link.displacement - inside);
  CellOffset cells;
  for (int axis = 0; axis < 3; ++axis)
    cells[static_cast<std::size_t>(axis)] = static_cast<int>(std::lround(crossed[axis]));
  return cells;
}

double capacity(const SiteNetwork& network, double sodium) {
  EXPECTS(network.host_mass > 0);
  return in_unit(sodium / (network.host_mass * constants::dalton), "mAh/g");
}

}  // namespace cardhouse
