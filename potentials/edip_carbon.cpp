#include "potentials/edip_carbon.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "potentials/edip_environment.hpp"
#include "potentials/edip_functions.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {
namespace {

using edip::bump;
using edip::fade;
using edip::unsaturated;

}  // namespace

/// The derivative by the vector of a bond of what has this derivative by its direction.
Vector3 EdipCarbon::by_vector(const Vector3& by_direction, const Bond& bond) {
  return (1 / bond.length) * (by_direction - dot(by_direction, bond.unit) * bond.unit);
}

EdipCarbon::EdipCarbon(const CarbonStructure& structure, const EdipOptions& options)
    : parameters_(load_edip_parameters(chosen_parameters(options.parameter_file, "C_edip_2000.toml"))),
      skin_(options.skin),
      reach_(std::max(parameters_.pi_range, parameters_.none)),
      pairs_({reach_, skin_}),
      sites_(structure.atoms.size()) {
  kind_of_each(structure.atoms, std::array{Element::C}, "edip-carbon");
}

Evaluation EdipCarbon::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == sites_.size() && forces.size() == atoms.size());
  for (;;) {
    const Evaluation result = evaluate_within_reach(atoms, forces);
    const double needed = *std::max_element(block_reach_.begin(), block_reach_.end());
    if (needed <= reach_) return result;
    reach_ = needed + parameters_.range_slope;  // of one more neighbour
    pairs_ = DirectedPairs({reach_, skin_});
  }
}

Evaluation EdipCarbon::evaluate_within_reach(const Atoms& atoms, std::span<Vector3> forces) {
  pairs_.update(atoms);
  bonds_.resize(pairs_.size());
  gradients_.resize(pairs_.size());
  bond_of_.resize(pairs_.size());
  first_bonds_.resize(pairs_.rows());
  bond_counts_.resize(pairs_.rows());
  own_slopes_.resize(pairs_.rows());
  pushes_.resize(pairs_.rows());
  block_sums_.assign(pairs_.blocks(), {});
  block_reach_.assign(block_sums_.size() + 1, 0);
  pairs_.for_rows([&](std::size_t row) { count_neighbours(row); });
  pairs_.for_row_blocks([&](std::size_t row, std::size_t last, std::size_t block) {
    Scratch scratch;
    double energy = 0;
    for (; row < last; ++row) energy += differentiate(row, scratch, block_sums_[block].virial);
    block_sums_[block].energy = energy;
    block_reach_[block] = scratch.longest;
  });
  pairs_.for_row_blocks([&](std::size_t row, std::size_t last, std::size_t block) {
    for (; row < last; ++row) finish_gradients(row, block_sums_[block].virial);
  });
  pairs_.for_rows([&](std::size_t row) { forces[pairs_.owner(row)] = gather(row); });
  Evaluation total;
  for (const Evaluation& sum : block_sums_) total += sum;
  return total;
}

void EdipCarbon::count_neighbours(std::size_t row) {
  const EdipParameters& p = parameters_;
  Site site;
  for_neighbours(row, 0, p.none, [&](std::uint32_t, const Vector3& towards, double length) {
    site.coordination += fade(length, p.full, p.none, p.steepness).value;
    if (length >= p.pi_none) return;
    site.planarity.add_square(fade(length, p.pi_full, p.pi_none, p.steepness).value / (length * length), towards);
  });
  site.orbital = unsaturated(site.coordination).value;
  site.orbital_slope = unsaturated(site.coordination).slope;
  site.is_pushed = bump(site.coordination, 2).value != 0 || bump(site.coordination, 3).value != 0;
  sites_[pairs_.owner(row)] = site;
}

void EdipCarbon::add_bond(std::size_t row, std::uint32_t pair, const Vector3& towards, double length) {
  const EdipParameters& p = parameters_;
  const std::uint32_t bond = first_bonds_[row] + bond_counts_[row]++;
  const ValueAndSlope pi = fade(length, p.pi_full, p.pi_none, p.steepness);
  bonds_[bond] = {(1 / length) * towards, length, fade(length, p.full, p.none, p.steepness).slope, pi.value, pi.slope,
                  pairs_.neighbour(pair), pair};
  bond_of_[pair] = bond;
}

