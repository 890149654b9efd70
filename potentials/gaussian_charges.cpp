#include "potentials/gaussian_charges.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "potentials/block_sums.hpp"

namespace cardhouse {
namespace {

constexpr double negligible = 1e-10;  // of exact sums
constexpr double skin = 1.0;          // of the neighbour list [angstrom]
constexpr double mesh_range = 9.0;    // of real space beside a mesh, for narrow charges [angstrom]

}  // namespace

ValueAndSlope smeared_coulomb(double b, double r2) {
  const double x2 = b * b * r2;
  const double scale = 2 * constants::coulomb * b * std::numbers::inv_sqrtpi;
  if (x2 < 0.01) {  // the series of erf(x)/x
    const double value = 1 + x2 * (-1.0 / 3 + x2 * (1.0 / 10 + x2 * (-1.0 / 42 + x2 * (1.0 / 216 - x2 / 1320))));
    const double slope = -1.0 / 3 + x2 * (1.0 / 5 + x2 * (-1.0 / 14 + x2 * (1.0 / 54 - x2 / 264)));
    return {scale * value, scale * b * b * slope};
  }
  const double r = std::sqrt(r2);
  if (x2 > 36) return {constants::coulomb / r, -0.5 * constants::coulomb / (r * r2)};  // erf is one to rounding
  const double value = constants::coulomb * std::erf(b * r) / r;
  return {value, 0.5 * (scale * std::exp(-x2) - value) / r2};
}

GaussianCharges::GaussianCharges(const Atoms& atoms, std::vector<std::uint8_t> kinds, std::vector<double> widths,
                                 Options options)
    : kinds_(std::move(kinds)), widths_(std::move(widths)) {
  EXPECTS(kinds_.size() == atoms.size() && atoms.size() > 0);
  double widest = 0;
  for (const std::uint8_t kind : kinds_) widest = std::max(widest, widths_[kind]);
  const double reach = 2 * widest * std::sqrt(-std::log(options.exact ? negligible : 0.1 * options.force));
  if (options.exact) {
    // Work of real space and of waves grows alike at alpha ~ (N/V^2)^(1/6) (Perram 1988,
    // doi:10.1080/00268978800101471).
    splitting_ = 2.2 * std::pow(static_cast<double>(atoms.size()) / std::pow(atoms.cell.volume(), 2), 1.0 / 6);
    range_ = std::max(reach, std::sqrt(-std::log(negligible)) / splitting_);
    waves_ = std::make_unique<WaveSum>(splitting_, negligible);
  } else {
    range_ = std::max(reach, mesh_range);
    const MeshSettings settings = choose_mesh(atoms.cell, atoms.size(), {.force = options.force, .cutoff = range_});
    splitting_ = settings.splitting;
    mesh_ = std::make_unique<ReciprocalMesh>(settings);
  }
  list_ = std::make_unique<VerletList>(BondGraph(atoms.size(), {}), kinds_, widths_.size(),
                                       VerletList::Options{range_, skin});
}

double GaussianCharges::kernel_scale(std::size_t kind, std::size_t other) const {
  return 1 / std::sqrt(2 * (widths_[kind] * widths_[kind] + widths_[other] * widths_[other]));
}

double GaussianCharges::background(std::size_t kind, std::size_t other) const {
  const double b = kernel_scale(kind, other);
  return -std::numbers::pi * constants::coulomb / volume_ * (1 / (splitting_ * splitting_) - 1 / (b * b));
}

void GaussianCharges::place(const Atoms& atoms) {
  EXPECTS(atoms.size() == kinds_.size());
  volume_ = atoms.cell.volume();
  list_->update(atoms);
  const std::span blocks = list_->blocks();
  pairs_.resize(blocks.size());
  for_blocks(blocks.size(), [&](std::size_t b) { find_pairs(blocks[b], pairs_[b]); });
  if (waves_) waves_->place(atoms.cell, atoms.positions);
  if (mesh_) mesh_->place(atoms.cell, atoms.positions);
}

void GaussianCharges::find_pairs(const VerletList::Block& block, Pairs& pairs) const {
  const std::span positions = list_->positions();
  pairs.starts.assign(1, 0);
  pairs.atoms.clear(), pairs.others.clear(), pairs.displacements.clear(), pairs.kernels.clear();
  std::size_t group = 0;
  for (const std::uint32_t home : block.homes) {
    const std::uint32_t atom = list_->owner(home);
    for (std::size_t kind = 0; kind < widths_.size(); ++kind, ++group) {
      const double b = kernel_scale(kinds_[atom], kind);
      for (std::size_t k = block.starts[group]; k < block.starts[group + 1]; ++k) {
        const std::uint32_t site = block.neighbours[k];
        const Vector3 d = positions[site] - positions[home];
        const double r2 = squared_norm(d);
        if (r2 >= range_ * range_) continue;
        const auto [value, slope] = smeared_coulomb(b, r2);
        const auto [smooth, smooth_slope] = smeared_coulomb(splitting_, r2);
        pairs.others.push_back(list_->owner(site));
        pairs.displacements.push_back(d);
        pairs.kernels.push_back({value - smooth, slope - smooth_slope});
      }
    }
    pairs.atoms.push_back(atom);
    pairs.starts.push_back(pairs.others.size());
  }
}

std::vector<double> GaussianCharges::matrix() const {
  EXPECTS(waves_ != nullptr);
  const std::size_t n = kinds_.size();
  std::vector<double> result(n * n);
  waves_->add_matrix(result);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) result[i * n + j] += background(kinds_[i], kinds_[j]);
    result[i * n + i] -= smeared_coulomb(splitting_, 0).value;
  }
  for (const Pairs& pairs : pairs_) {
    for (std::size_t row = 0; row < pairs.atoms.size(); ++row) {
      for (std::size_t k = pairs.starts[row]; k < pairs.starts[row + 1]; ++k) {
        result[pairs.atoms[row] * n + pairs.others[k]] += pairs.kernels[k].value;
      }
    }
  }
  return result;
}

