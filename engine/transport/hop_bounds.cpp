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
      collective_(lattice_, *hamiltonian_, group_allowance * conditions.margin,
                  wide_margins * group_allowance * conditions.margin),
      sites_(lattice_.size()) {
  EXPECTS(conditions.temperature > 0 && conditions.attempt_frequency > 0);
  EXPECTS(conditions.margin >= 0 && conditions.margin <= 10);
  set_floors(network);
  for (std::size_t site = 0; site < sites_.size(); ++site) sites_[site].energy = lattice_.site_energy(site);
  for (const std::uint32_t site : start.occupied_sites()) occupy(lattice_.place(site));
  metal_.settle([](std::uint32_t, Overtaken) {}, [](std::uint32_t, Overtaken) {});
  collective_.begin();
  for (Site& site : sites_) {
    site.lowest = site.highest = site.energy;
    site.wide_lowest = site.energy - wide_margins * margin_;
    site.wide_highest = site.energy + wide_margins * margin_;
    site.least_blocked = site.blocked;
    site.was_vacant = !site.occupied;
  }
  bounds_.assign(lattice_.links(), 0.0F);
  for (std::size_t site = 0; site < sites_.size(); ++site) metal_.forget(site);
  for (std::size_t site = 0; site < sites_.size(); ++site) overtake(site, all_links);
  renew();
  if (!exact_) set_slow();
}

// From all bounds, worked out as if all hops were quick.
void HopBounds::set_slow() {
  double sum = 0;
  std::size_t links = 0;
  for (std::size_t site = 0; site < sites_.size(); ++site) {
    if (!sites_[site].occupied) continue;
    sum += total(site);
    links += lattice_.barriers(site).size();
  }
  if (sum == 0) return;
  slow_ = std::log(sum / (static_cast<double>(links) * conditions_.attempt_frequency));
  for (std::size_t site = 0; site < sites_.size(); ++site) overtake(site, all_links);
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
  for (const Hamiltonian::Membership& share : lattice_.memberships(site))
    if (share.group >= 0) collective_.add(static_cast<std::size_t>(share.group), sign * share.weight);
}

template <Cover C>
bool HopBounds::is_open(std::uint32_t to, bool exclude) const {
  const Site& target = sites_[to];
  if (C == Cover::Present) return !target.occupied && target.blocked <= exclude;
  return target.was_vacant && target.least_blocked <= exclude;
}

/// Logarithm of an open hop's rate over nu. Asks metal_ to have been prepared for `from`.
template <Cover C>
double HopBounds::exponent(std::size_t from, std::size_t link) {
  const PackedPair pair = lattice_.pairs(from)[link];
  const std::uint32_t to = pair.index();
  const Site& left = sites_[from];
  const Site& right = sites_[to];
  std::int64_t there = right.energy - left.energy;
  if (C == Cover::Remembered) there = right.lowest - left.highest;
  if (C == Cover::Wide) there = right.wide_lowest - left.wide_highest;
  // Sodium that leaves does not repel itself; before it came its repulsion was not in the energy of the target.
  const double change = static_cast<double>(there - pair.value()) * HopLattice::energy_unit + metal_.change<C>(to) +
                        collective_.change<C>(lattice_.memberships(from), lattice_.memberships(to));
  const double floor = floors_.empty() ? 0 : static_cast<double>(floors_[lattice_.first_link(from) + link]);
  return -beta_ * activation_energy(lattice_.barriers(from)[link], change, floor);
}

double HopBounds::total(std::size_t site) const {
  double sum = 0;
  for (const float bound : bounds(site)) sum += static_cast<double>(bound);
  return sum;
}

double HopBounds::rate(std::size_t site, std::size_t link) {
  ++events_;
  ++evaluations_;
  if (!is_open<Cover::Present>(lattice_.pairs(site)[link].index(), lattice_.exclusions(site)[link])) return 0;
  metal_.prepare(site);
  const double logarithm = exponent<Cover::Present>(site, link);
  metal_.done();
  return conditions_.attempt_frequency * std::exp(logarithm);
}

void HopBounds::overtake(std::size_t index, std::uint32_t links) {
  Site& site = sites_[index];
  site.stale |= links;
  if (site.listed || !site.occupied || links == 0) return;
  site.listed = true;
  stale_.push_back(static_cast<std::uint32_t>(index));
}

void HopBounds::overtake(std::size_t index, Overtaken which) {
  overtake(index, which == Overtaken::All ? all_links : sites_[index].quick);
}