/// The bonds that count. Those of the first row of a block stand at the start of its pairs, where there is room for
/// all.
void EdipCarbon::find_bonds(std::size_t row) {
  const std::uint32_t first = pairs_.starts()[row];
  std::fill(bond_of_.begin() + first, bond_of_.begin() + pairs_.starts()[row + 1], no_bond);
  first_bonds_[row] = row % DirectedPairs::block_size == 0 ? first : first_bonds_[row - 1] + bond_counts_[row - 1];
  bond_counts_[row] = 0;
  for_neighbours(row, 0, parameters_.none, [&](std::uint32_t pair, const Vector3& towards, double length) {
    add_bond(row, pair, towards, length);
  });
}

double EdipCarbon::differentiate(std::size_t row, Scratch& scratch, Virial& virial) {
  find_bonds(row);
  const Environment environment = environment_of(row, scratch);
  const double range = parameters_.range + parameters_.range_slope * environment.coordination;
  scratch.longest = std::max(scratch.longest, range);
  for_neighbours(row, parameters_.none, range, [&](std::uint32_t pair, const Vector3& towards, double length) {
    add_bond(row, pair, towards, length);
  });
  const std::span bonds = bonds_of(row);
  scratch.slopes.assign(bonds.size(), {});
  scratch.slope = 0;
  const double energy =
      add_pairs(bonds, environment.coordination, scratch) + add_triples(bonds, environment.coordination, scratch);
  spread_environment(row, environment, scratch);
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    const Bond& bond = bonds[k];
    const Slopes& slope = scratch.slopes[k];
    const Vector3 gradient = (slope.length + slope.pi * bond.pi_slope) * bond.unit + by_vector(slope.unit, bond);
    gradients_of(row)[k].vector = gradient;
    virial += virial_of(bond.length * bond.unit, gradient);
  }
  return energy;
}

double EdipCarbon::add_pairs(std::span<const Bond> bonds, double coordination, Scratch& scratch) const {
  const EdipParameters& p = parameters_;
  const double range = p.range + p.range_slope * coordination;
  const double attraction = std::exp(-p.beta * coordination * coordination);
  scratch.near.clear();
  scratch.envelopes.clear();
  double energy = 0;
  for (std::uint32_t k = 0; k < bonds.size(); ++k) {
    const double r = bonds[k].length;
    if (r >= range) continue;
    const double inverse = 1 / (r - range);
    const double envelope = p.epsilon * std::exp(p.sigma * inverse);
    const double ratio = p.B / r;
    const double repulsion = ratio * ratio * ratio * ratio;
    const double bracket = repulsion - attraction;
    const double by_range = envelope * bracket * p.sigma * inverse * inverse;
    energy += envelope * bracket;
    scratch.slopes[k].length += -4 * envelope * repulsion / r - by_range;
    scratch.slope += 2 * p.beta * coordination * attraction * envelope + p.range_slope * by_range;
    const double g = std::exp(p.gamma * inverse);
    scratch.near.push_back(k);
    scratch.envelopes.push_back({g, -p.gamma * inverse * inverse * g});
  }
  return energy;
}

double EdipCarbon::add_triples(std::span<const Bond> bonds, double coordination, Scratch& scratch) const {
  const EdipParameters& p = parameters_;
  const double excess = coordination - p.preferred;
  const double lambda = p.lambda * std::exp(-p.lambda_decay * excess * excess);
  const double lambda_slope = -2 * p.lambda_decay * excess * lambda;
  const auto [tau, tau_slope] = edip::preferred_cosine(coordination);
  double energy = 0;
  for (std::size_t a = 0; a < scratch.near.size(); ++a) {
    for (std::size_t b = a + 1; b < scratch.near.size(); ++b) {
      const std::uint32_t j = scratch.near[a];
      const std::uint32_t k = scratch.near[b];
      const auto [g_j, g_j_slope] = scratch.envelopes[a];
      const auto [g_k, g_k_slope] = scratch.envelopes[b];
      const double off = dot(bonds[j].unit, bonds[k].unit) + tau;
      const double rest = std::exp(-p.q * off * off);
      const double bending = 1 - rest;
      const double by_cosine = lambda * g_j * g_k * 2 * p.q * off * rest;
      energy += lambda * g_j * g_k * bending;
      scratch.slopes[j].length += lambda * bending * g_j_slope * g_k;
      scratch.slopes[k].length += lambda * bending * g_j * g_k_slope;
      scratch.slopes[j].unit += by_cosine * bonds[k].unit;
      scratch.slopes[k].unit += by_cosine * bonds[j].unit;
      scratch.slope += lambda_slope * g_j * g_k * bending + by_cosine * tau_slope -
                       p.range_slope * lambda * bending * (g_j_slope * g_k + g_j * g_k_slope);
    }
  }
  return energy;
}

