// What domains tell each other: who has to hear of a sector, how it is written down, and how it is taken in.
#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/transport/domain_hops.hpp"

namespace cardhouse {
namespace {

bool same_way(const Vector3& a, const Vector3& b) {
  return a.x == b.x && a.y == b.y && a.z == b.z;
}

}  // namespace

DomainHops::Channel& DomainHops::Channels::with(std::uint32_t domain) {
  const auto at = std::ranges::lower_bound(domains, domain);
  const auto k = at - domains.begin();
  if (at == domains.end() || *at != domain) {
    domains.insert(at, domain);
    channels.insert(channels.begin() + k, Channel{});
  }
  return channels[static_cast<std::size_t>(k)];
}

void DomainHops::open_channels(const NetworkDivision& division) {
  const std::vector<std::uint32_t> neighbours = division.neighbours(domain_);
  for (std::uint32_t local = 0; local < share_.sites.size(); ++local) {
    const std::uint32_t site = share_.sites[local];
    const std::uint32_t place = bounds_->lattice().place(local);
    const std::vector<NetworkDivision::Place> workers = division.workers_at(site);
    const auto follows = [&](std::uint32_t domain) {
      return division.domain_of(site) == domain ||
             std::ranges::any_of(workers, [&](const auto& worker) { return worker.domain == domain; });
    };
    for (const auto& [domain, sector] : workers) {
      if (domain != domain_) {
        incoming_[sector].with(domain).add(place, follows(domain_));
        continue;
      }
      for (const std::uint32_t other : neighbours) {
        if (!division.holds(other, site)) continue;
        outgoing_[sector].with(other).add(place, follows(other));
        told_[place] = 1;
      }
    }
  }
  for (Channels& channels : outgoing_)
    for (Channel& channel : channels.channels) {
      for (std::uint32_t k = 0; k < channel.sites.size(); ++k) channel.places.emplace_back(channel.sites[k], k);
      std::ranges::sort(channel.places);
    }
}

void DomainHops::open_group_channels(const NetworkDivision& division) {
  for (std::uint32_t group = 0; group < share_.groups.size(); ++group) {
    const auto workers = division.workers_in_group(share_.groups[group]);
    const bool works = std::ranges::any_of(workers, [&](const auto& worker) { return worker.domain == domain_; });
    if (!works) continue;
    for (const auto& [domain, sector] : workers) {
      if (domain != domain_) {
        std::vector<std::uint32_t>& heard = incoming_[sector].with(domain).groups;
        heard.push_back(group);
        continue;
      }
      for (std::size_t k = 0; k < workers.size(); ++k) {
        const std::uint32_t other = workers[k].domain;
        if (other == domain_ || (k > 0 && workers[k - 1].domain == other)) continue;
        outgoing_[sector].with(other).groups.push_back(group);
      }
    }
  }
}

std::vector<double> DomainHops::news(int sector, std::size_t k) {
  const Channel& channel = outgoing_[static_cast<std::size_t>(sector)].channels[k];
  std::vector<double> values{0};
  for (const auto& [site, before] : before_) {
    const auto at = std::ranges::lower_bound(channel.places, std::pair<std::uint32_t, std::uint32_t>{site, 0});
    if (at == channel.places.end() || at->first != site) continue;
    const Sodium& now = sodium_[site];
    const bool occupied = now.number != none;
    const bool follow = channel.follows[at->second] != 0;
    const bool same =
        follow ? now.number == before.number && same_way(now.way, before.way) : occupied == (before.number != none);
    if (same) continue;
    ++values[0];
    values.push_back(2.0 * at->second + occupied);
    if (!follow || !occupied) continue;
    for (const double value : {numbers_of(now), now.way.x, now.way.y, now.way.z}) values.push_back(value);
  }
  for (std::size_t j = 0; j < channel.groups.size(); ++j) {
    const double step = group_steps_[channel.groups[j]];
    if (step == 0) continue;
    values.push_back(static_cast<double>(j));
    values.push_back(step);
  }
  if (values.size() == 1) values.clear();
  return values;
}

// 32 bits of number, 16 of hops and 4 of class: a whole number below 2^53.
double DomainHops::numbers_of(const Sodium& sodium) const {
  const std::uint64_t hops = std::min(sodium.hops, most_hops);
  const auto entered = static_cast<std::uint64_t>(census_.entered_from(sodium.number));
  return static_cast<double>(entered << 48 | hops << 32 | sodium.number);
}

DomainHops::Sodium DomainHops::sodium_from(std::span<const double> told, std::uint32_t turn) {
  const auto numbers = static_cast<std::uint64_t>(told[0]);
  const auto number = static_cast<std::uint32_t>(numbers);
  const auto hops = static_cast<std::uint32_t>(numbers >> 32 & most_hops);
  census_.continue_with(number, static_cast<SiteClass>(numbers >> 48));
  return {number, turn, hops, hops, {told[1], told[2], told[3]}};
}

void DomainHops::forget_news() {
  for (const Before& before : before_) noted_[before.site] = 0;
  before_.clear();
  std::ranges::fill(group_steps_, 0.0);
}

void DomainHops::hear(int sector, std::uint32_t turn, std::span<const std::span<const double>> news) {
  const Channels& channels = incoming_[static_cast<std::size_t>(sector)];
  EXPECTS(news.size() == channels.domains.size());
  std::vector<HopBounds::Filling> fillings;
  std::vector<HopBounds::GroupStep> steps;
  std::vector<double> filled(group_sums_.size(), 0.0);
  for (std::size_t k = 0; k < news.size(); ++k) {
    if (news[k].empty()) continue;
    const std::size_t known = fillings.size();
    const std::size_t end = hear_sites(channels.channels[k], turn, news[k], fillings);
    const auto heard = std::span(fillings).subspan(known);
    for (const auto& [site, occupied] : heard) step_groups(site, occupied ? 1 : -1, filled);
    hear_groups(channels.channels[k], news[k].subspan(end), filled, steps);
    std::ranges::fill(filled, 0.0);
  }
  if (fillings.empty() && steps.empty()) return;
  list_rates(bounds_->change(fillings, steps));
  for (const auto& [site, occupied] : fillings)
    if (!occupied) list_rates({&site, 1});
  set_listed_rates();
}

/// Returns how many values it has read.
std::size_t DomainHops::hear_sites(const Channel& channel, std::uint32_t turn, std::span<const double> news,
                                   std::vector<HopBounds::Filling>& fillings) {
  const double* value = news.data();
  for (auto left = static_cast<std::size_t>(*value++); left > 0; --left) {
    const auto code = static_cast<std::uint32_t>(*value++);
    const std::uint32_t site = channel.sites[code / 2];
    const bool occupied = code % 2 == 1;
    if (occupied != bounds_->is_occupied(site)) fillings.push_back({site, occupied});
    sodium_[site] = {};
    if (occupied) sodium_[site].number = someone;
    if (!occupied || !channel.follows[code / 2]) continue;
    sodium_[site] = sodium_from({value, 4}, turn);
    value += 4;
  }
  return static_cast<std::size_t>(value - news.data());
}

// The speaker's steps are those of the whole group, and count the sites that its news has filled here already.
void DomainHops::hear_groups(const Channel& channel, std::span<const double> pairs, std::span<const double> filled,
                             std::vector<HopBounds::GroupStep>& steps) {
  for (std::size_t j = 0, k = 0; j < channel.groups.size(); ++j) {
    const std::uint32_t group = channel.groups[j];
    const bool told = k < pairs.size() && static_cast<std::size_t>(pairs[k]) == j;
    const double total = told ? pairs[k + 1] : 0;
    k += told ? 2 : 0;
    const double before = group_sums_[group] - filled[group];
    if (total != filled[group]) steps.push_back({group, total - filled[group]});
    group_sums_[group] = before + total;
    if (!told) continue;
    const CollectiveGroup& law = hamiltonian_->groups()[group];
    const double error = hamiltonian_->heaviest_weight(group) * (law.slope(before + total) - law.slope(before));
    counts_.squared_errors += error / thermal_ * (error / thermal_);
  }
  counts_.looks += channel.groups.size();
}

}  // namespace cardhouse
