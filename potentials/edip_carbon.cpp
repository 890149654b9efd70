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

constexpr std::size_t ghost_levels = 2;

}  // namespace

/// The derivative by the vector of a bond of what has this derivative by its direction.
Vector3 EdipCarbon::by_vector(const Vector3& by_direction, const Bond& bond) {
  return bond.inverse * (by_direction - dot(by_direction, bond.unit) * bond.unit);
}

EdipCarbon::EdipCarbon(const CarbonStructure& structure, const EdipOptions& options)
    : parameters_(load_edip_parameters(chosen_parameters(options.parameter_file, "C_edip_2000.toml"))),
      skin_(options.skin),
      reach_(std::max(parameters_.pi_range, parameters_.none)),
      pairs_({reach_, skin_, ghost_levels}),
      orbitals_(structure.atoms.size()),
      sites_(structure.atoms.size()),
      pushed_(structure.atoms.size()) {
  kind_of_each(structure.atoms, std::array{Element::C}, "edip-carbon");
}

Evaluation EdipCarbon::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == sites_.size() && forces.size() == atoms.size());
  for (;;) {
    const Evaluation result = evaluate_within_reach(atoms, forces);
    const double needed = *std::max_element(block_reach_.begin(), block_reach_.end());
    if (needed <= reach_) return result;
    reach_ = needed + parameters_.range_slope;  // of one more neighbour
    pairs_ = DirectedPairs({reach_, skin_, ghost_levels});
    pairs_.set_centres(centres_);
  }
}

Evaluation EdipCarbon::evaluate_within_reach(const Atoms& atoms, std::span<Vector3> forces) {
  pairs_.update(atoms);
  bonds_.resize(pairs_.size());
  gradients_.resize(pairs_.size());
  far_gradients_.resize(pairs_.size());
  bond_of_.resize(pairs_.size());
  first_bonds_.resize(pairs_.rows());
  bond_counts_.resize(pairs_.rows());
  own_slopes_.resize(pairs_.rows());
  pushes_.resize(pairs_.rows());
  for (auto* values : {&first_neighbours_, &neighbour_counts_, &first_weights_}) values->resize(pairs_.rows());
  surroundings_.resize(pairs_.blocks());
  block_sums_.assign(pairs_.blocks(), {});
  block_reach_.assign(block_sums_.size() + 1, 0);
  pairs_.for_row_blocks(2, [&](std::size_t row, std::size_t last, std::size_t block) {
    Candidates near;
    surroundings_[block].neighbours.clear();
    surroundings_[block].weights.clear();
    for (; row < last; ++row) survey(row, near, surroundings_[block]);
  });
  pairs_.for_row_blocks(1, [&](std::size_t row, std::size_t last, std::size_t block) {
    Scratch scratch;
    for (; row < last; ++row) {
      const double energy = differentiate(row, scratch);
      if (row < pairs_.rows_within(0)) block_sums_[block].energy += energy;
    }
    block_reach_[block] = scratch.longest;
  });
  longest_ = std::max(parameters_.none, *std::max_element(block_reach_.begin(), block_reach_.end()));
  pairs_.for_row_blocks(0, [&](std::size_t row, std::size_t last, std::size_t block) {
    for (; row < last; ++row) finish_gradients(row, block_sums_[block].virial);
  });
  std::fill(forces.begin(), forces.end(), Vector3{});
  pairs_.for_rows(1, [&](std::size_t row) { forces[pairs_.owner(row)] = gather(row); });
  Evaluation total;
  for (const Evaluation& sum : block_sums_) total += sum;
  return total;
}

void EdipCarbon::add_bond(std::size_t row, const Neighbour& neighbour, const Weights& weights) {
  const std::uint32_t bond = first_bonds_[row] + bond_counts_[row]++;
  bonds_[bond] = {neighbour.unit, neighbour.length, 1 / neighbour.length, weights.count_slope,
                  weights.pi,     weights.pi_slope, neighbour.far,        neighbour.pair};
  bond_of_[neighbour.pair] = bond;
}

/// The bonds that count. Those of the first row of a block stand at the start of its pairs, where there is room for
/// all.
void EdipCarbon::find_bonds(std::size_t row) {
  first_bonds_[row] =
      row % DirectedPairs::block_size == 0 ? pairs_.starts()[row] : first_bonds_[row - 1] + bond_counts_[row - 1];
  bond_counts_[row] = 0;
  const Weights* weights = surroundings_[row / DirectedPairs::block_size].weights.data() + first_weights_[row];
  for (const Neighbour& neighbour : neighbours_of(row)) {
    bond_of_[neighbour.pair] = no_bond;
    if (neighbour.length < parameters_.none) add_bond(row, neighbour, *weights++);
  }
}

