#include "engine/transport/hop_bounds.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/batch_math.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {

double activation_energy(double barrier, double change, double floor) {
  return std::max({barrier + 0.5 * change, change, 0.0, floor + std::min(change, 0.0)});
}

double floor_of(const HopConditions& conditions, double cap) {
  EXPECTS(cap > 0);
  if (cap >= conditions.attempt_frequency) return 0;
  return constants::boltzmann * conditions.temperature * std::log(conditions.attempt_frequency / cap);
}

HopBounds::HopBounds(const SiteNetwork& network, const Occupation& start, const HopConditions& conditions)
    : hamiltonian_(&start.hamiltonian()),
      lattice_(network, *hamiltonian_),
      conditions_(conditions),
      beta_(1 / (constants::boltzmann * conditions.temperature)),
      margin_(std::llround(conditions.margin / HopLattice::energy_unit)),
      exact_(conditions.margin == 0),
      metal_(lattice_, *hamiltonian_, exact_),
      sites_(lattice_.size()),
      groups_(hamiltonian_->groups().size()) {
  EXPECTS(conditions.temperature > 0 && conditions.attempt_frequency > 0);
  EXPECTS(conditions.margin >= 0 && conditions.margin <= 10);
  set_floors(network);
  for (std::size_t site = 0; site < sites_.size(); ++site) sites_[site].energy = lattice_.site_energy(site);
  for (const std::uint32_t site : start.occupied_sites()) occupy(lattice_.place(site));
  metal_.settle([](std::uint32_t) {}, [](std::uint32_t) {});
  list_touching();
  for (std::size_t group = 0; group < groups_.size(); ++group) {
    groups_[group].lowest = groups_[group].highest = groups_[group].sum;
    set_range(group);
  }
  for (Site& site : sites_) {
    site.lowest = site.highest = site.energy;
    site.least_blocked = site.blocked;
    site.was_vacant = !site.occupied;
  }
  bounds_.assign(lattice_.links(), 0.0F);
  for (std::size_t site = 0; site < sites_.size(); ++site) {
    metal_.forget(site);
    if (sites_[site].occupied) overtake(site, all_links);
  }
  renew();
}

void HopBounds::set_floors(const SiteNetwork& network) {
  if (conditions_.caps.empty()) return;
  EXPECTS(conditions_.caps.size() == network.links.size());
  floors_.assign(lattice_.links(), 0.0F);
  const auto set = [&](std::uint32_t from, std::uint32_t to, double floor) {
    const std::span<const PackedPair> pairs = lattice_.pairs(from);
    std::size_t link = 0;
    while (pairs[link].index() != to) ++link;
    floors_[lattice_.first_link(from) + link] = static_cast<float>(floor);
  };
  for (std::size_t k = 0; k < network.links.size(); ++k) {
    const std::uint32_t first = lattice_.place(network.links[k].first);
    const std::uint32_t second = lattice_.place(network.links[k].second);
    const double floor = floor_of(conditions_, conditions_.caps[k]);
    set(first, second, floor);
    set(second, first, floor);
  }
  conditions_.caps = {};
}

void HopBounds::occupy(std::size_t site) {
  sites_[site].occupied = true;
  for (const PackedPair& pair : lattice_.pairs(site)) sites_[pair.index()].energy += pair.value();
  for (const std::uint32_t core : lattice_.cores(site)) ++sites_[core].blocked;
  add_to_groups(site, 1);
  metal_.fill(site, true);
}

void HopBounds::add_to_groups(std::size_t site, double sign) {
  for (const Hamiltonian::Membership& share : lattice_.memberships(site)) {
    if (share.group < 0) continue;
    Group& group = groups_[share.group];
    group.sum += sign * share.weight;
    group.energy = hamiltonian_->groups()[share.group].energy(group.sum);
  }
}

