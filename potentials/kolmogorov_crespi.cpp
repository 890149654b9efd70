#include "potentials/kolmogorov_crespi.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/batch_math.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/vector_widths.hpp"
#include "potentials/block_sums.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/packed_neighbours.hpp"
#include "potentials/shipped_parameters.hpp"
#include "potentials/value_and_slope.hpp"

namespace cardhouse {

/// The neighbours of an atom that feel its registry, or it theirs.
struct KolmogorovCrespi::Registry {
  static constexpr std::size_t capacity = PackedNeighbours::capacity;
  std::array<std::uint32_t, capacity> pairs;  ///< among the packed neighbours
  std::array<double, 2 * capacity> squares;   ///< (rho_ij/delta)^2, then (rho_ji/delta)^2
  std::array<double, 2 * capacity> decays;    ///< exp(-x) of these, 0 without normal
  std::array<double, capacity> wall;          ///< S exp(-lambda (r - z0)) of all packed neighbours
  std::array<double, capacity> wall_slope;
  std::size_t size = 0;
};

namespace {

/// Energy of the terms that depend on distance alone, with derivatives in near.slopes. Takes exp(-lambda (r - z0)) in
/// `wall` and leaves it tapered there, with its derivative in `wall_slope`.
CARDHOUSE_FOR_EACH_VECTOR_WIDTH double find_radial(PackedNeighbours& near, const KolmogorovCrespiParameters& parameters,
                                                   double* wall, double* wall_slope) {
  const double core = parameters.core * parameters.core;
  const double strength = parameters.A * std::pow(parameters.z0, 6);
  const double start = parameters.taper_start;
  const double width = 1 / (parameters.cutoff - start);
  const double lambda = parameters.lambda;
  const double constant = parameters.C;
  double energy = 0;
#pragma omp simd reduction(+ : energy)
  for (std::size_t k = 0; k < near.size; ++k) {
    const double r = near.r[k];
    const double outside = r * r > core ? r * r : core;
    const double q = 1 / outside;
    const double attraction_slope = 3 * strength * q * q * q * q;  // by r^2
    const double attraction = -strength * q * q * q + attraction_slope * (r * r - outside);
    double t = (r - start) * width;
    t = t > 0 ? t : 0;
    const double taper = 1 - t * t * t * (10 - t * (15 - 6 * t));
    const double taper_slope = -30 * width * t * t * (1 - t) * (1 - t);
    wall_slope[k] = wall[k] * (taper_slope - lambda * taper);
    wall[k] *= taper;
    energy += taper * attraction + constant * wall[k];
    near.slopes[k] = 2 * r * attraction_slope * taper + taper_slope * attraction + constant * wall_slope[k];
  }
  return energy;
}

constexpr std::array carbon{Element::C};
constexpr double largest_square = 36;  // exp(-36) is 2e-16

/// Where f exp(-lambda (r - z0)) falls to 1e-10 eV.
double reach_of_registry(const KolmogorovCrespiParameters& p) {
  return std::min(p.cutoff, p.z0 + std::log((p.series[0] + p.series[1] + p.series[2]) / 1e-10) / p.lambda);
}

}  // namespace

KolmogorovCrespi::KolmogorovCrespi(const CarbonStructure& structure, const KolmogorovCrespiOptions& options)
    : parameters_(load_kolmogorov_crespi_parameters(
          chosen_parameters(options.parameter_file, "C_kolmogorov_crespi_2005.toml"))),
      registry_reach_(reach_of_registry(parameters_)),
      normals_(structure.bonds),
      list_(structure.bonds, kind_of_each(structure.atoms, carbon, "kolmogorov-crespi"), 1,
            {parameters_.cutoff, options.skin}),
      by_m_(structure.atoms.size()) {}

Evaluation KolmogorovCrespi::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == by_m_.size() && forces.size() == atoms.size());
  list_.update(atoms);
  list_.clear_ghosts(forces);
  normals_.update(atoms);
  const std::span blocks = list_.blocks();
  Evaluation total = sum_blocks(blocks.size(), [&](std::size_t b) { return add_pairs(blocks[b], forces); });
  total.virial += normals_.spread(by_m_, forces);
  return total;
}

