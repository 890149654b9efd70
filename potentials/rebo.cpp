#include "potentials/rebo.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/batch_math.hpp"
#include "engine/base/contracts.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {
namespace {

constexpr double closest = 0.05;  // angstrom; nearer atoms count as being so far apart

std::vector<HydrocarbonKind> hydrocarbon_kinds(const Atoms& atoms) {
  std::vector<HydrocarbonKind> kinds;
  for (const std::uint8_t kind : kind_of_each(atoms, std::array{Element::C, Element::H}, "rebo")) {
    kinds.push_back(HydrocarbonKind{kind});
  }
  return kinds;
}

double longest_bond(const ReboParameters& parameters) {
  double longest = 0;
  for (const ReboPair& pair : parameters.pairs) longest = std::max(longest, pair.outer);
  return longest;
}

/// Energies of a bond without its weight, and their derivatives by r.
struct BareBond {
  ValueAndSlope repulsion;
  ValueAndSlope attraction;
};

constexpr std::size_t n_exponentials = 4;  // of a bond: one of the repulsion, up to three of the attraction

void put_exponents(const ReboPair& pair, double r, double* exponents) {
  exponents[0] = -pair.steepness * r;
  for (std::size_t n = 0; n < 3; ++n) exponents[n + 1] = -pair.decay[n] * r;
}

BareBond bare_bond(const ReboPair& pair, double r, const double* exponentials) {
  const double core = pair.repulsion * exponentials[0];
  const double screen = 1 + pair.screening / r;
  BareBond bare{{screen * core, -core * (pair.steepness * screen + pair.screening / (r * r))}, {0, 0}};
  for (std::size_t n = 0; n < 3; ++n) {
    const double term = pair.attraction[n] * exponentials[n + 1];
    bare.attraction.value += term;
    bare.attraction.slope -= pair.decay[n] * term;
  }
  return bare;
}

}  // namespace

Rebo::Rebo(const CarbonStructure& structure, const ReboOptions& options)
    : parameters_(load_rebo_parameters(chosen_parameters(options.parameter_file, "CH_rebo2_2002.toml"))),
      kinds_(hydrocarbon_kinds(structure.atoms)),
      pairs_({longest_bond(parameters_), options.skin, 3}),
      coordinations_(kinds_.size()),
      torsion_range_(parameters_.torsion.support()) {}

double Rebo::cutoff() const {
  return longest_bond(parameters_);
}

Evaluation Rebo::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == kinds_.size() && forces.size() == atoms.size());
  pairs_.update(atoms);
  bonds_.resize(pairs_.size());
  sums_.resize(pairs_.size());
  gradients_.resize(pairs_.size());
  bond_of_.resize(pairs_.size());
  bond_counts_.resize(pairs_.rows());
  is_soft_.resize(pairs_.rows());
  block_sums_.assign(pairs_.blocks(), {});
  pairs_.for_rows(3, [&](std::size_t row) { find_bonds(row); });
  pairs_.for_rows(2, [&](std::size_t row) { sum_environment(row); });
  pairs_.for_row_blocks(1, [&](std::size_t row, std::size_t last, std::size_t block) {
    Scratch scratch;
    Evaluation of_ghosts;
    for (; row < last; ++row) {
      Evaluation& sum = row < pairs_.rows_within(0) ? block_sums_[block] : of_ghosts;
      sum.energy += differentiate(row, scratch, sum.virial);
    }
  });
  pairs_.for_row_blocks(0, [&](std::size_t row, std::size_t last, std::size_t block) {
    for (; row < last; ++row) finish_gradients(row, block_sums_[block].virial);
  });
  std::fill(forces.begin(), forces.end(), Vector3{});
  pairs_.for_rows(1, [&](std::size_t row) { forces[pairs_.owner(row)] = gather(row); });
  Evaluation total;
  for (const Evaluation& sum : block_sums_) total += sum;
  return total;
}

void Rebo::find_bonds(std::size_t row) {
  const std::uint32_t atom = pairs_.owner(row);
  const Vector3 centre = pairs_.position(row);
  const std::uint32_t first = pairs_.starts()[row];
  std::uint32_t next = first;
  Coordination coordination;
  bool is_soft = false;
  for (std::uint32_t pair = first; pair < pairs_.starts()[row + 1]; ++pair) {
    const Vector3 towards = pairs_.neighbour_position(pair) - centre;
    const std::uint32_t far = pairs_.neighbour(pair);
    const ReboPair& numbers = parameters_.pairs[kinds_of(atom, far)];
    const double squared = squared_norm(towards);
    bond_of_[pair] = ReboBond::none;
    if (squared >= numbers.outer * numbers.outer) continue;
    const double length = std::max(std::sqrt(squared), closest);
    const ValueAndSlope weight = half_cosine(length, {numbers.inner, numbers.outer});
    // `reverse` is that of the pair until sum_environment, when all bonds are known.
    bonds_[next] = {towards / length, length, weight.value, weight.slope, far, pairs_.reverse(pair)};
    bond_of_[pair] = next++;
    is_soft |= weight.slope != 0;
    (is_carbon(far) ? coordination.carbon : coordination.hydrogen) += weight.value;
  }
  bond_counts_[row] = next - first;
  is_soft_[row] = is_soft;
  coordinations_[atom] = coordination;
}