void HopBounds::list_touching() {
  touching_.resize(groups_.size());
  for (std::uint32_t site = 0; site < sites_.size(); ++site) {
    const std::size_t links = lattice_.barriers(site).size();
    const Hamiltonian::Memberships& own = lattice_.memberships(site);
    for (std::size_t slot = 0; slot < own.size(); ++slot)
      for (std::size_t k = 0; k < links; ++k) {
        const Hamiltonian::Membership& other = lattice_.memberships(lattice_.pairs(site)[k].index())[slot];
        if (own[slot].group == other.group && own[slot].weight == other.weight) continue;
        for (const std::int32_t group : {own[slot].group, other.group})
          if (group >= 0 && (touching_[group].empty() || touching_[group].back() != site))
            touching_[group].push_back(site);
      }
  }
  for (std::vector<std::uint32_t>& sites : touching_) {  // once a slot
    std::ranges::sort(sites);
    sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
    sites.shrink_to_fit();
  }
}

// A range takes in the sums that sodium going back and forth brings about, and starts afresh when it has become wide,
// at once in a small group, in which a single sodium changes the slope by more than the bounds can bear. The cost of a
// step, per unit of the sum, is the mean slope of F over it. F' is monotonic (CollectiveGroup): so is this mean in the
// sum and in the size of the step, and its extremes are at the ends of both.
void HopBounds::set_range(std::size_t index) {
  Group& group = groups_[index];
  const CollectiveGroup& law = hamiltonian_->groups()[index];
  const double heaviest = hamiltonian_->heaviest_weight(index);
  const double wide = 2 * group_allowance * conditions_.margin;
  const double reach = law.safe_drift(group.sum, heaviest, group_allowance * conditions_.margin) / 2;
  group.lowest = std::min(group.lowest, std::max(0.0, group.sum - reach));
  group.highest = std::max(group.highest, group.sum + reach);
  const double spread = heaviest * std::abs(law.slope(group.highest) - law.slope(group.lowest));
  if (exact_ || group.highest - group.lowest > 2 * (reach + heaviest) || spread > 2 * wide) {
    group.lowest = std::max(0.0, group.sum - reach);
    group.highest = group.sum + reach;
  }
  group.gain = std::min(law.slope(group.lowest), law.slope(group.highest));
  group.loss = std::max(law.slope(group.lowest), law.slope(group.highest));
  if (heaviest == 0) return;
  for (const double sum : {group.lowest, group.highest}) {
    group.gain = std::min(group.gain, law.change(sum, heaviest) / heaviest);
    group.loss = std::max(group.loss, -law.change(std::max(sum, heaviest), -heaviest) / heaviest);
  }
  if (group.lowest < heaviest) group.loss = std::max(group.loss, law.slope(0.0));
  group.steep = (group.loss - group.gain) * heaviest > wide;
}

template <bool Least>
double HopBounds::group_step(std::int32_t index, double step) const {
  const Group& group = groups_[index];
  const CollectiveGroup& law = hamiltonian_->groups()[index];
  if (!Least || exact_) return law.energy(group.sum + step) - group.energy;
  if (!group.steep) return step > 0 ? group.gain * step : group.loss * step;
  // In a small group the slope changes within one step; what the step costs is monotonic in the sum all the same.
  const double least = std::max(0.0, -step);
  return std::min(law.change(std::max(group.lowest, least), step), law.change(std::max(group.highest, least), step));
}

// As in Occupation::move_energy.
template <bool Least>
double HopBounds::group_change(std::size_t from, std::size_t to) const {
  const Hamiltonian::Memberships& left = lattice_.memberships(from);
  const Hamiltonian::Memberships& right = lattice_.memberships(to);
  double change = 0;
  for (std::size_t slot = 0; slot < left.size(); ++slot) {
    const auto [a, lost] = left[slot];
    const auto [b, won] = right[slot];
    if (a == b) {
      if (a >= 0 && won != lost) change += group_step<Least>(a, won - lost);
      continue;
    }
    if (a >= 0) change += group_step<Least>(a, -lost);
    if (b >= 0) change += group_step<Least>(b, won);
  }
  return change;
}

template <bool Least>
bool HopBounds::is_open(std::uint32_t to, bool exclude) const {
  const Site& target = sites_[to];
  return Least ? target.was_vacant && target.least_blocked <= exclude : !target.occupied && target.blocked <= exclude;
}

