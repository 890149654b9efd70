#include "engine/transport/group_bounds.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {

GroupBounds::GroupBounds(const HopLattice& lattice, const Hamiltonian& hamiltonian, double allowance, double wide)
    : hamiltonian_(&hamiltonian),
      allowance_(allowance),
      wide_(wide),
      groups_(hamiltonian.groups().size()),
      sites_(groups_.size()) {
  for (std::uint32_t site = 0; site < lattice.size(); ++site) {
    const std::size_t links = lattice.barriers(site).size();
    const Hamiltonian::Memberships& own = lattice.memberships(site);
    for (std::size_t slot = 0; slot < own.size(); ++slot)
      for (std::size_t k = 0; k < links; ++k) {
        const Hamiltonian::Membership& other = lattice.memberships(lattice.pairs(site)[k].index())[slot];
        if (own[slot].group == other.group && own[slot].weight == other.weight) continue;
        for (const std::int32_t group : {own[slot].group, other.group})
          if (group >= 0 && (sites_[group].empty() || sites_[group].back() != site)) sites_[group].push_back(site);
      }
  }
  for (std::vector<std::uint32_t>& sites : sites_) {  // once a slot
    std::ranges::sort(sites);
    sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
    sites.shrink_to_fit();
  }
}

void GroupBounds::add(std::size_t index, double step) {
  Group& group = groups_[index];
  group.sum += step;
  group.energy = hamiltonian_->groups()[index].energy(group.sum);
}

void GroupBounds::begin() {
  for (std::size_t index = 0; index < groups_.size(); ++index) {
    Group& group = groups_[index];
    for (Range* range : {&group.remembered, &group.wide}) range->lowest = range->highest = group.sum;
    extend(index, group.remembered, allowance_);
    extend(index, group.wide, wide_);
  }
}

Overtaken GroupBounds::settle(std::size_t index) {
  Group& group = groups_[index];
  const bool near = group.remembered.covers(group.sum);
  const bool inside = group.wide.covers(group.sum);
  if (near && inside) return Overtaken::None;
  if (!near) extend(index, group.remembered, allowance_);
  if (inside && allowance_ > 0) return Overtaken::Remembered;
  extend(index, group.wide, wide_);
  return Overtaken::All;
}

void GroupBounds::extend(std::size_t index, Range& range, double allowance) const {
  const double sum = groups_[index].sum;
  const CollectiveGroup& law = hamiltonian_->groups()[index];
  const double heaviest = hamiltonian_->heaviest_weight(index);
  const double wide = 2 * allowance;
  const double reach = law.safe_drift(sum, heaviest, allowance) / 2;
  range.lowest = std::min(range.lowest, std::max(0.0, sum - reach));
  range.highest = std::max(range.highest, sum + reach);
  const double spread = heaviest * std::abs(law.slope(range.highest) - law.slope(range.lowest));
  if (allowance == 0 || range.highest - range.lowest > 2 * (reach + heaviest) || spread > 2 * wide) {
    range.lowest = std::max(0.0, sum - reach);
    range.highest = sum + reach;
  }
  range.gain = std::min(law.slope(range.lowest), law.slope(range.highest));
  range.loss = std::max(law.slope(range.lowest), law.slope(range.highest));
  if (heaviest == 0) return;
  for (const double end : {range.lowest, range.highest}) {
    range.gain = std::min(range.gain, law.change(end, heaviest) / heaviest);
    range.loss = std::max(range.loss, -law.change(std::max(end, heaviest), -heaviest) / heaviest);
  }
  if (range.lowest < heaviest) range.loss = std::max(range.loss, law.slope(0.0));
  range.steep = (range.loss - range.gain) * heaviest > wide;
}

template <Cover C>
double GroupBounds::cost(std::int32_t index, double step) const {
  const Group& group = groups_[index];
  const CollectiveGroup& law = hamiltonian_->groups()[index];
  if (C == Cover::Present || allowance_ == 0) return law.energy(group.sum + step) - group.energy;
  const Range& range = C == Cover::Wide ? group.wide : group.remembered;
  if (!range.steep) return step > 0 ? range.gain * step : range.loss * step;
  // In a small group the slope changes within one step; what the step costs is monotonic in the sum all the same.
  const double least = std::max(0.0, -step);
  return std::min(law.change(std::max(range.lowest, least), step), law.change(std::max(range.highest, least), step));
}

// As in Occupation::move_energy.
template <Cover C>
double GroupBounds::change(const Hamiltonian::Memberships& left, const Hamiltonian::Memberships& right) const {
  double change = 0;
  for (std::size_t slot = 0; slot < left.size(); ++slot) {
    const auto [a, lost] = left[slot];
    const auto [b, won] = right[slot];
    if (a == b) {
      if (a >= 0 && won != lost) change += cost<C>(a, won - lost);
      continue;
    }
    if (a >= 0) change += cost<C>(a, -lost);
    if (b >= 0) change += cost<C>(b, won);
  }
  return change;
}

std::size_t GroupBounds::bytes() const {
  std::size_t sum = groups_.size() * sizeof(Group);
  for (const std::vector<std::uint32_t>& sites : sites_) sum += sites.size() * sizeof(std::uint32_t);
  return sum;
}

template double GroupBounds::change<Cover::Present>(const Hamiltonian::Memberships&,
                                                    const Hamiltonian::Memberships&) const;
template double GroupBounds::change<Cover::Remembered>(const Hamiltonian::Memberships&,
                                                       const Hamiltonian::Memberships&) const;
template double GroupBounds::change<Cover::Wide>(const Hamiltonian::Memberships&,
                                                 const Hamiltonian::Memberships&) const;

}  // namespace cardhouse