double Rebo::differentiate(std::size_t row, Scratch& scratch, Virial& virial) {
  const std::uint32_t atom = pairs_.owner(row);
  const std::span bonds = bonds_of(row);
  const double energy = join_ends(row, scratch);
  const std::span<ReboSlopes> slopes = scratch.slopes;
  for_angles(bonds, [&](std::size_t j, std::size_t k, double cosine) {
    spread_angle(atom, {bonds[j], slopes[j]}, {bonds[k], slopes[k]}, cosine);
    if (slopes[j].torsion != 0) spread_torsion(atom, {bonds[j], slopes[j]}, {bonds[k], slopes[k]}, cosine);
    if (slopes[k].torsion != 0) spread_torsion(atom, {bonds[k], slopes[k]}, {bonds[j], slopes[j]}, cosine);
  });
  if (is_soft_[row]) spread_coordination(atom, bonds, slopes);
  spread_conjugation(row, slopes);
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    const ReboBond& bond = bonds[k];
    const ReboSlopes& slope = slopes[k];
    Vector3& gradient = gradients_[pairs_.starts()[row] + k].by_vector;
    gradient = slope.vector + (slope.length + slope.weight * bond.weight_slope) * bond.unit;
    virial += virial_of(bond.length * bond.unit, gradient);
  }
  return energy;
}

/// Half of the energy of the bonds of a row, and its derivatives by what the near atom knows of each.
double Rebo::join_ends(std::size_t row, Scratch& scratch) const {
  const std::uint32_t atom = pairs_.owner(row);
  const std::span bonds = bonds_of(row);
  scratch.slopes.assign(bonds.size(), {});
  scratch.exponentials.resize(n_exponentials * bonds.size());
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    const ReboPair& pair = parameters_.pairs[kinds_of(atom, bonds[k].far)];
    put_exponents(pair, bonds[k].length, &scratch.exponentials[n_exponentials * k]);
  }
  exponentials(scratch.exponentials);
  double energy = 0;
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    const ReboBond& bond = bonds[k];
    if (bond.reverse == ReboBond::none) continue;
    const auto [repulsion, attraction] =
        bare_bond(parameters_.pairs[kinds_of(atom, bond.far)], bond.length, &scratch.exponentials[n_exponentials * k]);
    const double order = join_orders(row, k, bond.weight * attraction.value, scratch.slopes[k]);
    const double bare = repulsion.value - order * attraction.value;
    scratch.slopes[k].length =
        0.5 * (bond.weight_slope * bare + bond.weight * (repulsion.slope - order * attraction.slope));
    energy += 0.5 * bond.weight * bare;
  }
  return energy;
}

/// The order of a bond; `attraction` is by how much the energy falls with it.
double Rebo::join_orders(std::size_t row, std::size_t k, double attraction, ReboSlopes& slopes) const {
  const std::uint32_t atom = pairs_.owner(row);
  const ReboBond& bond = bonds_of(row)[k];
  const ReboBond& reverse = bonds_[bond.reverse];
  const ReboSums& here = sums_[pairs_.starts()[row] + k];
  const ReboSums& there = sums_[bond.reverse];
  const double coordination = coordinations_[atom].total() - bond.weight;
  const double far_coordination = coordinations_[bond.far].total() - bond.weight;
  const double conjugation = 1 + here.conjugation * here.conjugation + there.conjugation * there.conjugation;
  auto [radical, slope] =
      parameters_.conjugation[kinds_of(atom, bond.far)](coordination, far_coordination, conjugation);
  if (may_twist(bond, atom) && may_twist(reverse, bond.far)) {
    const auto [barrier, barrier_slope] = parameters_.torsion(coordination, far_coordination, conjugation);
    const double sum = here.torsion.trace() * there.torsion.trace() - contract(here.torsion, there.torsion);
    radical += barrier * sum;
    slope[0] += barrier_slope[0] * sum;
    slope[2] += barrier_slope[2] * sum;
    slopes.torsion = -attraction * barrier;
  }
  const double order = 1 / std::sqrt(here.order);
  slopes.order = 0.25 * attraction * order * order * order;
  slopes.coordination = -attraction * slope[0];
  slopes.conjugation = -2 * attraction * slope[2] * here.conjugation;
  return 0.5 * (order + 1 / std::sqrt(there.order)) + radical;
}

void Rebo::finish_gradients(std::size_t row, Virial& virial) {
  if (!is_soft_[row]) return;
  double by_coordination = 0;  // of this atom, through the conjugation of bonds of its neighbours
  for (const ReboBond& bond : bonds_of(row)) {
    if (bond.reverse != ReboBond::none) by_coordination += gradients_[bond.reverse].by_coordination;
  }
  std::size_t at = pairs_.starts()[row];
  for (const ReboBond& bond : bonds_of(row)) {
    const Vector3 gradient = by_coordination * bond.weight_slope * bond.unit;
    gradients_[at++].by_vector += gradient;
    virial += virial_of(bond.length * bond.unit, gradient);
  }
}

Vector3 Rebo::gather(std::size_t row) const {
  Vector3 force;
  std::size_t at = pairs_.starts()[row];
  for (const ReboBond& bond : bonds_of(row)) {
    if (pairs_.of_centre(at)) force += gradients_[at].by_vector;
    if (bond.reverse != ReboBond::none && pairs_.of_centre(bond.reverse)) force -= gradients_[bond.reverse].by_vector;
    ++at;
  }
  return force;
}

}  // namespace cardhouse
