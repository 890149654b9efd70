#include "potentials/sum_potential.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {

SumPotential::SumPotential(std::string name, std::vector<std::unique_ptr<Potential>> terms)
    : name_(std::move(name)), terms_(std::move(terms)) {
  EXPECTS(!terms_.empty());
  EXPECTS(std::all_of(terms_.begin(), terms_.end(), [](const auto& term) { return term != nullptr; }));
}

Evaluation SumPotential::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  Evaluation total = terms_.front()->evaluate(atoms, forces);
  term_forces_.resize(forces.size());
  for (std::size_t term = 1; term < terms_.size(); ++term) {
    total += terms_[term]->evaluate(atoms, term_forces_);
    for (std::size_t i = 0; i < forces.size(); ++i) forces[i] += term_forces_[i];
  }
  return total;
}

double SumPotential::cutoff() const {
  double largest = 0;
  for (const auto& term : terms_) largest = std::max(largest, term->cutoff());
  return largest;
}

std::optional<Reach> SumPotential::reach() const {
  Reach all;
  for (const auto& term : terms_) {
    const std::optional<Reach> one = term->reach();
    if (!one) return std::nullopt;
    all.distance = std::max(all.distance, one->distance);
    all.bonds = std::max(all.bonds, one->bonds);
    all.outer_bonds = std::max(all.outer_bonds, one->outer_bonds);
  }
  return all;
}

void SumPotential::set_centres(std::size_t n) {
  for (const auto& term : terms_) term->set_centres(n);
}

}  // namespace cardhouse
