#include "potentials/pair_potential.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "potentials/block_sums.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {
namespace {

std::vector<Element> known_elements(const PairParameters& parameters) {
  std::vector<Element> known = parameters.silent;
  for (const PairEntry& pair : parameters.pairs) known.insert(known.end(), {pair.first, pair.second});
  return distinct_elements(std::move(known));
}

}  // namespace

PairPotential::PairPotential(const CarbonStructure& structure, const PairPotentialOptions& options)
    : parameters_(load_pair_parameters(chosen_parameters(options.parameter_file, "Na_C.toml"))),
      kinds_(known_elements(parameters_)),
      list_(BondGraph(structure.atoms.size(), {}),
            kind_of_each(structure.atoms, kinds_, "pair-forms", "give it a [[pair]], or list it under 'silent'"),
            kinds_.size(), {parameters_.cutoff, options.skin}) {
  const PairRange range{parameters_.cutoff, parameters_.taper_start, options.force_cap};
  const std::size_t n = kinds_.size();
  term_of_.assign(n * n, nullptr);
  terms_.reserve(n * n);  // term_of_ points into it
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a; b < n; ++b) {
      std::vector<PairForm> forms;
      for (const PairEntry& pair : parameters_.pairs) {
        if (std::minmax(pair.first, pair.second) == std::minmax(kinds_[a], kinds_[b])) forms.push_back(pair.form);
      }
      if (forms.empty()) continue;
      terms_.emplace_back(std::move(forms), range);
      term_of_[a * n + b] = term_of_[b * n + a] = &terms_.back();
    }
  }
}

Evaluation PairPotential::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(forces.size() == atoms.size());
  list_.update(atoms);
  list_.clear_ghosts(forces);
  const std::span blocks = list_.blocks();
  return sum_blocks(blocks.size(), [&](std::size_t b) { return evaluate_block(blocks[b], forces); });
}

Evaluation PairPotential::evaluate_block(const VerletList::Block& block, std::span<Vector3> forces) const {
  const std::span positions = list_.positions();
  const double range = parameters_.cutoff * parameters_.cutoff;
  Evaluation sum;
  std::size_t group = 0;
  for (const std::uint32_t home : block.homes) {
    const std::uint32_t atom = list_.owner(home);
    Vector3 force;
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind, ++group) {
      const PairTerm* term = term_of_[list_.kind(atom) * kinds_.size() + kind];
      if (term == nullptr) continue;
      for (std::size_t k = block.starts[group]; k < block.starts[group + 1]; ++k) {
        const Vector3 d = positions[block.neighbours[k]] - positions[home];
        const double r2 = squared_norm(d);
        if (r2 >= range) continue;
        const auto [energy, slope] = term->in_square(r2);
        sum.energy += 0.5 * energy;
        const Vector3 pull = slope * d;
        force += 2 * pull;
        sum.virial += virial_of(d, pull);
      }
    }
    forces[atom] = force;
  }
  return sum;
}

}  // namespace cardhouse
