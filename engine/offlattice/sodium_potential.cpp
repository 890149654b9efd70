#include "engine/offlattice/sodium_potential.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr double host_bin = 3.4;  // [angstrom]: a third of the usual cut-off

}  // namespace

SodiumPotential::SodiumPotential(const Atoms& host, SodiumInteractions interactions, OverlapFloor floor)
    : host_(host),
      interactions_(std::move(interactions)),
      floor_(std::move(floor)),
      bins_(host.cell, host_bin, host.size()) {
  if (count(host, Element::Na) > 0) throw InputError("the host holds sodium already", "take it out first");
  for (std::uint32_t atom = 0; atom < host.size(); ++atom) {
    kinds_.push_back(interactions_.host_kind(host.elements[atom]));
    bins_.add(atom, host.positions[atom]);
  }
  for (std::size_t kind = 0; kind < interactions_.host_kinds(); ++kind)
    floors_squared_.push_back(floor_.to_host(kind) * floor_.to_host(kind));
}

double SodiumPotential::host_energy(const Vector3& position) const {
  double energy = 0;
  const bool free = bins_.visit_near(position, interactions_.host_cutoff(), [&](std::uint32_t atom, double r2) {
    const std::size_t kind = kinds_[atom];
    if (r2 < floors_squared_[kind]) return false;
    energy += interactions_.host_energy(kind, std::sqrt(r2));
    return true;
  });
  return free ? energy : std::numeric_limits<double>::infinity();
}

std::vector<double> SodiumPotential::floor_radii() const {
  std::vector<double> radii;
  for (const std::size_t kind : kinds_) radii.push_back(floor_.to_host(kind));
  return radii;
}

SodiumInteractions::PairTerms SodiumPotential::own_images() const {
  SodiumInteractions::PairTerms sums;
  MovingBins one(cell(), interactions_.sodium_cutoff() + 1, 1);
  one.add(0, {});
  one.visit_near({}, interactions_.sodium_cutoff(), [&](std::uint32_t, double r2) {
    if (r2 == 0) return true;
    const auto [energy, density] = interactions_.sodium_terms(std::sqrt(r2));
    sums.energy += 0.5 * energy;
    sums.density += density;
    return true;
  });
  return sums;
}

}  // namespace cardhouse
