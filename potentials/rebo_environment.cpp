// The sums of a REBO potential over the other neighbours of an atom of a bond, and what their derivatives give back.

#include <algorithm>
#include <cmath>

#include "potentials/rebo.hpp"

namespace cardhouse {
namespace {

constexpr double nearly_straight = -0.995;  // cosine from which torsions fade, Stuart 2000
constexpr double straight = 1e-9;           // squared sine below which an arm has no direction across the bond

/// Weight of a torsion whose arm makes this cosine with the bond: from 0 in line with it to 1 at nearly_straight.
ValueAndSlope bentness(double cosine) {
  if (cosine >= nearly_straight) return {1, 0};
  const double width = nearly_straight + 1;
  const double t = std::max(0.0, (cosine + 1) / width);
  return {t * t * (3 - 2 * t), 6 * t * (1 - t) / width};
}

}  // namespace

bool Rebo::may_twist(const ReboBond& bond, std::uint32_t atom) const {
  const double coordination = coordinations_[atom].total() - bond.weight;
  return is_carbon(atom) && is_carbon(bond.far) && torsion_range_[0] < coordination && coordination < torsion_range_[1];
}

CoordinationTable::Node Rebo::order_correction(const ReboBond& bond, std::uint32_t atom) const {
  if (!is_carbon(atom)) return {};
  const auto [carbon, hydrogen] = without(bond, atom);
  return parameters_.order[is_carbon(bond.far) ? 0 : 1](carbon, hydrogen, 1);
}

Rebo::Angle Rebo::angle(std::uint32_t atom, double cosine, double coordination) const {
  const auto plain = [](const ValueAndSlope& g) { return Angle{g.value, g.slope, 0}; };
  if (!is_carbon(atom)) return plain(parameters_.hydrogen_angle(cosine));
  if (coordination <= parameters_.crowded[0]) return plain(parameters_.carbon_angle(cosine));
  const ValueAndSlope crowded = parameters_.crowded_angle(cosine);
  if (coordination >= parameters_.crowded[1]) return plain(crowded);
  const ValueAndSlope few = parameters_.carbon_angle(cosine);
  const ValueAndSlope share = half_cosine(coordination, parameters_.crowded);
  return {crowded.value + share.value * (few.value - crowded.value),
          crowded.slope + share.value * (few.slope - crowded.slope), share.slope * (few.value - crowded.value)};
}

Rebo::BothAngles Rebo::both_angles(std::uint32_t atom, const ReboBond& j, const ReboBond& k, double cosine) const {
  const double total = coordinations_[atom].total();
  const double j_coordination = total - j.weight;
  const double k_coordination = total - k.weight;
  if (is_carbon(atom) && std::max(j_coordination, k_coordination) <= parameters_.crowded[0]) {
    const auto [value, slope] = parameters_.carbon_angle(cosine);
    return {{value, slope, 0}, {value, slope, 0}, 1};
  }
  return {angle(atom, cosine, j_coordination), angle(atom, cosine, k_coordination),
          is_carbon(atom) ? 1 : distance_factor(j, k)};
}

/// exp(lambda_jik) for i a hydrogen; its inverse is exp(lambda_kij).
double Rebo::distance_factor(const ReboBond& j, const ReboBond& k) const {
  const auto stretch = [&](const ReboBond& bond) {
    return bond.length - parameters_.hydrogen_bonds[is_carbon(bond.far) ? 0 : 1];
  };
  return std::exp(parameters_.angle_steepness * (stretch(j) - stretch(k)));
}

void Rebo::add_cosine_gradient(BondEnd j, BondEnd k, double cosine, double slope) {
  j.slopes.vector += slope / j.bond.length * (k.bond.unit - cosine * j.bond.unit);
  k.slopes.vector += slope / k.bond.length * (j.bond.unit - cosine * k.bond.unit);
}

ValueAndSlope Rebo::torsion_weight(const ReboBond& bond, std::uint32_t atom) const {
  if (bond.weight == 1) return {1, 0};
  const ReboPair& pair = parameters_.pairs[kinds_of(atom, bond.far)];
  if (pair.torsion_outer == pair.outer) return {bond.weight, bond.weight_slope};
  return half_cosine(bond.length, {pair.inner, pair.torsion_outer});
}

void Rebo::sum_environment(std::size_t row) {
  const std::uint32_t atom = pairs_.owner(row);
  const std::span<ReboBond> bonds{bonds_.data() + pairs_.starts()[row], bond_counts_[row]};
  const std::span<ReboSums> sums{sums_.data() + pairs_.starts()[row], bond_counts_[row]};
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    ReboBond& bond = bonds[k];
    bond.reverse = bond.reverse < bond_of_.size() ? bond_of_[bond.reverse] : ReboBond::none;
    sums[k] = {1 + order_correction(bond, atom).value, 0, {}};
  }
  for_angles(bonds, [&](std::size_t j, std::size_t k, double cosine) {
    const auto [at_j, at_k, factor] = both_angles(atom, bonds[j], bonds[k], cosine);
    sums[j].order += bonds[k].weight * at_j.value * factor;
    sums[k].order += bonds[j].weight * at_k.value / factor;
    if (may_twist(bonds[j], atom)) sum_torsion(atom, bonds[j], bonds[k], cosine, sums[j]);
    if (may_twist(bonds[k], atom)) sum_torsion(atom, bonds[k], bonds[j], cosine, sums[k]);
  });
  sum_conjugation(bonds, sums);
}

