#include "engine/sodium/occupation.hpp"

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

/// Bounds are compared with this much room, so that rounding never turns a bound into a wrong rejection [eV].
constexpr double rounding = 1e-9;

constexpr std::size_t sites_a_recent_one = 64;

}  // namespace

Occupation::Occupation(const Hamiltonian& hamiltonian)
    : hamiltonian_(&hamiltonian),
      records_(hamiltonian.size()),
      occupied_(hamiltonian.size(), 0),
      sites_(hamiltonian.size()),
      groups_(hamiltonian.groups().size()),
      recent_(hamiltonian.size() / sites_a_recent_one + 1) {
  static_assert(Hamiltonian::groups_of_a_site == 2, "a record holds one domain and one patch");
  for (std::size_t i = 0; i < size(); ++i) {
    Record& record = records_[i];
    const auto& [domain, patch] = hamiltonian.memberships(i);
    EXPECTS(patch.group < 0 || patch.weight == 1);
    record.energy = hamiltonian.site_energy(i);
    record.depth = hamiltonian.metal_depth(i);
    record.full = hamiltonian.full_coordination(i);
    record.electrons = domain.weight;
    record.domain = domain.group;
    record.patch = patch.group;
    record.kind = hamiltonian.kind(i);
    record.coordination = hamiltonian.self_coordination(i);
    record.metal = record.metal_at(record.coordination);
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) set_group(g, 0);
}

// What groups hold for the next trials. Patches are asked for steps of one, domains for their tangent.
void Occupation::set_group(std::size_t group, double sum) {
  const CollectiveGroup& law = hamiltonian_->groups()[group];
  Group& state = groups_[group];
  state.sum = sum;
  state.energy = law.energy(sum);
  state.slope = law.slope(sum);
  if (group < hamiltonian_->domain_count()) return;
  state.plus = law.energy(sum + 1) - state.energy;
  state.minus = law.energy(sum - 1) - state.energy;
}

double Occupation::host_change(std::int32_t domain, double step) const {
  if (domain < 0) return 0;
  const auto group = static_cast<std::size_t>(domain);
  return hamiltonian_->groups()[group].energy(groups_[group].sum + step) - groups_[group].energy;
}

double Occupation::insertion_energy(std::size_t site, double at_most) const {
  EXPECTS(!is_occupied(site));
  const Record& record = records_[site];
  if (record.overlaps != 0) return unlimited;
  double change = record.energy + record.field + record.metal;
  if (record.patch >= 0) change += groups_[record.patch].plus;
  if (record.coordination != 0) change += metal_gain(site);
  if (record.domain < 0) return change;
  if (change + record.electrons * groups_[record.domain].slope > at_most + rounding) return unlimited;
  return change + host_change(record.domain, record.electrons);
}

double Occupation::removal_energy(std::size_t site, double at_most) const {
  EXPECTS(is_occupied(site));
  const Record& record = records_[site];
  double change = -record.energy - record.field - record.metal;
  if (record.patch >= 0) change += groups_[record.patch].minus;
  const double tangent = record.domain < 0 ? 0 : -record.electrons * groups_[record.domain].slope;
  if (change + tangent > at_most + rounding) return unlimited;
  if (record.coordination != 0) change += metal_loss(site);
  if (change + tangent > at_most + rounding) return unlimited;
  return change + host_change(record.domain, -record.electrons);
}

// Everything but repulsion between the two, host electrons and the bonds of neighbours.
double Occupation::cheap_move(const Record& left, const Record& right) const {
  double change = right.energy - left.energy - left.metal;
  if (left.patch == right.patch) return change;
  if (left.patch >= 0) change += groups_[left.patch].minus;
  if (right.patch >= 0) change += groups_[right.patch].plus;
  return change;
}

double Occupation::host_tangent(const Record& left, const Record& right) const {
  const double lost = left.domain < 0 ? 0 : left.electrons * groups_[left.domain].slope;
  const double won = right.domain < 0 ? 0 : right.electrons * groups_[right.domain].slope;
  return won - lost;
}

double Occupation::host_move(const Record& left, const Record& right) const {
  if (left.domain != right.domain)
    return host_change(left.domain, -left.electrons) + host_change(right.domain, right.electrons);
  return left.electrons == right.electrons ? 0 : host_change(left.domain, right.electrons - left.electrons);
}

// Tables are searched last: most trials end before.
double Occupation::move_energy(std::size_t from, std::size_t to, double at_most) const {
  EXPECTS(is_occupied(from) && !is_occupied(to));
  const Hamiltonian& h = *hamiltonian_;
  const Record& left = records_[from];
  const Record& right = records_[to];
  const bool near = h.may_interact(from, to);
  if (right.overlaps > (near ? h.strongest_core() : 0)) return unlimited;
  double change = cheap_move(left, right) + right.field - left.field;
  const double tangent = host_tangent(left, right);
  const bool bonded = right.coordination != 0;  // else no neighbour gains, and the target's own bond is as it stands
  const double bound = change + right.metal + tangent - (near ? h.strongest_repulsion() : 0);
  if (!bonded && bound > at_most + rounding) return unlimited;
  if (near) {
    const Coupling pair = coupling(from, to);
    if (right.overlaps > pair.core) return unlimited;
    change -= pair.repulsion;
  }
  if (!bonded && change + right.metal + tangent > at_most + rounding) return unlimited;
  change += left.coordination == 0 && !bonded ? right.metal : left.metal + metal_move(from, to);
  if (change + tangent > at_most + rounding) return unlimited;
  return change + host_move(left, right);
}

