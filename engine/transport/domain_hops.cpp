#include "engine/transport/domain_hops.hpp"

#include <algorithm>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/kinetics/run_kmc.hpp"

namespace cardhouse {
namespace {

HopConditions conditions_of(const DomainNetwork& share, const HopConditions& whole) {
  HopConditions conditions = whole;
  conditions.caps.clear();
  for (const std::uint32_t link : share.links)
    if (!whole.caps.empty()) conditions.caps.push_back(whole.caps[link]);
  return conditions;
}

}  // namespace

DomainHops::DomainHops(const SiteNetwork& whole, const NetworkDivision& division, std::uint32_t domain,
                       const SodiumParameters& parameters, const HopConditions& conditions,
                       std::span<const std::uint32_t> sodium)
    : domain_(domain),
      share_(division.share(domain)),
      hamiltonian_(std::make_unique<Hamiltonian>(share_.network, parameters)),
      thermal_(constants::boltzmann * conditions.temperature),
      sectors_(static_cast<std::size_t>(division.sectors())),
      outgoing_(sectors_.size()),
      incoming_(sectors_.size()),
      census_(sodium.size() - static_cast<std::size_t>(std::ranges::count(sodium, none))) {
  EXPECTS(sodium.size() == whole.sites.size());
  Occupation start(*hamiltonian_);
  for (std::uint32_t local = 0; local < share_.sites.size(); ++local)
    if (sodium[share_.sites[local]] != none) start.insert(local);
  bounds_ = std::make_unique<HopBounds>(share_.network, start, conditions_of(share_, conditions));
  const std::size_t size = share_.sites.size();
  told_.assign(size, 0);
  noted_.assign(size, 0);
  sodium_.resize(size);
  for (std::size_t g = 0; g < share_.groups.size(); ++g) group_sums_.push_back(start.group_sum(g));
  group_steps_.assign(group_sums_.size(), 0.0);
  for (std::uint32_t local = 0; local < size; ++local) {
    const std::uint32_t place = bounds_->lattice().place(local);
    sodium_[place].number = sodium[share_.sites[local]];
    if (division.domain_of(share_.sites[local]) == domain) own_.push_back(place);
  }
  label_links();
  seat_sites();
  open_channels(division);
  open_group_channels(division);
}

void DomainHops::label_links() {
  const HopLattice& lattice = bounds_->lattice();
  link_sector_.assign(lattice.links(), 0);
  const auto label = [&](std::uint32_t from, std::uint32_t to, std::uint8_t sector) {
    const std::span<const PackedPair> pairs = lattice.pairs(from);
    std::size_t link = 0;
    while (pairs[link].index() != to) ++link;
    link_sector_[lattice.first_link(from) + link] = sector;
  };
  for (std::size_t k = 0; k < share_.links.size(); ++k) {
    const std::uint32_t first = lattice.place(share_.network.links[k].first);
    const std::uint32_t second = lattice.place(share_.network.links[k].second);
    label(first, second, share_.sectors[k]);
    label(second, first, share_.sectors[k]);
  }
}

void DomainHops::seat_sites() {
  const HopLattice& lattice = bounds_->lattice();
  std::vector<std::uint32_t> all;
  for (std::uint32_t site = 0; site < lattice.size(); ++site) {
    unsigned sectors = 0;
    for (std::size_t k = 0; k < lattice.barriers(site).size(); ++k)
      sectors |= 1U << link_sector_[lattice.first_link(site) + k];
    for (std::uint8_t sector = 0; sector < sectors_.size(); ++sector) {
      if ((sectors >> sector & 1U) == 0) continue;
      seats_.push({sector, static_cast<std::uint32_t>(sectors_[sector].sites.size())});
      sectors_[sector].sites.push_back(site);
    }
    seats_.close_row();
    all.push_back(site);
  }
  for (Sector& sector : sectors_)
    if (!sector.sites.empty()) sector.rates = std::make_unique<RateTree>(sector.sites.size());
  list_rates(all);
  set_listed_rates();
}

std::vector<double> DomainHops::own_group_sums() const {
  std::vector<double> sums(group_sums_.size(), 0.0);
  for (const std::uint32_t place : own_) {
    if (!bounds_->is_occupied(place)) continue;
    for (const Hamiltonian::Membership& share : bounds_->lattice().memberships(place))
      if (share.group >= 0) sums[static_cast<std::size_t>(share.group)] += share.weight;
  }
  return sums;
}

void DomainHops::complete_groups(std::span<const double> sums) {
  std::vector<HopBounds::GroupStep> steps;
  for (std::uint32_t group = 0; group < group_sums_.size(); ++group) {
    const double step = sums[share_.groups[group]] - group_sums_[group];
    if (step != 0) steps.push_back({group, step});
    group_sums_[group] += step;
  }
  list_rates(bounds_->change({}, steps));
  set_listed_rates();
}

double DomainHops::total_rate() const {
  double sum = 0;
  for (const Sector& sector : sectors_) sum += sector.rates ? sector.rates->total() : 0;
  return sum;
}

void DomainHops::run(int sector, double duration, std::uint32_t turn, Stream& stream) {
  if (!sectors_[static_cast<std::size_t>(sector)].rates) return;
  Work work{*this, sector, turn};
  KmcClock clock;
  run_kmc(work, clock, {.end_time = duration}, stream);
}

double DomainHops::active_total(std::uint32_t site, int sector) const {
  if (seats_.of(site).size() == 1) return bounds_->total(site);
  const std::size_t first = bounds_->lattice().first_link(site);
  double sum = 0;
  for (std::size_t link = 0; const float bound : bounds_->bounds(site))
    if (link_sector_[first + link++] == sector) sum += static_cast<double>(bound);
  return sum;
}

void DomainHops::fire(const Work& work, Stream& stream) {
  const Sector& sector = sectors_[static_cast<std::size_t>(work.sector)];
  const std::uint32_t from = sector.sites[sector.rates->pick(stream)];
  const std::span<const float> bounds = bounds_->bounds(from);
  const std::size_t first = bounds_->lattice().first_link(from);
  double left = stream.uniform() * active_total(from, work.sector);
  std::size_t link = bounds.size();
  for (std::size_t k = 0; k < bounds.size(); ++k) {
    if (link_sector_[first + k] != work.sector) continue;
    if (link < bounds.size()) left -= static_cast<double>(bounds[link]);
    link = k;
    if (left < static_cast<double>(bounds[k])) break;
  }
  const double rate = bounds_->rate(from, link);
  if (left < rate)
    carry_out(work, from, link);
  else
    reject(from, link, rate);
}

void DomainHops::reject(std::uint32_t from, std::size_t link, double rate) {
  const double bound = static_cast<double>(bounds_->bounds(from)[link]);
  EXPECTS(rate <= bound);
  ++counts_.void_events;
  if (bound <= HopBounds::loosest * rate) return;
  bounds_->tighten(from, link);
  list_rates({&from, 1});
  set_listed_rates();
}

void DomainHops::carry_out(const Work& work, std::uint32_t from, std::size_t link) {
  const HopLattice& lattice = bounds_->lattice();
  const std::uint32_t to = lattice.pairs(from)[link].index();
  const Vector3 way = lattice.displacement(from, link);
  note(from);
  note(to);
  count(work, from, sodium_[from]);
  sodium_[to] = sodium_[from];
  sodium_[from] = {};
  sodium_[to].way += way;
  ++counts_.hops;
  counts_.squared_ways += squared_norm(way);
  census_.count(sodium_[to].number, {lattice.kind(from), lattice.kind(to), lattice.barriers(from)[link]});
  step_groups(from, -1, group_steps_);
  step_groups(to, 1, group_steps_);
  list_rates(bounds_->move(from, to));
  list_rates({&from, 1});
  set_listed_rates();
}

void DomainHops::count(const Work& work, std::uint32_t from, Sodium& sodium) {
  if (sodium.turn != work.turn) sodium.hops = sodium.doubtful = 0;
  sodium.turn = work.turn;
  if (seats_.of(from).size() > 1) sodium.doubtful = sodium.hops;
  counts_.doubtful_pairs += sodium.doubtful;
  ++sodium.hops;
}

void DomainHops::step_groups(std::uint32_t site, double sign, std::vector<double>& steps) {
  for (const Hamiltonian::Membership& share : bounds_->lattice().memberships(site))
    if (share.group >= 0) {
      steps[static_cast<std::size_t>(share.group)] += sign * share.weight;
      group_sums_[static_cast<std::size_t>(share.group)] += sign * share.weight;
    }
}

void DomainHops::note(std::uint32_t site) {
  if (!told_[site] || noted_[site]) return;
  noted_[site] = 1;
  before_.push_back({site, sodium_[site]});
}

void DomainHops::list_rates(std::span<const std::uint32_t> sites) {
  for (const std::uint32_t site : sites)
    for (const auto& [sector, event] : seats_.of(site))
      sectors_[sector].updates.push_back({event, bounds_->is_occupied(site) ? active_total(site, sector) : 0.0});
}

void DomainHops::set_listed_rates() {
  for (Sector& sector : sectors_) {
    if (sector.updates.empty()) continue;
    sector.rates->update(sector.updates);
    sector.updates.clear();
  }
}

void DomainHops::append_sodium(std::vector<double>& values) const {
  for (const std::uint32_t place : own_) {
    const Sodium& sodium = sodium_[place];
    if (sodium.number == none) continue;
    values.push_back(sodium.number);
    values.push_back(share_.sites[bounds_->lattice().original(place)]);
    for (const double x : {sodium.way.x, sodium.way.y, sodium.way.z}) values.push_back(x);
  }
}

}  // namespace cardhouse