void Rebo::sum_conjugation(std::span<const ReboBond> bonds, std::span<ReboSums> sums) const {
  double total = 0;
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    if (!is_carbon(bonds[k].far)) continue;
    const double rest = coordinations_[bonds[k].far].total() - bonds[k].weight;
    sums[k].conjugation = bonds[k].weight * half_cosine(rest, parameters_.conjugated).value;
    total += sums[k].conjugation;
  }
  for (ReboSums& sum : sums) sum.conjugation = total - sum.conjugation;
}

void Rebo::sum_torsion(std::uint32_t atom, const ReboBond& axis, const ReboBond& arm, double cosine,
                       ReboSums& sums) const {
  const double squared_sine = 1 - cosine * cosine;
  if (squared_sine < straight) return;
  const double weight = torsion_weight(arm, atom).value * bentness(cosine).value;
  sums.torsion.add_square(weight / squared_sine, arm.unit - cosine * axis.unit);
}

void Rebo::spread_angle(std::uint32_t atom, BondEnd j, BondEnd k, double cosine) const {
  const auto [at_j, at_k, factor] = both_angles(atom, j.bond, k.bond, cosine);
  const double j_slope = j.slopes.order * factor;
  const double k_slope = k.slopes.order / factor;
  add_cosine_gradient(j, k, cosine, j_slope * k.bond.weight * at_j.slope + k_slope * j.bond.weight * at_k.slope);
  k.slopes.weight += j_slope * at_j.value;
  j.slopes.weight += k_slope * at_k.value;
  j.slopes.coordination += j_slope * k.bond.weight * at_j.coordination_slope;
  k.slopes.coordination += k_slope * j.bond.weight * at_k.coordination_slope;
  if (is_carbon(atom)) return;
  const double stretch =
      parameters_.angle_steepness * (j_slope * k.bond.weight * at_j.value - k_slope * j.bond.weight * at_k.value);
  j.slopes.length += stretch;
  k.slopes.length -= stretch;
}

void Rebo::spread_torsion(std::uint32_t atom, BondEnd axis, BondEnd arm, double cosine) const {
  const double squared_sine = 1 - cosine * cosine;
  if (squared_sine < straight) return;
  const SymmetricTensor& other_end = sums_[axis.bond.reverse].torsion;
  const ValueAndSlope weight = torsion_weight(arm.bond, atom);
  const ValueAndSlope bent = bentness(cosine);
  const Vector3 across = arm.bond.unit - cosine * axis.bond.unit;
  const Vector3 turned = other_end * across;
  const double scale = 1 / squared_sine;
  const double aligned = scale * dot(across, turned);
  const double by_weight = axis.slopes.torsion * (other_end.trace() - aligned);
  arm.slopes.length += by_weight * bent.value * weight.slope;
  if (bent.slope != 0) add_cosine_gradient(axis, arm, cosine, by_weight * weight.value * bent.slope);
  const Vector3 by_direction =  // at right angles to the arm and to the axis
      -2 * scale * axis.slopes.torsion * weight.value * bent.value * (turned - aligned * across);
  arm.slopes.vector += by_direction / arm.bond.length;
  axis.slopes.vector -= cosine / axis.bond.length * by_direction;
}

void Rebo::spread_coordination(std::uint32_t atom, std::span<const ReboBond> bonds,
                               std::span<ReboSlopes> slopes) const {
  for (std::size_t j = 0; j < bonds.size(); ++j) {
    const auto correction = order_correction(bonds[j], atom).slope;
    const double by_carbon = slopes[j].coordination + slopes[j].order * correction[0];
    const double by_hydrogen = slopes[j].coordination + slopes[j].order * correction[1];
    for (std::size_t k = 0; k < bonds.size(); ++k) {
      if (k != j) slopes[k].weight += is_carbon(bonds[k].far) ? by_carbon : by_hydrogen;
    }
  }
}

void Rebo::spread_conjugation(std::size_t row, std::span<ReboSlopes> slopes) {
  const std::span bonds = bonds_of(row);
  double total = 0;
  for (const ReboSlopes& slope : slopes) total += slope.conjugation;
  for (std::size_t k = 0; k < bonds.size(); ++k) {
    double& by_coordination = gradients_[pairs_.starts()[row] + k].by_coordination;
    by_coordination = 0;
    if (!is_carbon(bonds[k].far)) continue;
    const double by_share = total - slopes[k].conjugation;
    const double weight = bonds[k].weight;
    const auto [share, slope] = half_cosine(coordinations_[bonds[k].far].total() - weight, parameters_.conjugated);
    slopes[k].weight += by_share * (share - weight * slope);
    by_coordination = by_share * weight * slope;
  }
}

}  // namespace cardhouse
