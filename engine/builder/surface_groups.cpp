#include "engine/builder/surface_groups.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {
namespace {

constexpr double hydroxyl_share = 0.3;
constexpr double ether_share = 0.3;
constexpr double pyridinic_share = 0.5;

std::size_t rounded(double number) {
  return static_cast<std::size_t>(std::llround(number));
}

}  // namespace

SurfaceGroups share_out(const Inventory& inventory, std::size_t sites) {
  const auto oxygens = [&](std::size_t carbons) {
    return rounded(inventory.oxygen_per_carbon * static_cast<double>(carbons));
  };
  const auto nitrogens = [&](std::size_t carbons) {
    return rounded(inventory.nitrogen_per_carbon * static_cast<double>(carbons));
  };
  const auto ethers = [&](std::size_t carbons) { return rounded(ether_share * static_cast<double>(oxygens(carbons))); };

  SurfaceGroups groups;
  groups.carbons = sites;
  while (sites - groups.carbons < ethers(groups.carbons) + nitrogens(groups.carbons)) --groups.carbons;
  const std::size_t oxygen = oxygens(groups.carbons), replaced = sites - groups.carbons;
  groups.ether = std::min(oxygen, replaced - std::min(replaced, nitrogens(groups.carbons)));
  const std::size_t nitrogen = replaced - groups.ether;
  groups.pyridinic = rounded(pyridinic_share * static_cast<double>(nitrogen));
  groups.graphitic = nitrogen - groups.pyridinic;
  const std::size_t hydrogen = rounded(inventory.hydrogen_per_carbon * static_cast<double>(groups.carbons));
  groups.hydroxyl = std::min({rounded(hydroxyl_share * static_cast<double>(oxygen)), hydrogen, oxygen - groups.ether});
  groups.carbonyl = oxygen - groups.ether - groups.hydroxyl;
  groups.hydrogen = hydrogen - groups.hydroxyl;
  return groups;
}

}  // namespace cardhouse