void HopBounds::overtake_links_to(std::size_t index, Overtaken which) {
  Site& site = sites_[index];
  if (site.spread >= which) return;
  if (site.spread == Overtaken::None) spread_.push_back(static_cast<std::uint32_t>(index));
  site.spread = which;
  const std::uint32_t links = which == Overtaken::All ? all_links : site.quick_in;
  if (links == 0) return;
  const std::span<const std::uint8_t> returns = lattice_.returns(index);
  const std::span<const PackedPair> pairs = lattice_.pairs(index);
  for (std::size_t k = 0; k < returns.size(); ++k)
    if ((links & bit(k)) != 0) overtake(pairs[k].index(), bit(returns[k]));
}

// A slow hop that stays one is worked out once, and likewise a quick one far from being slow.
double HopBounds::choose_exponent(std::uint32_t from, std::size_t link) {
  Site& site = sites_[from];
  Site& target = sites_[lattice_.pairs(from)[link].index()];
  const std::uint32_t there = bit(link);
  const std::uint32_t back = bit(lattice_.returns(from)[link]);
  const bool was_quick = (site.quick & there) != 0;
  const bool may_be_slow = there != shared_bit && back != shared_bit;
  ++evaluations_;
  double result =
      may_be_slow && !was_quick ? exponent<Cover::Wide>(from, link) : exponent<Cover::Remembered>(from, link);
  bool quick = was_quick || !may_be_slow || result > slow_;
  if (quick && !was_quick && may_be_slow) {
    ++evaluations_;
    result = exponent<Cover::Remembered>(from, link);
  }
  const double gap = beta_ * wide_margins * conditions_.margin;
  if (was_quick && may_be_slow && result < slow_ - gap) {
    ++evaluations_;
    const double wide = exponent<Cover::Wide>(from, link);
    quick = wide > slow_;
    if (!quick) result = wide;
  }
  if (quick) {
    site.quick |= there;
    target.quick_in |= back;
  } else {
    site.quick &= ~there;
    target.quick_in &= ~back;
  }
  return result;
}

/// Lists what has to be worked out for the stale links of one site.
void HopBounds::collect(std::uint32_t from) {
  const std::span<const std::uint8_t> exclusions = lattice_.exclusions(from);
  const std::span<const PackedPair> pairs = lattice_.pairs(from);
  Site& site = sites_[from];
  site.wide_highest = std::min(site.wide_highest, site.energy + 2 * wide_margins * margin_);
  site.highest = std::min(site.highest, site.wide_highest);
  bool prepared = false;
  for (std::size_t k = 0; k < exclusions.size(); ++k) {
    if ((site.stale & bit(k)) == 0) continue;
    const std::size_t place = lattice_.first_link(from) + k;
    bounds_[place] = 0;
    if (!is_open<Cover::Remembered>(pairs[k].index(), exclusions[k])) continue;
    if (!prepared) metal_.prepare(from);
    prepared = true;
    places_.push_back(place);
    exponents_.push_back(choose_exponent(from, k));
  }
  if (prepared) metal_.done();
}

/// Works out the stale bounds of all sodium; those of vacant sites wait for it to come back.
void HopBounds::renew() {
  renewed_.clear();
  places_.clear();
  exponents_.clear();
  for (const std::uint32_t index : stale_) {
    sites_[index].listed = false;
    if (!sites_[index].occupied) continue;
    collect(index);
    renewed_.push_back(index);
    sites_[index].stale = 0;
  }
  for (const std::uint32_t index : spread_) sites_[index].spread = Overtaken::None;
  stale_.clear();
  spread_.clear();
  exponentials(exponents_);
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
  site.lowest = site.highest = site.wide_lowest = site.wide_highest = site.energy;
  site.least_blocked = site.blocked;
  site.was_vacant = !site.occupied;
  overtake(index, Overtaken::All);
  overtake_links_to(index, Overtaken::All);
}

