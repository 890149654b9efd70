#include "engine/offlattice/sodium_configuration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double least_bin = 2.5;  // [angstrom]

}  // namespace

SodiumConfiguration::SodiumConfiguration(const SodiumPotential& potential, std::size_t expected)
    : potential_(&potential),
      own_images_(potential.own_images()),
      bins_(potential.cell(), std::max(least_bin, potential.interactions().sodium_cutoff() / 2), expected) {}

bool SodiumConfiguration::meet(const Vector3& centre, std::uint32_t self, double sign,
                               SodiumInteractions::PairTerms& sums) {
  const SodiumInteractions& interactions = potential_->interactions();
  const double floor = potential_->floor().sodium * potential_->floor().sodium;
  return bins_.visit_near(centre, interactions.sodium_cutoff(), [&](std::uint32_t atom, double r2) {
    if (atom == self) return true;
    if (r2 < floor) return false;
    const auto [energy, density] = interactions.sodium_terms(std::sqrt(r2));
    sums.energy += energy;
    sums.density += density;
    if (density == 0) return true;
    if (changes_[atom] == 0) touched_.push_back(atom);
    changes_[atom] += sign * density;
    if (changes_[atom] == 0) changes_[atom] = std::numeric_limits<double>::min();  // stays known as touched
    return true;
  });
}

void SodiumConfiguration::forget() {
  for (const std::uint32_t atom : touched_) changes_[atom] = 0;
  touched_.clear();
  proposal_ = {};
}

double SodiumConfiguration::neighbour_change() const {
  double change = 0;
  for (const std::uint32_t atom : touched_)
    change += potential_->interactions().embedding(densities_[atom] + changes_[atom]) - embedded_[atom];
  return change;
}

double SodiumConfiguration::propose_insertion(const Vector3& position) {
  forget();
  SodiumInteractions::PairTerms sums = own_images_;
  if (!meet(position, nobody, 1, sums)) return infinity;
  const double host = potential_->host_energy(position);
  if (host == infinity) return infinity;
  const double change = host + sums.energy + potential_->interactions().embedding(sums.density) + neighbour_change();
  proposal_ = {Kind::Insertion, nobody, position, host, sums.density, change};
  return change;
}

double SodiumConfiguration::propose_removal(std::size_t atom) {
  EXPECTS(atom < count());
  forget();
  const auto self = static_cast<std::uint32_t>(atom);
  SodiumInteractions::PairTerms sums = own_images_;
  meet(positions_[atom], self, -1, sums);
  const double change = neighbour_change() - hosts_[atom] - sums.energy - embedded_[atom];
  proposal_ = {Kind::Removal, self, positions_[atom], 0, 0, change};
  return change;
}

double SodiumConfiguration::propose_displacement(std::size_t atom, const Vector3& position) {
  EXPECTS(atom < count());
  forget();
  const auto self = static_cast<std::uint32_t>(atom);
  SodiumInteractions::PairTerms before, after{0, own_images_.density};
  if (!meet(position, self, 1, after)) return infinity;
  const double host = potential_->host_energy(position);
  if (host == infinity) return infinity;
  meet(positions_[atom], self, -1, before);
  const double own = host - hosts_[atom] + potential_->interactions().embedding(after.density) - embedded_[atom];
  const double change = own + after.energy - before.energy + neighbour_change();
  proposal_ = {Kind::Displacement, self, position, host, after.density, change};
  return change;
}

void SodiumConfiguration::settle_neighbours() {
  for (const std::uint32_t atom : touched_) {
    densities_[atom] = std::max(0.0, densities_[atom] + changes_[atom]);
    embedded_[atom] = potential_->interactions().embedding(densities_[atom]);
  }
}

void SodiumConfiguration::accept() {
  const Proposal p = proposal_;
  EXPECTS(p.kind != Kind::None);
  settle_neighbours();
  forget();
  energy_ += p.change;
  const double embedded = potential_->interactions().embedding(p.density);
  if (p.kind == Kind::Insertion) {
    bins_.add(static_cast<std::uint32_t>(count()), p.position);
    positions_.push_back(potential_->cell().wrap(p.position));
    hosts_.push_back(p.host);
    densities_.push_back(p.density);
    embedded_.push_back(embedded);
    changes_.push_back(0);
    return;
  }
  bins_.remove(p.atom, positions_[p.atom]);
  if (p.kind == Kind::Displacement) {
    positions_[p.atom] = potential_->cell().wrap(p.position);
    bins_.add(p.atom, positions_[p.atom]);
    hosts_[p.atom] = p.host;
    densities_[p.atom] = p.density;
    embedded_[p.atom] = embedded;
    return;
  }
  const auto last = static_cast<std::uint32_t>(count() - 1);
  if (p.atom != last) bins_.rename(last, p.atom, positions_[last]);
  positions_[p.atom] = positions_[last], positions_.pop_back();
  hosts_[p.atom] = hosts_[last], hosts_.pop_back();
  densities_[p.atom] = densities_[last], densities_.pop_back();
  embedded_[p.atom] = embedded_[last], embedded_.pop_back();
  changes_.pop_back();
}

double SodiumConfiguration::energy_of(std::size_t atom) const {
  const SodiumInteractions& interactions = potential_->interactions();
  double pairs = own_images_.energy;
  bins_.visit_near(positions_[atom], interactions.sodium_cutoff(), [&](std::uint32_t other, double r2) {
    if (other != atom) pairs += 0.5 * interactions.sodium_terms(std::sqrt(r2)).energy;
    return true;
  });
  return hosts_[atom] + embedded_[atom] + pairs;
}

void SodiumConfiguration::refresh() {
  forget();
  const SodiumInteractions& interactions = potential_->interactions();
  energy_ = 0;
  for (std::size_t atom = 0; atom < count(); ++atom) {
    double density = own_images_.density;
    bins_.visit_near(positions_[atom], interactions.sodium_cutoff(), [&](std::uint32_t other, double r2) {
      if (other != atom) density += interactions.sodium_terms(std::sqrt(r2)).density;
      return true;
    });
    densities_[atom] = density;
    embedded_[atom] = interactions.embedding(density);
    energy_ += energy_of(atom);
  }
}

}  // namespace cardhouse
