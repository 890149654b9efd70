// What every atom finds around it: neighbours within the reach, their weights, the sums over them.

#include <algorithm>
#include <cmath>

#include "potentials/edip_environment.hpp"
#include "potentials/edip_functions.hpp"

namespace cardhouse {

using edip::bump;
using edip::fade;
using edip::unsaturated;

/// Without a branch: every pair is written, and the next one over it when it is too far.
void EdipCarbon::gather_candidates(std::size_t row, Candidates& near) const {
  const std::span starts = pairs_.starts();
  near.make_room(starts[row + 1] - starts[row] + 1);
  const Vector3 centre = pairs_.position(row);
  std::size_t size = 0;
  for (std::uint32_t pair = starts[row]; pair < starts[row + 1]; ++pair) {
    const Vector3 towards = pairs_.neighbour_position(pair) - centre;
    const double squared = squared_norm(towards);
    near.x[size] = towards.x, near.y[size] = towards.y, near.z[size] = towards.z;
    near.length[size] = squared;
    near.pair[size] = pair;
    size += squared < reach_ * reach_;
  }
  near.size = size;
  for (std::size_t k = 0; k < size; ++k) {
    const double length = std::max(std::sqrt(near.length[k]), closest);
    const double inverse = 1 / length;
    const double gap = std::min(length - parameters_.pi_range, 0.0);
    near.x[k] *= inverse, near.y[k] *= inverse, near.z[k] *= inverse;
    near.length[k] = length;
    near.push[k] = gap * gap;
    near.push_slope[k] = 2 * gap;
  }
}

void EdipCarbon::count(const Candidates& near, Site& site, std::vector<Neighbour>& neighbours,
                       std::vector<Weights>& weights) const {
  const EdipParameters& p = parameters_;
  for (std::size_t k = 0; k < near.size; ++k) {
    const double length = near.length[k];
    neighbours.push_back({{near.x[k], near.y[k], near.z[k]},
                          length,
                          near.push[k],
                          near.push_slope[k],
                          pairs_.neighbour(near.pair[k]),
                          near.pair[k]});
    if (length >= p.none) continue;
    Neighbour& neighbour = neighbours.back();
    const ValueAndSlope counted = fade(length, p.full, p.none, p.steepness);
    const ValueAndSlope pi = fade(length, p.pi_full, p.pi_none, p.steepness);
    site.coordination += counted.value;
    site.planarity.add_square(pi.value, neighbour.unit);
    neighbour.push_slope = neighbour.push_slope * (1 - pi.value) - neighbour.push * pi.slope;
    neighbour.push *= 1 - pi.value;
    weights.push_back({counted.slope, pi.value, pi.slope});
  }
}

void EdipCarbon::survey(std::size_t row, Candidates& near, Surroundings& found) {
  gather_candidates(row, near);
  first_neighbours_[row] = static_cast<std::uint32_t>(found.neighbours.size());
  neighbour_counts_[row] = static_cast<std::uint32_t>(near.size);
  first_weights_[row] = static_cast<std::uint32_t>(found.weights.size());
  Site site;
  count(near, site, found.neighbours, found.weights);
  const ValueAndSlope orbital = unsaturated(site.coordination);
  site.orbital_slope = orbital.slope;
  const bool is_pushed = bump(site.coordination, 2).value != 0 || bump(site.coordination, 3).value != 0;
  orbitals_[pairs_.owner(row)] = orbital.value;
  sites_[pairs_.owner(row)] = site;
  pushed_[pairs_.owner(row)] = {{}, is_pushed};
}

}  // namespace cardhouse