double Occupation::move_energy(std::size_t from, std::size_t to, const Coupling& coupling) const {
  EXPECTS(is_occupied(from) && !is_occupied(to));
  const Record& left = records_[from];
  const Record& right = records_[to];
  if (right.overlaps > coupling.core) return unlimited;
  return cheap_move(left, right) + left.metal + right.field - left.field - coupling.repulsion + metal_move(from, to) +
         host_move(left, right);
}

// What its neighbours in pores gain from sodium on a vacant site.
double Occupation::metal_gain(std::size_t site) const {
  double change = 0;
  for (const PairTable::Entry& bond : hamiltonian_->bonds().of(site)) {
    if (!occupied_[bond.site]) continue;
    const Record& record = records_[bond.site];
    if (record.full > 0) change += record.metal_at(record.coordination + bond.value) - record.metal;
  }
  return change;
}

double Occupation::metal_loss(std::size_t site) const {
  double change = 0;
  for (const PairTable::Entry& bond : hamiltonian_->bonds().of(site)) {
    if (!occupied_[bond.site]) continue;
    const Record& record = records_[bond.site];
    if (record.full > 0) change += record.metal_at(record.coordination - bond.value) - record.metal;
  }
  return change;
}

// One pass over the merged neighbours of both sites, each in ascending order: a common neighbour changes once, by the
// difference of the two weights.
double Occupation::metal_move(std::size_t from, std::size_t to) const {
  const auto losing = hamiltonian_->bonds().of(from);
  const auto gaining = hamiltonian_->bonds().of(to);
  double change = 0;
  double direct = 0;  // bond between the two sites themselves
  auto a = losing.begin();
  auto b = gaining.begin();
  while (a != losing.end() || b != gaining.end()) {
    const bool lose = a != losing.end() && (b == gaining.end() || a->site <= b->site);
    const bool gain = b != gaining.end() && (a == losing.end() || b->site <= a->site);
    const std::uint32_t site = lose ? a->site : b->site;
    const double step = static_cast<double>(gain ? b->value : 0) - (lose ? a->value : 0);
    const Record& record = records_[site];
    if (site == from)
      direct = b->value;
    else if (occupied_[site] && record.full > 0)
      change += record.metal_at(record.coordination + step) - record.metal;
    a += lose;
    b += gain;
  }
  return change + records_[to].metal_at(records_[to].coordination - direct) - records_[from].metal;
}

// Every second change is one of a site that changed a while ago: its partners are kept until another takes its place.
std::span<const PairTable::Entry> Occupation::repelled(std::size_t site) {
  Recent& recent = recent_[site % recent_.size()];
  if (recent.site != site) {
    hamiltonian_->repulsion().find_partners(site, partners_);
    recent.site = site;
    recent.partners.assign(partners_.all().begin(), partners_.all().end());
  }
  return recent.partners;
}

void Occupation::update_sums(std::size_t site, double sign) {
  const Hamiltonian& h = *hamiltonian_;
  for (const PairTable::Entry& pair : repelled(site)) records_[pair.site].field += sign * pair.value;
  for (const PairTable::Entry& core : h.cores().of(site))
    records_[core.site].overlaps = static_cast<std::uint16_t>(records_[core.site].overlaps + sign * core.value);
  for (const PairTable::Entry& bond : h.bonds().of(site)) {
    Record& record = records_[bond.site];
    record.coordination += sign * bond.value;
    if (record.full > 0) record.metal = record.metal_at(record.coordination);
  }
  const Record& own = records_[site];
  if (own.domain >= 0) set_group(own.domain, groups_[own.domain].sum + sign * own.electrons);
  if (own.patch >= 0) set_group(own.patch, groups_[own.patch].sum + sign);
}

void Occupation::insert(std::size_t site) {
  EXPECTS(!is_occupied(site) && !is_blocked(site));
  occupied_[site] = 1;
  sites_.insert(site);
  ++by_class_[static_cast<std::size_t>(records_[site].kind)];
  update_sums(site, 1);
}

void Occupation::remove(std::size_t site) {
  EXPECTS(is_occupied(site));
  occupied_[site] = 0;
  sites_.remove(site);
  --by_class_[static_cast<std::size_t>(records_[site].kind)];
  update_sums(site, -1);
}

void Occupation::move(std::size_t from, std::size_t to) {
  remove(from);
  insert(to);
}

double Occupation::energy() const {
  double total = 0;
  for (const std::uint32_t site : occupied_sites())
    total += records_[site].energy + records_[site].field / 2 + records_[site].metal;
  for (const Group& group : groups_) total += group.energy;
  return total;
}

double Occupation::opening(std::size_t patch) const {
  const std::size_t group = hamiltonian_->domain_count() + patch;
  return hamiltonian_->groups()[group].opening(groups_[group].sum);
}

}  // namespace cardhouse
