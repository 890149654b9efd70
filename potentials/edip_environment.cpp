// The coordination of an atom with its pi terms, and what their derivatives give back.

#include "potentials/edip_environment.hpp"

#include <algorithm>

#include "potentials/edip_functions.hpp"

namespace cardhouse {

using edip::bump;

EdipCarbon::Environment EdipCarbon::environment_of(std::size_t row, Scratch& scratch) const {
  const std::span bonds = bonds_of(row);
  const Site& site = sites_[pairs_.owner(row)];
  Environment result;
  result.coordination = site.coordination;
  scratch.pi_bonds.clear();
  scratch.arms.clear();
  scratch.all_arms = {};
  if (!pushed_[pairs_.owner(row)].is_pushed) return result;
  for (const Neighbour& neighbour : neighbours_of(row))
    result.pushers.add_square(orbitals_[neighbour.far] * neighbour.push, neighbour.unit);
  for (std::uint32_t k = 0; k < bonds.size(); ++k) {
    const Bond& bond = bonds[k];
    if (bond.pi == 0) continue;
    const Site& far = sites_[bond.far];
    SymmetricTensor arm = far.planarity;
    arm.add_square(-bond.pi, bond.unit);
    scratch.pi_bonds.push_back(k);
    scratch.arms.push_back(bump(far.coordination, 3).value * bond.pi * arm);
    scratch.all_arms += scratch.arms.back();
  }
  const std::span<const std::uint32_t> arms = scratch.pi_bonds;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    for (std::size_t b = a + 1; b < arms.size(); ++b) {
      const Vector3 normal = cross(bonds[arms[a]].unit, bonds[arms[b]].unit);
      const double weight = bonds[arms[a]].pi * bonds[arms[b]].pi;
      result.normals.add_square(weight, normal);
      const SymmetricTensor rest = scratch.all_arms - scratch.arms[a] - scratch.arms[b];
      result.dihedral += parameters_.dihedral * weight * dot(normal, rest * normal);
    }
  }
  const SymmetricTensor& r = result.pushers;
  result.in_line = parameters_.repulsion * (site.planarity.trace() * r.trace() - contract(site.planarity, r));
  result.across = parameters_.repulsion * contract(result.normals, r);
  result.coordination += bump(site.coordination, 2).value * result.in_line +
                         bump(site.coordination, 3).value * (result.across + result.dihedral);
  return result;
}

void EdipCarbon::spread_environment(std::size_t row, const Environment& environment, Scratch& scratch) {
  const Site& site = sites_[pairs_.owner(row)];
  const ValueAndSlope bump2 = bump(site.coordination, 2);
  const ValueAndSlope bump3 = bump(site.coordination, 3);
  own_slopes_[row] = scratch.slope * (1 + bump2.slope * environment.in_line +
                                      bump3.slope * (environment.across + environment.dihedral));
  Pushed& pushed = pushed_[pairs_.owner(row)];
  if (!pushed.is_pushed) return;
  const double in_line = scratch.slope * bump2.value * parameters_.repulsion;
  const double across = scratch.slope * bump3.value * parameters_.repulsion;
  pushed.by_pushers = in_line * (isotropic(site.planarity.trace()) - site.planarity) + across * environment.normals;
  const SymmetricTensor by_planarity = in_line * (isotropic(environment.pushers.trace()) - environment.pushers);
  for (const std::uint32_t k : scratch.pi_bonds) {
    const Bond& bond = bonds_of(row)[k];
    const Vector3 turned = by_planarity * bond.unit;
    scratch.slopes[k].pi += dot(bond.unit, turned);
    scratch.slopes[k].unit += 2 * bond.pi * turned;
  }
  spread_normals(row, environment, {across, scratch.slope * bump3.value * parameters_.dihedral}, scratch);
}

/// `slopes`: of the energy by B/Z_rep and by D/Z_dih.
void EdipCarbon::spread_normals(std::size_t row, const Environment& environment, std::array<double, 2> slopes,
                                Scratch& scratch) {
  const std::span bonds = bonds_of(row);
  const std::span<const std::uint32_t> arms = scratch.pi_bonds;
  scratch.own.assign(arms.size(), {});
  for (std::size_t a = 0; a < arms.size(); ++a) {
    for (std::size_t b = a + 1; b < arms.size(); ++b) {
      const Vector3& e_j = bonds[arms[a]].unit;
      const Vector3& e_k = bonds[arms[b]].unit;
      const double p_j = bonds[arms[a]].pi;
      const double p_k = bonds[arms[b]].pi;
      const Vector3 normal = cross(e_j, e_k);
      const SymmetricTensor rest = scratch.all_arms - scratch.arms[a] - scratch.arms[b];
      const Vector3 turned = slopes[0] * (environment.pushers * normal) + slopes[1] * (rest * normal);
      const double aligned = dot(normal, turned);
      const Vector3 by_normal = 2 * p_j * p_k * turned;
      scratch.slopes[arms[a]].pi += p_k * aligned;
      scratch.slopes[arms[b]].pi += p_j * aligned;
      scratch.slopes[arms[a]].unit += cross(e_k, by_normal);
      scratch.slopes[arms[b]].unit += cross(by_normal, e_j);
      scratch.own[a].add_square(p_j * p_k, normal);
      scratch.own[b].add_square(p_j * p_k, normal);
    }
  }
  for (std::size_t a = 0; a < arms.size(); ++a) {
    const Bond& bond = bonds[arms[a]];
    Slopes& slope = scratch.slopes[arms[a]];
    const double pi = bond.pi;
    const auto [flat, flat_slope] = bump(sites_[bond.far].coordination, 3);
    const SymmetricTensor by_arm = slopes[1] * (environment.normals - scratch.own[a]);
    const Vector3 turned = by_arm * bond.unit;
    const double own = pi * dot(bond.unit, turned);  // the far atom's bond back is no arm
    const double sum = contract(by_arm, sites_[bond.far].planarity) - own;
    far_gradients_[first_bonds_[row] + arms[a]] = {flat_slope * pi * sum, flat * pi * by_arm};
    slope.pi += flat * (sum - own);
    slope.unit -= 2 * flat * pi * pi * turned;
  }
}

}  // namespace cardhouse