void GaussianCharges::add_background(std::span<const double> charges, std::span<double> potential) const {
  std::vector<double> sums(widths_.size());  // charge of each kind
  for (std::size_t i = 0; i < charges.size(); ++i) sums[kinds_[i]] += charges[i];
  for (std::size_t i = 0; i < charges.size(); ++i) {
    for (std::size_t kind = 0; kind < sums.size(); ++kind) potential[i] += background(kinds_[i], kind) * sums[kind];
    potential[i] -= smeared_coulomb(splitting_, 0).value * charges[i];
  }
}

void GaussianCharges::find_potential(std::span<const double> charges, std::span<double> potential) {
  EXPECTS(charges.size() == kinds_.size() && potential.size() == kinds_.size());
  for_blocks(pairs_.size(), [&](std::size_t b) {
    const Pairs& pairs = pairs_[b];
    for (std::size_t row = 0; row < pairs.atoms.size(); ++row) {
      double sum = 0;
      for (std::size_t k = pairs.starts[row]; k < pairs.starts[row + 1]; ++k) {
        sum += pairs.kernels[k].value * charges[pairs.others[k]];
      }
      potential[pairs.atoms[row]] = sum;
    }
  });
  add_background(charges, potential);
  if (waves_) waves_->add_potential(charges, potential);
  if (mesh_) mesh_->add_potential(charges, potential);
}

Evaluation GaussianCharges::evaluate(std::span<const double> charges, std::span<Vector3> forces) {
  EXPECTS(charges.size() == kinds_.size() && forces.size() == kinds_.size());
  Evaluation total = sum_blocks(pairs_.size(), [&](std::size_t b) { return real_space(pairs_[b], charges, forces); });
  total += waves_ ? waves_->add_forces(charges, forces) : mesh_->add_forces(charges, forces);
  std::vector<double> sums(widths_.size());
  for (std::size_t i = 0; i < charges.size(); ++i) {
    sums[kinds_[i]] += charges[i];
    total.energy -= 0.5 * smeared_coulomb(splitting_, 0).value * charges[i] * charges[i];
  }
  for (std::size_t a = 0; a < sums.size(); ++a) {
    for (std::size_t b = 0; b < sums.size(); ++b) {
      const double energy = 0.5 * background(a, b) * sums[a] * sums[b];
      total += {energy, {energy, energy, energy, 0, 0, 0}};
    }
  }
  return total;
}

Evaluation GaussianCharges::real_space(const Pairs& pairs, std::span<const double> charges,
                                       std::span<Vector3> forces) const {
  Evaluation sum;
  for (std::size_t row = 0; row < pairs.atoms.size(); ++row) {
    const std::uint32_t atom = pairs.atoms[row];
    Vector3 force;
    for (std::size_t k = pairs.starts[row]; k < pairs.starts[row + 1]; ++k) {
      const double product = charges[atom] * charges[pairs.others[k]];
      const Vector3& d = pairs.displacements[k];
      const Vector3 pull = product * pairs.kernels[k].slope * d;
      force += 2 * pull;
      sum += {0.5 * product * pairs.kernels[k].value, virial_of(d, pull)};
    }
    forces[atom] = force;
  }
  return sum;
}

}  // namespace cardhouse
