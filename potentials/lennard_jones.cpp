#include "potentials/lennard_jones.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"
#include "engine/base/vector_widths.hpp"
#include "potentials/block_sums.hpp"
#include "potentials/element_kinds.hpp"

namespace cardhouse {
namespace {

/// -dV/dr of the bare pair term at distance r.
double repulsion(const LennardJones::PairTerm& term, double r) {
  return (12 * term.twelve / std::pow(r, 6) - 6 * term.six) / std::pow(r, 7);
}

/// The distance at which the repulsion equals the cap, by bisection between the smallest and the zero of the force.
double capped_distance(const LennardJones::PairTerm& term, double diameter, double cap) {
  double low = 0.1 * diameter;
  double high = std::pow(2.0, 1.0 / 6.0) * diameter;
  if (repulsion(term, low) <= cap) return low;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    (repulsion(term, middle) > cap ? low : high) = middle;
  }
  return high;
}

LennardJones::PairTerm mix(LennardJonesElement a, LennardJonesElement b, double force_cap) {
  const double depth = std::sqrt(a.depth * b.depth);
  const double diameter = 0.5 * (a.diameter + b.diameter);
  const double sixth = std::pow(diameter, 6);
  LennardJones::PairTerm term{4 * depth * sixth * sixth, 4 * depth * sixth, 0};
  term.core = std::pow(capped_distance(term, diameter, force_cap), 2);
  return term;
}

struct Taper {
  double start;   ///< r^2
  double cutoff;  ///< r^2
};

/// The neighbours of an atom that are within the cut-off, packed for vector loops that need no distances but their
/// squares.
struct SquaredNeighbours {
  static constexpr std::size_t capacity = 512;

  double x[capacity], y[capacity], z[capacity], squared[capacity], slope[capacity];
  std::size_t size = 0;

  /// EXPECTS no more than `capacity` sites.
  void pack(const Vector3& centre, std::span<const std::uint32_t> sites, const Vector3* positions, double cutoff) {
    std::size_t n = 0;
    for (const std::uint32_t site : sites) {
      const Vector3 d = positions[site] - centre;
      x[n] = d.x, y[n] = d.y, z[n] = d.z, squared[n] = squared_norm(d);
      n += squared[n] < cutoff;
    }
    size = n;
  }
};

/// Sum of the pair energies; finds dE/d(r^2) of every pair.
CARDHOUSE_FOR_EACH_VECTOR_WIDTH double find_slopes(SquaredNeighbours& near, const LennardJones::PairTerm& term,
                                                   const Taper& taper) {
  const auto [twelve, six, core] = term;
  const double start = taper.start, width = 1 / (taper.cutoff - taper.start);
  double energy = 0;
#pragma omp simd reduction(+ : energy)
  for (std::size_t k = 0; k < near.size; ++k) {
    const double outside = near.squared[k] > core ? near.squared[k] : core;
    const double q = 1 / outside;
    const double q3 = q * q * q;
    const double bare = q3 * (twelve * q3 - six);
    const double bare_slope = q * q3 * (3 * six - 6 * twelve * q3);
    double t = (outside - start) * width;
    t = t > 0 ? t : 0;
    const double weight = 1 - t * t * (3 - 2 * t);
    near.slope[k] = weight * bare_slope - 6 * t * (1 - t) * width * bare;
    energy += weight * bare + near.slope[k] * (near.squared[k] - outside);
  }
  return energy;
}

/// Adds the force on the atom and half of the pair virials.
CARDHOUSE_FOR_EACH_VECTOR_WIDTH void add_forces(const SquaredNeighbours& near, Vector3& force, Virial& virial) {
  double fx = 0, fy = 0, fz = 0, xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
#pragma omp simd reduction(+ : fx, fy, fz, xx, yy, zz, xy, xz, yz)
  for (std::size_t k = 0; k < near.size; ++k) {
    const double x = near.x[k], y = near.y[k], z = near.z[k];
    const double gx = near.slope[k] * x, gy = near.slope[k] * y, gz = near.slope[k] * z;
    fx += gx, fy += gy, fz += gz;
    xx += gx * x, yy += gy * y, zz += gz * z;
    xy += gx * y, xz += gx * z, yz += gy * z;
  }
  force += Vector3{2 * fx, 2 * fy, 2 * fz};
  virial += {-xx, -yy, -zz, -xy, -xz, -yz};
}

}  // namespace

LennardJonesElement lennard_jones_element(Element element) {
  // UFF gives the minimum distance x and the depth in kcal/mol; the diameter is x/2^(1/6).
  const auto uff = [](double minimum, double depth) {
    return LennardJonesElement{from_unit(depth, "kcal/mol"), minimum / std::pow(2.0, 1.0 / 6.0)};
  };
  switch (element) {
    case Element::H:
      return {1.499422575693e-3, 2.65};
    case Element::C:
      return {2.843732471143e-3, 3.40};
    case Element::B:
      return uff(4.083, 0.180);
    case Element::N:
      return uff(3.660, 0.069);
    case Element::O:
      return uff(3.500, 0.060);
    case Element::F:
      return uff(3.364, 0.050);
    case Element::P:
      return uff(4.147, 0.305);
    case Element::S:
      return uff(4.035, 0.274);
    default:
      break;
  }
  throw InputError("no Lennard-Jones parameters for " + std::string(symbol(element)),
                   "relax the carbon without it (known: B, C, F, H, N, O, P, S)");
}

LennardJones::LennardJones(const CarbonStructure& structure, const LennardJonesOptions& options)
    : options_(options),
      kinds_(distinct_elements(structure.atoms.elements)),
      list_(structure.bonds, kind_of_each(structure.atoms, kinds_, "lennard-jones"), kinds_.size(),
            {options.cutoff, options.skin}) {
  EXPECTS(0 < options.taper_start && options.taper_start < options.cutoff);
  EXPECTS(options.force_cap > 0);
  for (const Element a : kinds_) {
    for (const Element b : kinds_) {
      terms_.push_back(mix(lennard_jones_element(a), lennard_jones_element(b), options.force_cap));
    }
  }
}

Evaluation LennardJones::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(forces.size() == atoms.size());
  list_.update(atoms);
  list_.clear_ghosts(forces);
  const std::span blocks = list_.blocks();
  return sum_blocks(blocks.size(), [&](std::size_t b) { return evaluate_block(blocks[b], forces); });
}

Evaluation LennardJones::evaluate_block(const VerletList::Block& block, std::span<Vector3> forces) const {
  const std::span positions = list_.positions();
  const Taper taper{options_.taper_start * options_.taper_start, options_.cutoff * options_.cutoff};
  SquaredNeighbours near;
  Evaluation sum;
  std::size_t group = 0;
  for (const std::uint32_t home : block.homes) {
    const std::uint32_t atom = list_.owner(home);
    const PairTerm* terms = &terms_[list_.kind(atom) * kinds_.size()];
    Vector3 force;
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind, ++group) {
      for (std::size_t first = block.starts[group]; first < block.starts[group + 1]; first += near.capacity) {
        const std::size_t n = std::min(near.capacity, block.starts[group + 1] - first);
        near.pack(positions[home], std::span(block.neighbours).subspan(first, n), positions.data(), taper.cutoff);
        sum.energy += 0.5 * find_slopes(near, terms[kind], taper);
        add_forces(near, force, sum.virial);
      }
    }
    forces[atom] = force;
  }
  return sum;
}

}  // namespace cardhouse