void HopBounds::settle(std::size_t index) {
  Site& site = sites_[index];
  if (exact_) return settle_exactly(index);
  if (site.occupied) {
    if (site.energy <= site.highest) return;
    site.highest = site.energy + margin_;
    if (site.highest <= site.wide_highest) return overtake(index, Overtaken::Remembered);
    site.wide_highest = site.energy + wide_margins * margin_;
    return overtake(index, Overtaken::All);
  }
  if (site.blocked > 1) return;  // closed to all, whatever its energy
  if (site.was_vacant && site.energy >= site.lowest && site.blocked >= site.least_blocked) return;
  Overtaken which = Overtaken::Remembered;
  if (!site.was_vacant || site.blocked < site.least_blocked) which = Overtaken::All;
  if (!site.was_vacant) site.lowest = site.energy;
  if (site.energy < site.lowest) site.lowest = site.energy - margin_;
  if (!site.was_vacant || site.lowest < site.wide_lowest) {
    site.wide_lowest = std::min(site.lowest, site.energy - wide_margins * margin_);
    which = Overtaken::All;
  }
  site.least_blocked = site.was_vacant ? std::min(site.least_blocked, site.blocked) : site.blocked;
  site.was_vacant = true;
  overtake_links_to(index, which);
}

void HopBounds::settle_group(std::size_t group) {
  const Overtaken which = collective_.settle(group);
  if (which == Overtaken::None) return;
  for (const std::uint32_t site : collective_.sites(group)) overtake(site, which);
}

void HopBounds::settle_metal() {
  metal_.settle(
      [this](std::uint32_t site, Overtaken which) {
        overtake(site, which);
        if (sites_[site].was_vacant) overtake_links_to(site, which);
      },
      [this](std::uint32_t site, Overtaken which) { overtake_links_to(site, which); });
}

std::span<const std::uint32_t> HopBounds::move(std::size_t from, std::size_t to) {
  const Filling both[] = {{static_cast<std::uint32_t>(to), true}, {static_cast<std::uint32_t>(from), false}};
  return change(both, {});
}

std::span<const std::uint32_t> HopBounds::change(std::span<const Filling> fillings, std::span<const GroupStep> steps) {
  candidates_.clear();
  arrived_.clear();
  for (const auto& [site, occupied] : fillings) {
    EXPECTS(sites_[site].occupied != occupied);
    sites_[site].occupied = occupied;
  }
  for (const auto& [site, occupied] : fillings) {
    const int sign = occupied ? 1 : -1;
    scatter(site, sign);
    metal_.fill(site, occupied);
    add_to_groups(site, sign);
  }
  for (const auto& [group, step] : steps) collective_.add(group, step);
  for (const std::uint32_t site : candidates_) settle(site);
  settle_metal();
  for (const auto& [site, occupied] : fillings)
    for (const Hamiltonian::Membership& share : lattice_.memberships(site))
      if (share.group >= 0) settle_group(static_cast<std::size_t>(share.group));
  for (const auto& [group, step] : steps) settle_group(group);
  for (const auto& [site, occupied] : fillings) {
    if (!occupied) continue;
    overtake(site, sites_[site].stale);
    if (sites_[site].stale == 0) arrived_.push_back(site);
  }
  renew();
  renewed_.insert(renewed_.end(), arrived_.begin(), arrived_.end());
  return renewed_;
}

void HopBounds::tighten(std::size_t index, std::size_t link) {
  if (tolerates(index, link)) return;
  const std::uint32_t to = lattice_.pairs(index)[link].index();
  const std::size_t place = lattice_.first_link(index) + link;
  const float before = bounds_[place];
  Site& target = sites_[to];
  sites_[index].highest = sites_[index].energy;
  target.lowest = target.energy;
  target.least_blocked = target.blocked;
  target.was_vacant = !target.occupied;
  if (!target.occupied) target.wide_lowest = std::max(target.wide_lowest, target.energy - 2 * wide_margins * margin_);
  overtake(index, bit(link));
  renew();
  if (bounds_[place] < loosened * before || ++wide_metal_ % metal_patience != 0) return;
  metal_.forget(index);
  metal_.forget(to);
  overtake(index, bit(link));
  renew();
}

// Void events are the price of wide bounds. When it is high, because rates have fallen since the beginning, fewer hops
// count as slow from here on; those that do already change when they are renewed.
bool HopBounds::tolerates(std::size_t index, std::size_t link) {
  if (exact_ || (sites_[index].quick & bit(link)) != 0) return false;
  constexpr std::uint64_t some = 100;
  if (++slow_voids_ < some) return true;
  const bool many = 10 * slow_voids_ > events_;
  slow_voids_ = events_ = 0;
  if (!many) return true;
  slow_ -= std::log(10.0);
  return false;
}

std::size_t HopBounds::bytes() const {
  return lattice_.bytes() + metal_.bytes() + collective_.bytes() + sites_.size() * sizeof(Site) +
         (bounds_.size() + floors_.size()) * sizeof(float);
}

}  // namespace cardhouse
