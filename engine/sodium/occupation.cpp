#include "engine/sodium/occupation.hpp"

#include <limits>

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

Occupation::Occupation(const Hamiltonian& hamiltonian)
    : hamiltonian_(&hamiltonian),
      occupied_(hamiltonian.size(), 0),
      sites_(hamiltonian.size()),
      field_(hamiltonian.size(), 0.0),
      overlaps_(hamiltonian.size(), 0.0),
      coordination_(hamiltonian.size(), 0.0),
      sums_(hamiltonian.groups().size(), 0.0) {
  for (std::size_t i = 0; i < size(); ++i) coordination_[i] = hamiltonian.self_coordination(i);
}

double Occupation::insertion_energy(std::size_t site) const {
  EXPECTS(!is_occupied(site));
  if (is_blocked(site)) return infinity;
  return hamiltonian_->site_energy(site) + field_[site] + metal_insertion(site) + groups_change(site, 1);
}

double Occupation::removal_energy(std::size_t site) const {
  EXPECTS(is_occupied(site));
  return -hamiltonian_->site_energy(site) - field_[site] + metal_removal(site) + groups_change(site, -1);
}

double Occupation::move_energy(std::size_t from, std::size_t to, const Coupling& coupling) const {
  EXPECTS(is_occupied(from) && !is_occupied(to));
  if (overlaps_[to] > coupling.core) return infinity;
  return hamiltonian_->site_energy(to) - hamiltonian_->site_energy(from) + field_[to] - coupling.repulsion -
         field_[from] + metal_move(from, to) + groups_move(from, to);
}

// The site's own bond and what its neighbours in pores gain from it.
double Occupation::metal_insertion(std::size_t site) const {
  const Hamiltonian& h = *hamiltonian_;
  double change = h.metal_energy(site, coordination_[site]);
  if (coordination_[site] == 0) return change;
  for (const PairTable::Entry& bond : h.bonds().of(site))
    if (occupied_[bond.site] && h.is_metallic(bond.site)) {
      const double z = coordination_[bond.site];
      change += h.metal_energy(bond.site, z + bond.value) - h.metal_energy(bond.site, z);
    }
  return change;
}

double Occupation::metal_removal(std::size_t site) const {
  const Hamiltonian& h = *hamiltonian_;
  double change = -h.metal_energy(site, coordination_[site]);
  if (coordination_[site] == 0) return change;
  for (const PairTable::Entry& bond : h.bonds().of(site))
    if (occupied_[bond.site] && h.is_metallic(bond.site)) {
      const double z = coordination_[bond.site];
      change += h.metal_energy(bond.site, z - bond.value) - h.metal_energy(bond.site, z);
    }
  return change;
}

// One pass over the merged neighbours of both sites, each in ascending order: a common neighbour changes once, by the
// difference of the two weights.
double Occupation::metal_move(std::size_t from, std::size_t to) const {
  const Hamiltonian& h = *hamiltonian_;
  const auto losing = h.bonds().of(from);
  const auto gaining = h.bonds().of(to);
  double change = 0;
  double direct = 0;  // bond between the two sites themselves
  auto a = losing.begin();
  auto b = gaining.begin();
  while (a != losing.end() || b != gaining.end()) {
    const bool lose = a != losing.end() && (b == gaining.end() || a->site <= b->site);
    const bool gain = b != gaining.end() && (a == losing.end() || b->site <= a->site);
    const std::uint32_t site = lose ? a->site : b->site;
    const double step = (gain ? b->value : 0) - (lose ? a->value : 0);
    if (site == from)
      direct = b->value;
    else if (occupied_[site] && h.is_metallic(site))
      change += h.metal_energy(site, coordination_[site] + step) - h.metal_energy(site, coordination_[site]);
    a += lose;
    b += gain;
  }
  return change + h.metal_energy(to, coordination_[to] - direct) - h.metal_energy(from, coordination_[from]);
}

double Occupation::groups_change(std::size_t site, double sign) const {
  double change = 0;
  for (const Hamiltonian::Membership& share : hamiltonian_->memberships(site))
    if (share.group >= 0) change += hamiltonian_->groups()[share.group].change(sums_[share.group], sign * share.weight);
  return change;
}

double Occupation::groups_move(std::size_t from, std::size_t to) const {
  const Hamiltonian::Memberships& left = hamiltonian_->memberships(from);
  const Hamiltonian::Memberships& right = hamiltonian_->memberships(to);
  double change = 0;
  for (int slot = 0; slot < Hamiltonian::groups_of_a_site; ++slot) {
    const auto [a, lost] = left[slot];
    const auto [b, won] = right[slot];
    if (a == b) {
      if (a >= 0 && won != lost) change += hamiltonian_->groups()[a].change(sums_[a], won - lost);
      continue;
    }
    if (a >= 0) change += hamiltonian_->groups()[a].change(sums_[a], -lost);
    if (b >= 0) change += hamiltonian_->groups()[b].change(sums_[b], won);
  }
  return change;
}

void Occupation::update_sums(std::size_t site, double sign) {
  const Hamiltonian& h = *hamiltonian_;
  for (const PairTable::Entry& pair : h.repulsion().of(site)) field_[pair.site] += sign * pair.value;
  for (const PairTable::Entry& core : h.cores().of(site)) overlaps_[core.site] += sign * core.value;
  for (const PairTable::Entry& bond : h.bonds().of(site)) coordination_[bond.site] += sign * bond.value;
  for (const Hamiltonian::Membership& share : h.memberships(site))
    if (share.group >= 0) sums_[share.group] += sign * share.weight;
}

void Occupation::insert(std::size_t site) {
  EXPECTS(!is_occupied(site) && !is_blocked(site));
  occupied_[site] = 1;
  sites_.insert(site);
  ++by_class_[static_cast<std::size_t>(hamiltonian_->kind(site))];
  update_sums(site, 1);
}

void Occupation::remove(std::size_t site) {
  EXPECTS(is_occupied(site));
  occupied_[site] = 0;
  sites_.remove(site);
  --by_class_[static_cast<std::size_t>(hamiltonian_->kind(site))];
  update_sums(site, -1);
}

void Occupation::move(std::size_t from, std::size_t to) {
  remove(from);
  insert(to);
}

double Occupation::energy() const {
  const Hamiltonian& h = *hamiltonian_;
  double total = 0;
  for (const std::uint32_t site : occupied_sites())
    total += h.site_energy(site) + field_[site] / 2 + h.metal_energy(site, coordination_[site]);
  for (std::size_t g = 0; g < sums_.size(); ++g) total += h.groups()[g].energy(sums_[g]);
  return total;
}

double Occupation::opening(std::size_t patch) const {
  const std::size_t group = hamiltonian_->domain_count() + patch;
  return hamiltonian_->groups()[group].opening(sums_[group]);
}

}  // namespace cardhouse