/// Logarithm of an open hop's rate over nu. Asks metal_ to have been prepared for `from`.
template <bool Least>
double HopBounds::exponent(std::size_t from, std::size_t link) const {
  const PackedPair pair = lattice_.pairs(from)[link];
  const std::uint32_t to = pair.index();
  const std::int64_t here = Least ? sites_[from].highest : sites_[from].energy;
  // Sodium that leaves does not repel itself; before it came its repulsion was not in the energy of the target.
  const std::int64_t there = (Least ? sites_[to].lowest : sites_[to].energy) - pair.value();
  const double change = static_cast<double>(there - here) * HopLattice::energy_unit + metal_.change<Least>(to) +
                        group_change<Least>(from, to);
  const double floor = floors_.empty() ? 0 : static_cast<double>(floors_[lattice_.first_link(from) + link]);
  return -beta_ * activation_energy(lattice_.barriers(from)[link], change, floor);
}

double HopBounds::total(std::size_t site) const {
  double sum = 0;
  for (const float bound : bounds(site)) sum += static_cast<double>(bound);
  return sum;
}

double HopBounds::rate(std::size_t site, std::size_t link) {
  ++evaluations_;
  if (!is_open<false>(lattice_.pairs(site)[link].index(), lattice_.exclusions(site)[link])) return 0;
  metal_.prepare<false>(site);
  const double logarithm = exponent<false>(site, link);
  metal_.done();
  return conditions_.attempt_frequency * std::exp(logarithm);
}

void HopBounds::overtake(std::size_t index, std::uint32_t links) {
  Site& site = sites_[index];
  if (site.stale == 0) stale_.push_back(static_cast<std::uint32_t>(index));
  site.stale |= links;
}

void HopBounds::overtake_links_to(std::size_t site) {
  if (sites_[site].spread) return;
  sites_[site].spread = true;
  spread_.push_back(static_cast<std::uint32_t>(site));
  const std::span<const std::uint8_t> returns = lattice_.returns(site);
  const std::span<const PackedPair> pairs = lattice_.pairs(site);
  for (std::size_t k = 0; k < returns.size(); ++k) overtake(pairs[k].index(), bit(returns[k]));
}

/// Lists what has to be worked out for the stale links of one site.
void HopBounds::collect(std::uint32_t from) {
  const std::span<const std::uint8_t> exclusions = lattice_.exclusions(from);
  const std::span<const PackedPair> pairs = lattice_.pairs(from);
  const std::uint32_t stale = sites_[from].known ? sites_[from].stale : all_links;
  bool prepared = false;
  for (std::size_t k = 0; k < exclusions.size(); ++k) {
    if ((stale & bit(k)) == 0) continue;
    const std::size_t place = lattice_.first_link(from) + k;
    bounds_[place] = 0;
    if (!is_open<true>(pairs[k].index(), exclusions[k])) continue;
    if (!prepared) metal_.prepare<true>(from);
    prepared = true;
    places_.push_back(place);
    exponents_.push_back(exponent<true>(from, k));
  }
  if (prepared) metal_.done();
}

/// Works out the stale bounds of all sodium, and leaves those of vacant sites unknown.
void HopBounds::renew() {
  renewed_.clear();
  places_.clear();
  exponents_.clear();
  for (const std::uint32_t index : stale_) {
    Site& site = sites_[index];
    if (site.occupied) {
      collect(index);
      renewed_.push_back(index);
    }
    site.known = site.occupied;
    site.stale = 0;
  }
  for (const std::uint32_t index : spread_) sites_[index].spread = false;
  stale_.clear();
  spread_.clear();
  exponentials(exponents_);
  evaluations_ += exponents_.size();
  constexpr double rounded_up = 1 + 0x1p-23;
  for (std::size_t k = 0; k < places_.size(); ++k)
    bounds_[places_[k]] = static_cast<float>(rounded_up * conditions_.attempt_frequency * exponents_[k]);
}