/// C and its derivative by r.
ValueAndSlope EdipCarbon::push(double length) const {
  const double gap = length - parameters_.pi_range;
  if (length >= parameters_.pi_none) return {gap * gap, 2 * gap};
  const auto [pi, slope] = fade(length, parameters_.pi_full, parameters_.pi_none, parameters_.steepness);
  return {gap * gap * (1 - pi), 2 * gap * (1 - pi) - gap * gap * slope};
}

/// Sets the force of the pi repulsion of a row: of the energies of both atoms of each pair, C e.(pi_j X_i + pi_i X_j) e
/// with X the derivative of the energy by R. Returns the derivative by z of the atom that it takes.
double EdipCarbon::push_apart(std::size_t row, Virial& virial) {
  const Site& site = sites_[pairs_.owner(row)];
  double slope = 0;
  Vector3 force;
  for_neighbours(row, parameters_.pi_full, parameters_.pi_range,
                 [&](std::uint32_t pair, const Vector3& towards, double length) {
                   const Site& far = sites_[pairs_.neighbour(pair)];
                   if (!site.is_pushed && !far.is_pushed) return;
                   const auto [strength, strength_slope] = push(length);
                   const double inverse = 1 / length;
                   const Vector3 unit = inverse * towards;
                   const Vector3 here = site.by_pushers * unit;
                   const Vector3 there = far.by_pushers * unit;
                   const Vector3 turned = far.orbital * here + site.orbital * there;
                   const double aligned = dot(unit, turned);
                   const Vector3 gradient =
                       (strength_slope - 2 * strength * inverse) * aligned * unit + 2 * strength * inverse * turned;
                   slope += site.orbital_slope * strength * dot(unit, there);
                   force += gradient;
                   virial += virial_of(0.5 * towards, gradient);
                 });
  pushes_[row] = force;
  return slope;
}

void EdipCarbon::finish_gradients(std::size_t row, Virial& virial) {
  double by_coordination = own_slopes_[row] + push_apart(row, virial);
  SymmetricTensor by_planarity;
  const std::span bonds = bonds_of(row);
  for (const Bond& bond : bonds) {
    const std::uint32_t back = bond_back(bond.pair);
    if (back == no_bond || bond.pi == 0) continue;
    by_coordination += gradients_[back].far_coordination;
    by_planarity += gradients_[back].far_planarity;
  }
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    const Bond& bond = bonds[k];
    const Vector3 turned = by_planarity * bond.unit;
    const double along = by_coordination * bond.count_slope + bond.pi_slope * dot(bond.unit, turned);
    const Vector3 gradient = along * bond.unit + by_vector(2 * bond.pi * turned, bond);
    gradients_of(row)[k].vector += gradient;
    virial += virial_of(bond.length * bond.unit, gradient);
  }
}

Vector3 EdipCarbon::gather(std::size_t row) const {
  Vector3 force = pushes_[row];
  for (std::uint32_t pair = pairs_.starts()[row]; pair < pairs_.starts()[row + 1]; ++pair) {
    if (bond_of_[pair] != no_bond) force += gradients_[bond_of_[pair]].vector;
    const std::uint32_t back = bond_back(pair);
    if (back != no_bond) force -= gradients_[back].vector;
  }
  return force;
}

}  // namespace cardhouse
