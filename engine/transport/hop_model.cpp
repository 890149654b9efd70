#include "engine/transport/hop_model.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

std::variant<RateTree, RateGroups> make_selection(Selection selection, std::size_t sites) {
  if (selection == Selection::Groups) return RateGroups(sites);
  return RateTree(sites);
}

}  // namespace

Selection choose_selection(std::size_t sites, double renewed) {
  constexpr std::size_t many = 50000;
  constexpr double few = 1.5;
  return sites >= many && renewed < few ? Selection::Groups : Selection::Tree;
}

HopModel::HopModel(const SiteNetwork& network, const Occupation& start, const HopConditions& conditions,
                   Selection selection)
    : hamiltonian_(&start.hamiltonian()),
      bounds_(network, start, conditions),
      selection_(make_selection(selection, start.size())),
      sodium_at_(start.size(), 0),
      displacements_(start.count()),
      crossings_(bounds_.lattice().links(), 0),
      census_(start.count()) {
  std::vector<double> rates(start.size(), 0.0);
  std::uint32_t sodium = 0;
  for (const std::uint32_t index : start.occupied_sites()) {
    const std::uint32_t site = bounds_.lattice().place(index);
    sodium_at_[site] = sodium++;
    rates[site] = bounds_.total(site);
  }
  std::visit([&](auto& selected) { selected.assign(rates); }, selection_);
}

Selection HopModel::selection() const {
  return std::holds_alternative<RateTree>(selection_) ? Selection::Tree : Selection::Groups;
}

void HopModel::select_by(Selection selection) {
  const double events = static_cast<double>(std::max<std::uint64_t>(1, hop_count_ + void_count_));
  if (selection == Selection::Automatic)
    selection = choose_selection(sodium_at_.size(), static_cast<double>(renewed_) / events);
  if (selection == this->selection()) return;
  std::vector<double> rates(sodium_at_.size());
  std::visit(
      [&](const auto& selected) {
        for (std::size_t site = 0; site < rates.size(); ++site) rates[site] = selected.rate(site);
      },
      selection_);
  selection_ = make_selection(selection, rates.size());
  std::visit([&](auto& selected) { selected.assign(rates); }, selection_);
}

double HopModel::total_rate() const {
  return std::visit([](const auto& selected) { return selected.total(); }, selection_);
}

void HopModel::fire(Stream& stream) {
  const auto from =
      std::visit([&](const auto& selected) { return static_cast<std::uint32_t>(selected.pick(stream)); }, selection_);
  const std::span<const float> bounds = bounds_.bounds(from);
  double left = stream.uniform() * bounds_.total(from);
  std::size_t link = 0;
  while (link + 1 < bounds.size() && left >= bounds[link]) left -= bounds[link++];
  const double rate = bounds_.rate(from, link);
  if (left < rate)
    carry_out(from, link);
  else
    reject(from, link, rate);
}

void HopModel::reject(std::uint32_t from, std::size_t link, double rate) {
  const double bound = bounds_.bounds(from)[link];
  EXPECTS(rate <= bound);
  ++void_count_;
  if (bound <= HopBounds::loosest * rate) return;
  ++renewed_;
  bounds_.tighten(from, link);
  std::visit([&](auto& selected) { selected.set(from, bounds_.total(from)); }, selection_);
}

void HopModel::carry_out(std::uint32_t from, std::size_t link) {
  const HopLattice& lattice = bounds_.lattice();
  const std::uint32_t to = lattice.pairs(from)[link].index();
  const std::uint32_t sodium = sodium_at_[from];
  sodium_at_[to] = sodium;
  displacements_[sodium] += lattice.displacement(from, link);
  ++hop_count_;
  ++crossings_[lattice.first_link(from) + link];
  census_.count(sodium, {lattice.kind(from), lattice.kind(to), lattice.barriers(from)[link]});
  updates_.clear();
  updates_.push_back({from, 0});
  for (const std::uint32_t site : bounds_.move(from, to)) updates_.push_back({site, bounds_.total(site)});
  renewed_ += updates_.size();
  std::visit([&](auto& selected) { selected.update(updates_); }, selection_);
}

Occupation HopModel::occupation() const {
  Occupation result(*hamiltonian_);
  for (const std::uint32_t site : sites()) result.insert(site);
  return result;
}

std::vector<HopModel::Hop> HopModel::hops_from(std::size_t site) {
  const HopLattice& lattice = bounds_.lattice();
  const std::uint32_t from = lattice.place(site);
  std::vector<Hop> hops;
  for (std::size_t link = 0; link < lattice.barriers(from).size(); ++link)
    hops.push_back({lattice.original(lattice.pairs(from)[link].index()), lattice.barriers(from)[link],
                    lattice.displacement(from, link), 0});
  if (!bounds_.is_occupied(from)) return hops;
  for (std::size_t link = 0; link < hops.size(); ++link) hops[link].rate = bounds_.rate(from, link);
  return hops;
}

std::vector<std::uint32_t> HopModel::sites() const {
  std::vector<std::uint32_t> sites(displacements_.size());
  for (std::uint32_t site = 0; site < sodium_at_.size(); ++site)
    if (bounds_.is_occupied(site)) sites[sodium_at_[site]] = bounds_.lattice().original(site);
  return sites;
}

std::uint64_t HopModel::crossings(std::size_t first, std::size_t second) const {
  const HopLattice& lattice = bounds_.lattice();
  const std::uint32_t from = lattice.place(first);
  const std::uint32_t to = lattice.place(second);
  const std::span<const PackedPair> pairs = lattice.pairs(from);
  for (std::size_t link = 0; link < lattice.barriers(from).size(); ++link)
    if (pairs[link].index() == to)
      return std::uint64_t{crossings_[lattice.first_link(from) + link]} +
             crossings_[lattice.first_link(to) + lattice.returns(from)[link]];
  EXPECTS(false);
  return 0;
}

std::size_t HopModel::bytes() const {
  const std::size_t selection = std::holds_alternative<RateTree>(selection_) ? 10 : 20;  // as their headers say
  return bounds_.bytes() + sodium_at_.size() * (sizeof(std::uint32_t) + selection) +
         displacements_.size() * (sizeof(Vector3) + sizeof(SiteClass)) + crossings_.size() * sizeof(std::uint32_t);
}

}  // namespace cardhouse
