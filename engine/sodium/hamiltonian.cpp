#include "engine/sodium/hamiltonian.hpp"

#include <algorithm>
#include <limits>

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

/// Charge of sodium outside pores, which fills host states and repels other charges.
double ionic_charge(const Site& site) {
  return in_pore(site.kind) ? 0 : site.charge;
}

bool shares_host(const Site& site, const HamiltonianTerms& terms) {
  return site.kind == SiteClass::PoreWall && terms.shared_reservoir && terms.host_electrons;
}

double donated_charge(const Site& site, const SodiumParameters& parameters) {
  const bool contact = shares_host(site, parameters.terms);
  return contact ? parameters.shared_reservoir.contact_density * site.covered_area : ionic_charge(site);
}

std::vector<Vector3> positions_of(const SiteNetwork& network) {
  std::vector<Vector3> positions;
  positions.reserve(network.sites.size());
  for (const Site& site : network.sites) positions.push_back(site.position);
  return positions;
}

/// Metal bonds to metal and to sodium on the wall beside it, not through the wall to galleries.
bool can_bond(const Site& a, const Site& b) {
  return (in_pore(a.kind) && b.spacing == 0) || (in_pore(b.kind) && a.spacing == 0);
}

double wetting(const Site& site, const SodiumParameters& parameters) {
  const bool wets = parameters.terms.wetting && site.kind == SiteClass::PoreWall;
  return wets ? parameters.wetting_energy * site.covered_area : 0;
}

// Energy that a lone sodium gains by opening a gallery of the reference spacing.
double reference_opening(const OpeningParameters& parameters) {
  const GalleryPatch footprint{.area = 1, .spacing = parameters.reference_spacing};  // smaller than its least area
  return CollectiveGroup::gallery_opening(footprint, parameters).energy(1);
}

double one_body_energy(const Site& site, const SodiumParameters& parameters) {
  double energy = site.energy + wetting(site, parameters);
  const bool bends = parameters.terms.curvature && site.kind == SiteClass::Terrace;
  if (bends) energy -= parameters.curvature_coupling * site.curvature;
  return energy;
}

}  // namespace

double bond_weight(double distance, const MetalParameters& parameters) {
  return std::clamp((parameters.broken_distance - distance) / (parameters.broken_distance - parameters.bonded_distance),
                    0.0, 1.0);
}

Hamiltonian::Hamiltonian(const SiteNetwork& network, const SodiumParameters& parameters) {
  build_groups(network, parameters);
  build_memberships(network, parameters);
  build_sites(network, parameters);
  build_pairs(network, parameters);
}

void Hamiltonian::build_sites(const SiteNetwork& network, const SodiumParameters& parameters) {
  const double opening = parameters.terms.opening ? reference_opening(parameters.opening) : 0;
  for (const Site& site : network.sites) {
    EXPECTS(site.charge >= 0 && site.charge <= 1);
    kinds_.push_back(site.kind);
    energies_.push_back(one_body_energy(site, parameters) - site.gallery_share * opening);
    const bool metallic = parameters.terms.metal && in_pore(site.kind);
    const double depth = site.kind == SiteClass::PoreWall
                             ? parameters.metal.lone_wall_energy - wetting(site, parameters)
                             : parameters.metal.cohesive_energy;
    depths_.push_back(metallic ? depth : 0);
    if (shares_host(site, parameters.terms)) refer_wall_to_host(kinds_.size() - 1, parameters);
  }
}

void Hamiltonian::refer_wall_to_host(std::size_t site, const SodiumParameters& parameters) {
  const Membership& host = memberships_[site][0];
  if (host.group < 0) return;
  const double at_reference = host.weight * parameters.shared_reservoir.reference_level;
  energies_[site] -= at_reference;
  if (depths_[site] != 0) depths_[site] += at_reference - groups_[host.group].change(0, host.weight);
  EXPECTS(depths_[site] >= 0);
}