// Sites that end within what they remember are found out by settle(): the two ends of a hop partly cancel.
void HopBounds::scatter(std::size_t site, int sign) {
  std::size_t found = candidates_.size();
  const std::span<const PackedPair> pairs = lattice_.pairs(site);
  candidates_.resize(found + pairs.size());
  for (const PackedPair& pair : pairs) {
    Site& near = sites_[pair.index()];
    near.energy += sign * pair.value();
    candidates_[found] = pair.index();
    found += exact_ || (near.occupied ? near.energy > near.highest : near.energy < near.lowest);
  }
  candidates_.resize(found);
  for (const std::uint32_t core : lattice_.cores(site)) {
    sites_[core].blocked = static_cast<std::uint8_t>(sites_[core].blocked + sign);
    candidates_.push_back(core);
  }
  candidates_.push_back(static_cast<std::uint32_t>(site));
}

void HopBounds::settle_exactly(std::size_t index) {
  Site& site = sites_[index];
  if (site.energy == site.lowest && site.energy == site.highest && site.blocked == site.least_blocked &&
      site.was_vacant != site.occupied)
    return;
  site.lowest = site.highest = site.energy;
  site.least_blocked = site.blocked;
  site.was_vacant = !site.occupied;
  overtake(index, all_links);
  overtake_links_to(index);
}

void HopBounds::settle(std::size_t index) {
  Site& site = sites_[index];
  if (exact_) return settle_exactly(index);
  if (site.occupied) {
    if (site.energy <= site.highest) return;
    site.highest = site.energy + margin_;
    return overtake(index, all_links);
  }
  if (site.blocked > 1) return;  // closed to all, whatever its energy
  if (site.was_vacant && site.energy >= site.lowest && site.blocked >= site.least_blocked) return;
  if (!site.was_vacant) site.lowest = site.energy;
  if (site.energy < site.lowest) site.lowest = site.energy - margin_;
  site.least_blocked = site.was_vacant ? std::min(site.least_blocked, site.blocked) : site.blocked;
  site.was_vacant = true;
  overtake_links_to(index);
}

void HopBounds::settle_groups(std::size_t site) {
  for (const Hamiltonian::Membership& share : lattice_.memberships(site)) {
    if (share.group < 0) continue;
    const Group& group = groups_[share.group];
    if (group.sum >= group.lowest && group.sum <= group.highest) continue;
    set_range(static_cast<std::size_t>(share.group));
    for (const std::uint32_t touching : touching_[share.group]) overtake(touching, all_links);
  }
}

std::span<const std::uint32_t> HopBounds::move(std::size_t from, std::size_t to) {
  EXPECTS(sites_[from].occupied && !sites_[to].occupied);
  candidates_.clear();
  sites_[from].occupied = false;
  sites_[to].occupied = true;
  scatter(to, 1);
  scatter(from, -1);
  for (const std::uint32_t site : candidates_) settle(site);
  metal_.fill(from, false);
  metal_.fill(to, true);
  metal_.settle(
      [this](std::uint32_t site) {
        overtake(site, all_links);
        if (sites_[site].was_vacant) overtake_links_to(site);
      },
      [this](std::uint32_t site) { overtake_links_to(site); });
  add_to_groups(from, -1);
  add_to_groups(to, 1);
  settle_groups(from);
  settle_groups(to);
  const bool overtaken = sites_[to].stale != 0;
  if (!sites_[to].known) overtake(to, all_links);
  renew();
  if (!overtaken && (renewed_.empty() || renewed_.back() != to)) renewed_.push_back(static_cast<std::uint32_t>(to));
  return renewed_;
}

void HopBounds::tighten(std::size_t site, std::size_t link) {
  const std::uint32_t to = lattice_.pairs(site)[link].index();
  Site& target = sites_[to];
  sites_[site].highest = sites_[site].energy;
  target.lowest = target.energy;
  target.least_blocked = target.blocked;
  target.was_vacant = !target.occupied;
  metal_.forget(site);
  metal_.forget(to);
  overtake(site, bit(link));
  renew();
}

std::size_t HopBounds::bytes() const {
  std::size_t sum = lattice_.bytes() + metal_.bytes() + sites_.size() * sizeof(Site) + groups_.size() * sizeof(Group) +
                    (bounds_.size() + floors_.size()) * sizeof(float);
  for (const std::vector<std::uint32_t>& sites : touching_) sum += sites.size() * sizeof(std::uint32_t);
  return sum;
}

}  // namespace cardhouse