Evaluation KolmogorovCrespi::add_pairs(const VerletList::Block& block, std::span<Vector3> forces) {
  PackedNeighbours near;
  Registry registry;
  Evaluation sum;
  for (std::size_t h = 0; h < block.homes.size(); ++h) {
    const std::uint32_t atom = list_.owner(block.homes[h]);
    Vector3 force;
    by_m_[atom] = {};
    for_neighbour_groups(block, h, 1, [&](std::size_t, std::span<const std::uint32_t> sites) {
      near.pack(list_, block.homes[h], sites, parameters_.cutoff);
      for (std::size_t k = 0; k < near.size; ++k) registry.wall[k] = -parameters_.lambda * (near.r[k] - parameters_.z0);
      exponentials({registry.wall.data(), near.size});
      sum.energy += 0.5 * find_radial(near, parameters_, registry.wall.data(), registry.wall_slope.data());
      near.add_forces(force, sum.virial);
      find_registry(atom, near, registry);
      sum += add_registry(atom, near, registry, force);
    });
    forces[atom] = force;
  }
  return sum;
}

void KolmogorovCrespi::find_registry(std::uint32_t atom, const PackedNeighbours& near, Registry& registry) const {
  const double scale = 1 / (parameters_.delta * parameters_.delta);
  const Vector3 own = normals_.normal(atom);
  const double none = 2 * largest_square;  // without a normal there is no registry
  const double own_shift = own == Vector3{} ? none : 0;
  std::array<double, Registry::capacity> second;
  std::size_t n = 0;
  for (std::size_t k = 0; k < near.size; ++k) {
    if (near.r[k] > registry_reach_) continue;
    const Vector3 d{near.x[k], near.y[k], near.z[k]};
    const Vector3& other = normals_.normal(near.owners[k]);
    const double along = dot(own, d);
    const double along_other = dot(other, d);
    const double square = near.r[k] * near.r[k];
    registry.pairs[n] = static_cast<std::uint32_t>(k);
    registry.squares[n] = scale * (square - along * along) + own_shift;
    second[n] = scale * (square - along_other * along_other) + (other == Vector3{} ? none : 0);
    n += registry.squares[n] < largest_square || second[n] < largest_square;
  }
  registry.size = n;
  std::copy_n(second.data(), n, registry.squares.data() + n);
  for (std::size_t k = 0; k < 2 * n; ++k) registry.decays[k] = -registry.squares[k];
  exponentials({registry.decays.data(), 2 * n});
}

Evaluation KolmogorovCrespi::add_registry(std::uint32_t atom, const PackedNeighbours& near, const Registry& registry,
                                          Vector3& force) {
  const auto& series = parameters_.series;
  const double scale = 1 / (parameters_.delta * parameters_.delta);
  const Vector3 own = normals_.normal(atom);
  const auto profile = [&](std::size_t k) -> ValueAndSlope {
    const double x = registry.squares[k];
    const double value = registry.decays[k] * (series[0] + x * (series[1] + x * series[2]));
    return {value, registry.decays[k] * (series[1] + 2 * x * series[2]) - value};
  };
  Evaluation sum;
  for (std::size_t k = 0; k < registry.size; ++k) {
    const std::size_t pair = registry.pairs[k];
    const Vector3 d{near.x[pair], near.y[pair], near.z[pair]};
    const Vector3& normal = normals_.normal(near.owners[pair]);
    const auto [f, f_slope] = profile(k);
    const auto [g, g_slope] = profile(registry.size + k);
    sum.energy += 0.5 * registry.wall[pair] * (f + g);
    // rho^2 = r^2 - (n . d)^2, by d: 2 (d - (n . d) n); by m: 2 (n . d) ((n . d) n - d)/sqrt(m^2 + e).
    const double strength = 2 * scale * registry.wall[pair];
    const Vector3 across = d - dot(own, d) * own;
    const Vector3 across_other = d - dot(normal, d) * normal;
    const double radial =
        registry.wall_slope[pair] * (f + g) / std::max(near.r[pair], PackedNeighbours::least_distance);
    const Vector3 slope = radial * d + strength * (f_slope * across + g_slope * across_other);
    by_m_[atom] -= strength * f_slope * dot(own, d) * normals_.inverse_length(atom) * across;
    force += slope;
    sum.virial += virial_of(0.5 * d, slope);
  }
  return sum;
}

}  // namespace cardhouse
