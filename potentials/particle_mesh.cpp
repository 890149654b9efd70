#include "potentials/particle_mesh.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "potentials/block_sums.hpp"

namespace cardhouse {
namespace {

constexpr double skin = 1.0;  // of the neighbour list [angstrom]

}  // namespace

ParticleMesh::ParticleMesh(const Atoms& atoms, const MeshSettings& settings)
    : settings_(settings),
      list_(BondGraph(atoms.size(), {}), std::vector<std::uint8_t>(atoms.size(), 0), 1, {settings.cutoff, skin}),
      mesh_(settings) {}

Evaluation ParticleMesh::evaluate(const Atoms& atoms, std::span<const double> charges, std::span<Vector3> forces) {
  EXPECTS(charges.size() == atoms.size() && forces.size() == atoms.size());
  list_.update(atoms);
  mesh_.place(atoms.cell, atoms.positions);
  Evaluation total = real_space(charges, forces);
  total += mesh_.add_forces(charges, forces);
  const double alpha = settings_.splitting;
  const double squares = std::inner_product(charges.begin(), charges.end(), charges.begin(), 0.0);
  const double sum = std::accumulate(charges.begin(), charges.end(), 0.0);
  total.energy -= constants::coulomb * alpha * std::numbers::inv_sqrtpi * squares;
  const double background =
      -constants::coulomb * std::numbers::pi * sum * sum / (2 * atoms.cell.volume() * alpha * alpha);
  total += {background, {background, background, background, 0, 0, 0}};
  return total;
}

Evaluation ParticleMesh::real_space(std::span<const double> charges, std::span<Vector3> forces) {
  const std::span blocks = list_.blocks();
  return sum_blocks(blocks.size(), [&](std::size_t b) { return real_space_block(blocks[b], charges, forces); });
}

Evaluation ParticleMesh::real_space_block(const VerletList::Block& block, std::span<const double> charges,
                                          std::span<Vector3> forces) const {
  const std::span positions = list_.positions();
  const double alpha = settings_.splitting;
  Evaluation sum;
  for (std::size_t row = 0; row < block.homes.size(); ++row) {
    const std::uint32_t atom = list_.owner(block.homes[row]);
    Vector3 force;
    for (std::size_t k = block.starts[row]; k < block.starts[row + 1]; ++k) {
      const std::uint32_t site = block.neighbours[k];
      const Vector3 d = positions[site] - positions[block.homes[row]];
      const double r2 = squared_norm(d);
      if (r2 >= settings_.cutoff * settings_.cutoff) continue;
      const double r = std::sqrt(r2);
      const double product = constants::coulomb * charges[atom] * charges[list_.owner(site)];
      const double energy = product * std::erfc(alpha * r) / r;
      const double gauss = product * 2 * alpha * std::numbers::inv_sqrtpi * std::exp(-alpha * alpha * r2);
      const Vector3 push = (energy + gauss) / r2 * d;  // on the other charge
      sum.energy += 0.5 * energy;
      force -= push;
      sum.virial += {0.5 * push.x * d.x, 0.5 * push.y * d.y, 0.5 * push.z * d.z,
                     0.5 * push.x * d.y, 0.5 * push.x * d.z, 0.5 * push.y * d.z};
    }
    forces[atom] = force;
  }
  return sum;
}

}  // namespace cardhouse