double EdipCarbon::differentiate(std::size_t row, Scratch& scratch) {
  find_bonds(row);
  const Environment environment = environment_of(row, scratch);
  const double range = parameters_.range + parameters_.range_slope * environment.coordination;
  scratch.longest = std::max(scratch.longest, range);
  if (range > parameters_.none) {
    for (const Neighbour& neighbour : neighbours_of(row))
      if (parameters_.none <= neighbour.length && neighbour.length < range) add_bond(row, neighbour, {});
  }
  const std::span bonds = bonds_of(row);
  scratch.slopes.assign(bonds.size(), {});
  scratch.slope = 0;
  const double energy =
      add_pairs(bonds, environment.coordination, scratch) + add_triples(bonds, environment.coordination, scratch);
  spread_environment(row, environment, scratch);
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    const Bond& bond = bonds[k];
    const Slopes& slope = scratch.slopes[k];
    gradients_of(row)[k] = (slope.length + slope.pi * bond.pi_slope) * bond.unit + by_vector(slope.unit, bond);
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

/// Sets the force of the pi repulsion of a row: of the energies of both atoms of each pair, C e.(pi_j X_i + pi_i X_j) e
/// with X the derivative of the energy by R. Returns the derivative by z of the atom that it takes.
double EdipCarbon::push_apart(std::size_t row, Virial& virial) {
  const std::uint32_t atom = pairs_.owner(row);
  const Pushed& here = pushed_[atom];
  const double orbital = orbitals_[atom];
  const double orbital_slope = sites_[atom].orbital_slope;
  double slope = 0;
  Vector3 force;
  for (const Neighbour& neighbour : neighbours_of(row)) {
    const Pushed& far = pushed_[neighbour.far];
    if (!here.is_pushed && !far.is_pushed) continue;
    const Vector3& unit = neighbour.unit;
    const Vector3 there = far.by_pushers * unit;
    const Vector3 turned = orbitals_[neighbour.far] * (here.by_pushers * unit) + orbital * there;
    const double turning = 2 * neighbour.push / neighbour.length;
    const Vector3 gradient = (neighbour.push_slope - turning) * dot(unit, turned) * unit + turning * turned;
    slope += orbital_slope * neighbour.push * dot(unit, there);
    force += gradient;
    virial += virial_of(0.5 * neighbour.length * unit, gradient);
  }
  pushes_[row] = force;
  return slope;
}

void EdipCarbon::finish_gradients(std::size_t row, Virial& virial) {
  double by_coordination = own_slopes_[row] + push_apart(row, virial);
  SymmetricTensor by_planarity;
  const std::span bonds = bonds_of(row);
  for (const Bond& bond : bonds) {
    if (bond.pi == 0 || !pushed_[bond.far].is_pushed) continue;
    const std::uint32_t back = bond_back(bond.pair);
    if (back == no_bond) continue;
    by_coordination += far_gradients_[back].coordination;
    by_planarity += far_gradients_[back].planarity;
  }
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    const Bond& bond = bonds[k];
    const Vector3 turned = by_planarity * bond.unit;
    const double along = by_coordination * bond.count_slope + bond.pi_slope * dot(bond.unit, turned);
    Vector3& gradient = gradients_of(row)[k];
    gradient += along * bond.unit + by_vector(2 * bond.pi * turned, bond);
    virial += virial_of(bond.length * bond.unit, gradient);
  }
}

Vector3 EdipCarbon::gather(std::size_t row) {
  const bool of_centre = row < pairs_.rows_within(0);
  Vector3 force = of_centre ? pushes_[row] : Vector3{};
  if (of_centre) {
    for (const Vector3& gradient : gradients_of(row)) force += gradient;
  }
  for (const Neighbour& neighbour : neighbours_of(row)) {
    if (neighbour.length > longest_ || !pairs_.of_centre(pairs_.reverse(neighbour.pair))) continue;
    const std::uint32_t back = bond_back(neighbour.pair);
    if (back != no_bond) force -= gradients_[back];
  }
  return force;
}

}  // namespace cardhouse