void Hamiltonian::build_pairs(const SiteNetwork& network, const SodiumParameters& parameters) {
  const std::vector<Site>& sites = network.sites;
  const std::vector<Vector3> positions = positions_of(network);
  std::vector<double> charges;
  for (const Site& site : sites) charges.push_back(parameters.terms.repulsion ? ionic_charge(site) : 0);
  const double closest = parameters.terms.exclusion ? parameters.exclusion_diameter : 0;
  repulsion_ = SiteRepulsion(network.cell, positions, charges, parameters.repulsion, closest);
  for (std::size_t i = 0; i < size(); ++i) energies_[i] += repulsion_.self_value(i);
  const double short_range = std::max(parameters.metal.broken_distance, parameters.exclusion_diameter);
  const NeighbourList near(network.cell, positions, short_range);
  blocks_ = BlockGrid(network.cell, positions, std::max(short_range, parameters.repulsion.cutoff));
  bonds_ = PairTable(near, [&](std::size_t i, std::size_t j, double r) {
    return can_bond(sites[i], sites[j]) ? bond_weight(r, parameters.metal) : 0.0;
  });
  find_full_coordinations(parameters.metal);
  cores_ = PairTable(near, [&](std::size_t, std::size_t, double r) {
    return parameters.terms.exclusion && r < parameters.exclusion_diameter ? 1.0 : 0.0;
  });
  for (std::size_t i = 0; i < size(); ++i) EXPECTS(cores_.self_value(i) == 0);
  strongest_repulsion_ = repulsion_.largest_value();
  strongest_core_ = cores_.largest_value();
}

void Hamiltonian::find_full_coordinations(const MetalParameters& parameters) {
  for (std::size_t i = 0; i < size(); ++i) {
    double z = self_coordination(i);
    for (const PairTable::Entry& bond : bonds_.of(i)) z += in_pore(kinds_[bond.site]) ? bond.value : 0;
    const bool metallic = depths_[i] != 0;
    full_coordinations_.push_back(metallic ? std::clamp(z, parameters.least_coordination, parameters.bulk_coordination)
                                           : 0);
  }
}

void Hamiltonian::build_groups(const SiteNetwork& network, const SodiumParameters& parameters) {
  domain_count_ = network.domains.size();
  for (const CarbonDomain& domain : network.domains)
    groups_.push_back(parameters.terms.host_electrons
                          ? CollectiveGroup::host_electrons(domain, parameters.host_electrons)
                          : CollectiveGroup::silent());
  const double alone = reference_opening(parameters.opening);
  for (const GalleryPatch& patch : network.patches)
    groups_.push_back(parameters.terms.opening ? CollectiveGroup::gallery_opening(patch, parameters.opening, alone)
                                               : CollectiveGroup::silent());
}

void Hamiltonian::build_memberships(const SiteNetwork& network, const SodiumParameters& parameters) {
  heaviest_.assign(groups_.size(), 0.0);
  for (const Site& site : network.sites) {
    EXPECTS(site.domain < static_cast<std::int32_t>(network.domains.size()));
    EXPECTS(site.patch < static_cast<std::int32_t>(network.patches.size()));
    Memberships shares;
    const double charge = donated_charge(site, parameters);
    const auto weight = static_cast<float>(rounded_for_exact_sums(charge));  // the precision in which they are kept
    if (site.domain >= 0 && charge > 0) shares[0] = {site.domain, weight};
    if (site.patch >= 0) shares[1] = {static_cast<std::int32_t>(domain_count_) + site.patch, 1.0F};
    for (const Membership& share : shares)
      if (share.group >= 0) heaviest_[share.group] = std::max<double>(heaviest_[share.group], share.weight);
    memberships_.push_back(shares);
  }
}

double Hamiltonian::energy(std::span<const std::uint8_t> occupied) const {
  EXPECTS(occupied.size() == size());
  double total = 0;
  std::vector<double> sums(groups_.size(), 0.0);
  SiteRepulsion::Partners partners;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!occupied[i]) continue;
    for (const PairTable::Entry& core : cores_.of(i))
      if (occupied[core.site]) return std::numeric_limits<double>::infinity();
    double field = 0;
    repulsion_.find_partners(i, partners);
    for (const PairTable::Entry& pair : partners.all()) field += occupied[pair.site] ? pair.value : 0;
    double z = self_coordination(i);
    for (const PairTable::Entry& bond : bonds_.of(i)) z += occupied[bond.site] ? bond.value : 0;
    total += energies_[i] + field / 2 + metal_energy(i, z);
    for (const Membership& share : memberships_[i])
      if (share.group >= 0) sums[share.group] += share.weight;
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) total += groups_[g].energy(sums[g]);
  return total;
}

}  // namespace cardhouse
