#include "engine/sodium/hop_model.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

/// Groups whose sum a move between two sites changes.
std::vector<std::int32_t> changed_groups(const Hamiltonian& hamiltonian, std::size_t from, std::size_t to) {
  std::vector<std::int32_t> groups;
  for (int slot = 0; slot < Hamiltonian::groups_of_a_site; ++slot) {
    const Hamiltonian::Membership a = hamiltonian.memberships(from)[slot];
    const Hamiltonian::Membership b = hamiltonian.memberships(to)[slot];
    if (a.group == b.group && a.weight == b.weight) continue;
    if (a.group >= 0) groups.push_back(a.group);
    if (b.group >= 0 && b.group != a.group) groups.push_back(b.group);
  }
  return groups;
}

void sort_unique(std::vector<std::uint32_t>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

void append(const PairTable& table, std::size_t site, std::vector<std::uint32_t>& list) {
  for (const PairTable::Entry& entry : table.of(site)) list.push_back(entry.site);
}

}  // namespace

double activation_energy(double barrier, double change) {
  return std::max({barrier + 0.5 * change, change, 0.0});
}

HopModel::HopModel(const SiteNetwork& network, Occupation start, const HopConditions& conditions)
    : state_(std::move(start)),
      conditions_(conditions),
      beta_(1 / (constants::boltzmann * conditions.temperature)),
      centres_(state_.hamiltonian().groups().size(), 0.0),
      reaches_(centres_.size(), 0.0),
      tree_(state_.size()),
      visited_(state_.size(), 0),
      sodium_at_(state_.size(), 0),
      displacements_(state_.count()) {
  EXPECTS(network.sites.size() == state_.size());
  EXPECTS(conditions.temperature > 0 && conditions.attempt_frequency > 0 && conditions.margin >= 0);
  build_hops(network);
  build_influence();
  std::uint32_t sodium = 0;
  for (const std::uint32_t site : state_.occupied_sites()) {
    sodium_at_[site] = sodium++;
    tree_.set(site, bound(site));
  }
  for (std::size_t group = 0; group < touching_.size(); ++group) rebuild_group(group);
}

void HopModel::build_hops(const SiteNetwork& network) {
  std::vector<std::vector<Hop>> by_site(state_.size());
  touching_.resize(centres_.size());
  for (const SiteLink& link : network.links) {
    EXPECTS(link.first != link.second && link.first < state_.size() && link.second < state_.size());
    const auto groups = changed_groups(state_.hamiltonian(), link.first, link.second);
    const int count = static_cast<int>(groups.size());
    const Occupation::Coupling coupling = state_.coupling(link.first, link.second);
    by_site[link.first].push_back({link.second, count, link.barrier, link.displacement, coupling});
    by_site[link.second].push_back({link.first, count, link.barrier, -link.displacement, coupling});
    for (const std::int32_t group : groups) touching_[group].insert(touching_[group].end(), {link.first, link.second});
  }
  for (auto& sites : touching_) sort_unique(sites);
  offsets_.push_back(0);
  for (const std::vector<Hop>& hops : by_site) {
    hops_.insert(hops_.end(), hops.begin(), hops.end());
    offsets_.push_back(hops_.size());
  }
}

// The occupation of a site acts on its partners in every pair table, through the coordination of metal atoms also on
// the partners of those, and on the hops that start beside any of them.
void HopModel::build_influence() {
  const Hamiltonian& h = state_.hamiltonian();
  influence_.resize(state_.size());
  for (std::size_t site = 0; site < state_.size(); ++site) {
    std::vector<std::uint32_t>& reached = influence_[site];
    reached.push_back(static_cast<std::uint32_t>(site));
    append(h.repulsion(), site, reached);
    append(h.cores(), site, reached);
    for (const PairTable::Entry& bond : h.bonds().of(site)) {
      reached.push_back(bond.site);
      append(h.bonds(), bond.site, reached);
    }
    sort_unique(reached);
    const std::size_t direct = reached.size();
    for (std::size_t k = 0; k < direct; ++k)
      for (const Hop& hop : hops_from(reached[k])) reached.push_back(hop.to);
    sort_unique(reached);
    reached.shrink_to_fit();
  }
}

double HopModel::rate(std::size_t from, const Hop& hop, double slack) const {
  if (state_.is_occupied(hop.to)) return 0;
  const double change = state_.move_energy(from, hop.to, hop.coupling);
  if (std::isinf(change)) return 0;
  return conditions_.attempt_frequency * std::exp(-beta_ * activation_energy(hop.barrier, change - slack));
}

double HopModel::bound(std::size_t from) const {
  double sum = 0;
  for (const Hop& hop : hops_from(from)) sum += rate(from, hop, hop.groups * conditions_.margin);
  return sum;
}

std::vector<std::uint32_t> HopModel::sites() const {
  std::vector<std::uint32_t> sites(displacements_.size());
  for (const std::uint32_t site : state_.occupied_sites()) sites[sodium_at_[site]] = site;
  return sites;
}

void HopModel::fire(Stream& stream) {
  const std::size_t from = tree_.pick(stream.uniform());
  const auto hops = hops_from(from);
  rates_.clear();
  double sum = 0;
  for (const Hop& hop : hops) {
    rates_.push_back(rate(from, hop));
    sum += rates_.back();
  }
  EXPECTS(sum <= tree_.rate(from) * (1 + 1e-9));
  double left = stream.uniform() * tree_.rate(from);
  for (std::size_t k = 0; k < hops.size(); ++k) {
    left -= rates_[k];
    if (left < 0) return carry_out(from, hops[k]);
  }
  ++void_count_;
}

void HopModel::carry_out(std::size_t from, const Hop& hop) {
  state_.move(from, hop.to);
  const std::uint32_t sodium = sodium_at_[from];
  sodium_at_[hop.to] = sodium;
  displacements_[sodium] += hop.displacement;
  ++hop_count_;
  const Hamiltonian& h = state_.hamiltonian();
  ++by_class_[static_cast<std::size_t>(h.kind(from))][static_cast<std::size_t>(h.kind(hop.to))];
  refresh(from, hop.to);
}

void HopModel::refresh(std::size_t from, std::size_t to) {
  tree_.set(from, 0);
  for (const std::size_t site : {from, to})
    for (const std::uint32_t near : influence_[site]) {
      if (!state_.is_occupied(near) || visited_[near] == hop_count_) continue;
      visited_[near] = hop_count_;
      tree_.set(near, bound(near));
    }
  refresh_groups(from);
  refresh_groups(to);
}

void HopModel::refresh_groups(std::size_t site) {
  for (const Hamiltonian::Membership& share : state_.hamiltonian().memberships(site))
    if (share.group >= 0 && std::abs(state_.group_sum(share.group) - centres_[share.group]) > reaches_[share.group])
      rebuild_group(static_cast<std::size_t>(share.group));
}

void HopModel::rebuild_group(std::size_t group) {
  const Hamiltonian& h = state_.hamiltonian();
  centres_[group] = state_.group_sum(group);
  reaches_[group] = h.groups()[group].safe_drift(centres_[group], h.heaviest_weight(group), conditions_.margin) / 2;
  for (const std::uint32_t site : touching_[group])
    if (state_.is_occupied(site)) tree_.set(site, bound(site));
}

}  // namespace cardhouse
