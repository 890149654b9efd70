#include "potentials/second_moment.hpp"

#include <cmath>

#include "engine/base/batch_math.hpp"
#include "engine/base/contracts.hpp"
#include "potentials/block_sums.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/packed_neighbours.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {

/// Repulsion and density of the packed neighbours of an atom, with slopes by distance.
struct SecondMoment::Terms {
  std::array<double, PackedNeighbours::capacity> repulsion, repulsion_slope, density, density_slope;

  void find(const PackedNeighbours& near, const SecondMomentParameters& parameters) {
    const auto& [element, A, xi, p, q, r0, start, cutoff] = parameters;
    const std::size_t n = near.size;
    for (std::size_t k = 0; k < n; ++k) {
      const double beyond = near.r[k] / r0 - 1;
      repulsion[k] = -p * beyond;
      density[k] = -2 * q * beyond;
    }
    exponentials({repulsion.data(), n});
    exponentials({density.data(), n});
    const double width = 1 / (cutoff - start);
    for (std::size_t k = 0; k < n; ++k) {
      const double t = near.r[k] > start ? (near.r[k] - start) * width : 0;
      const double taper = 1 - t * t * t * (10 - t * (15 - 6 * t));
      const double slope = -30 * width * t * t * (1 - t) * (1 - t);
      repulsion[k] *= A;
      density[k] *= xi * xi;
      repulsion_slope[k] = repulsion[k] * (slope - p / r0 * taper);
      density_slope[k] = density[k] * (slope - 2 * q / r0 * taper);
      repulsion[k] *= taper;
      density[k] *= taper;
    }
  }
};

SecondMoment::SecondMoment(const CarbonStructure& structure, const SecondMomentOptions& options)
    : parameters_(
          load_second_moment_parameters(chosen_parameters(options.parameter_file, "Na_second_moment_1998.toml"))),
      list_(BondGraph(structure.atoms.size(), {}),
            kind_of_each(structure.atoms, {&parameters_.element, 1}, "second-moment"), 1,
            {parameters_.cutoff, options.skin, true}),
      pulls_(structure.atoms.size()) {}

Evaluation SecondMoment::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == pulls_.size() && forces.size() == atoms.size());
  list_.update(atoms);
  list_.clear_ghosts(forces);
  const std::span blocks = list_.blocks();
  const std::span fringe = list_.fringe_blocks();
  for_blocks(fringe.size(), [&](std::size_t b) { bind(fringe[b]); });
  Evaluation total;
  total.energy = sum_blocks(blocks.size(), [&](std::size_t b) { return bind(blocks[b]); });
  total.virial = sum_blocks(blocks.size(), [&](std::size_t b) { return add_forces(blocks[b], forces); });
  return total;
}

double SecondMoment::bind(const VerletList::Block& block) {
  PackedNeighbours near;
  Terms terms;
  double energy = 0;
  for (std::size_t h = 0; h < block.homes.size(); ++h) {
    double density = 0;
    for_neighbour_groups(block, h, 1, [&](std::size_t, std::span<const std::uint32_t> sites) {
      near.pack(list_, block.homes[h], sites, parameters_.cutoff);
      terms.find(near, parameters_);
      for (std::size_t k = 0; k < near.size; ++k) energy += terms.repulsion[k], density += terms.density[k];
    });
    const double band = std::sqrt(density);
    energy -= band;
    pulls_[list_.owner(block.homes[h])] = band > 0 ? -0.5 / band : 0;
  }
  return energy;
}

Virial SecondMoment::add_forces(const VerletList::Block& block, std::span<Vector3> forces) const {
  PackedNeighbours near;
  Terms terms;
  Virial virial;
  for (std::size_t h = 0; h < block.homes.size(); ++h) {
    const std::uint32_t atom = list_.owner(block.homes[h]);
    Vector3 force;
    for_neighbour_groups(block, h, 1, [&](std::size_t, std::span<const std::uint32_t> sites) {
      near.pack(list_, block.homes[h], sites, parameters_.cutoff);
      terms.find(near, parameters_);
      for (std::size_t k = 0; k < near.size; ++k) {
        const double pull = pulls_[atom] + pulls_[near.owners[k]];
        near.slopes[k] = 2 * terms.repulsion_slope[k] + pull * terms.density_slope[k];
      }
      near.add_forces(force, virial);
    });
    forces[atom] = force;
  }
  return virial;
}

}  // namespace cardhouse
